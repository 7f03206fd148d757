"""Notes what concerns people, marks it as read, and keeps how much they want by e-mail. The only place that writes."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from accounts.models import Participant
from notifications import gathering
from notifications.models import MAILED, Amount, Gathering, Kind, Mailing, Notice, ReminderClaim
from notifications.scope import HORIZON, OVERLAP, Scope, of_person
from polls.actions import finish_reminder
from polls.models import Elector, Reminder, RollEntry
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
def claim_reminder(*, reminder: Reminder, elector: Elector, address: str) -> bool:
    """Note that `elector` gets `reminder`, in the inbox too where there is an account. Publishes `inbox.<user>`.

    address: the hash of where the e-mail goes, "" without one. Returns whether the e-mail is to be sent: not when this
    address has had it, for a family may share one, nor when a vote was cast or the reminder has ended meanwhile.
    """
    ended = Reminder.objects.select_for_update().get(pk=reminder.pk).sent_at is not None
    if ended or RollEntry.objects.filter(elector=elector).exists():
        return False
    claims = [ReminderClaim(reminder=reminder, key=key) for key in (elector.pk.hex, address) if key]
    fresh = [ReminderClaim.objects.get_or_create(reminder=reminder, key=claim.key)[1] for claim in claims]
    if fresh[0] and elector.voter is not None and elector.voter.user_id:
        poll = reminder.poll
        facts = {
            "reminder": True,
            "question": poll.title,
            "where": poll.consultation.title,
            "language": poll.consultation.language,
            "closes_at": poll.closes_at.isoformat(),
        }
        key, now = f"reminder:{reminder.pk}", timezone.now()
        notice = Notice(person=elector.voter, kind=Kind.POLL, key=key, url=poll.get_absolute_url(), facts=facts)
        notice.mailed_at = now  # its e-mail is the reminder itself
        Notice.objects.bulk_create([notice], ignore_conflicts=True)
        _tell({elector.voter.pk})
    return bool(address) and fresh[-1]


@atomic()
def give_back_reminder(*, reminder: Reminder, address: str) -> None:
    """Note that the e-mail to `address` (its hash) was not sent after all."""
    ReminderClaim.objects.filter(reminder=reminder, key=address).delete()


@atomic()
def end_reminder(*, reminder: Reminder) -> None:
    """Note that `reminder` has gone out, and forget to whom."""
    Reminder.objects.select_for_update().get(pk=reminder.pk)
    finish_reminder(reminder=reminder)
    ReminderClaim.objects.filter(reminder=reminder).delete()


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
