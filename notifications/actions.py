"""Notes what concerns people, marks it as read, and keeps how much they want by e-mail. The only place that writes."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from accounts.models import Participant
from notifications import gathering
from notifications.models import MAILED, Amount, Gathering, Mailing, Notice
from notifications.scope import HORIZON, OVERLAP, Scope, of_person
from realtime.actions import atomic, publish

KEPT = timedelta(days=365)
APART = timedelta(hours=20)  # between two digests


@atomic()
def gather(*, person: Participant) -> int:
    """Note what concerns `person` and is not noted yet. Returns how much is new. Publishes `inbox.<user>`."""
    return _write(of_person(person))


@atomic()
def gather_recent() -> int:
    """Note what happened since the last time, for everybody who has an account; called by the clock.

    Doing it again adds nothing. Returns how much is new. Publishes `inbox.<user>` of everybody concerned.
    """
    now = timezone.now()
    clock = Gathering.objects.select_for_update().filter(pk=1).first()
    since = max(clock.until - OVERLAP, now - HORIZON) if clock else now - HORIZON
    count = _write(Scope(since, until=now))
    Gathering.objects.update_or_create(pk=1, defaults={"until": now})
    return count


@atomic()
def mark_read(*, person: Participant, key: str) -> Notice | None:
    """Note that `person` has read the notice `key`. Returns it, None where there is none. Publishes `inbox.<user>`."""
    gather(person=person)
    notice = Notice.objects.visible_to(person).filter(key=key).first()
    if notice and notice.read_at is None:
        notice.read_at = timezone.now()
        notice.save(update_fields=["read_at"])
        _tell({person.pk})
    return notice


@atomic()
def mark_all_read(*, person: Participant) -> int:
    """Note that `person` has read everything. Returns how much it was. Publishes `inbox.<user>`."""
    gather(person=person)
    count = Notice.objects.visible_to(person).unread().update(read_at=timezone.now())
    if count:
        _tell({person.pk})
    return count


@atomic()
def choose_amount(*, person: Participant, amount: str) -> Mailing:
    """Note how much `person` wants by e-mail: an Amount. Raises ValueError for another value."""
    return Mailing.objects.update_or_create(person=person, defaults={"amount": Amount(amount)})[0]


@atomic()
def claim_digest(*, person: Participant) -> list[Notice]:
    """Take what is to be mailed to `person`, newest first, and note that it is mailed. Empty when it is not time."""
    Mailing.objects.get_or_create(person=person)
    mailing = Mailing.objects.select_for_update().get(person=person)
    now = timezone.now()
    if mailing.sent_at and mailing.sent_at > now - APART:
        return []
    wanted = Notice.objects.to_mail().filter(person=person, kind__in=MAILED[Amount(mailing.amount)])
    notices = list(wanted.order_by("-created_at", "-pk"))
    if notices:
        Notice.objects.filter(pk__in=[one.pk for one in notices]).update(mailed_at=now)
        Mailing.objects.filter(pk=mailing.pk).update(sent_at=now)
    return notices


@atomic()
def give_back_digest(*, person: Participant, notices: list[Notice]) -> None:
    """Note that `notices` were not mailed after all."""
    Notice.objects.filter(pk__in=[one.pk for one in notices]).update(mailed_at=None)
    Mailing.objects.filter(person=person).update(sent_at=None)


@atomic()
def forget_old() -> int:
    """Delete what was read more than a year ago. Returns how much it was."""
    return Notice.objects.filter(read_at__lt=timezone.now() - KEPT).delete()[0]


def _write(scope: Scope) -> int:
    news = gathering.news(scope)
    gone = Notice.objects.filter(scope.of("person"), key__in=news.gone) if news.gone else Notice.objects.none()
    told = {one.person_id for one in news.unread} | set(gone.values_list("person", flat=True))
    gone.delete()
    Notice.objects.bulk_create(news.new, ignore_conflicts=True, batch_size=500)
    Notice.objects.bulk_update(news.grown, ["facts", "url", "created_at", "read_at", "mailed_at"], batch_size=100)
    _tell(told)
    return len(news.unread)


def _tell(people: set[int]) -> None:
    rows = Participant.objects.filter(Q(pk__in=people), user__isnull=False) if people else Participant.objects.none()
    users = list(rows.values_list("user", flat=True))
    if users:
        publish(*(f"inbox.{user}" for user in users))
