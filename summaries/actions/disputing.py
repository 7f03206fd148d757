"""Authors say that their words were misread; analysts look again, move them or keep them, and say why."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Participant
from moderation.actions import record
from moderation.richtext import tidy
from realtime.actions import atomic, publish
from summaries.models import Build, Citation, Dispute, Place, Settlement
from summaries.rules import may_dispute, may_settle

WORDS = 2000


@atomic()
def dispute_place(*, build: Build, person: Participant, source_key: str, words: str = "") -> Dispute:
    """Note that `person`, who wrote the contribution `source_key`, finds it misread; `words` (2,000 signs at most) may
    say what was meant.

    Returns the dispute; where one is open already, that one. Publishes `summary.<consultation>`. Raises
    PermissionDenied, and ValidationError for an explanation that is too long.
    """
    verdict = may_dispute(person, build, source_key)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    meant = tidy(words)
    if len(meant) > WORDS:
        raise ValidationError(_("This is too long: at most 2,000 signs."), code="words")
    place = Citation.objects.filter(build=build, source_key=source_key).order_by("rank").first()
    try:
        with transaction.atomic():
            made = Dispute.objects.create(
                build=build, theme=place.theme if place else None, source_key=source_key, person=person, words=meant
            )
    except IntegrityError:  # the button was pressed twice at once
        return Dispute.objects.get(build=build, source_key=source_key, settled_at=None)
    publish(build.topic)
    return made


@atomic()
def settle_dispute(*, dispute: Dispute, person: Participant, settlement: str, reason: str, to: str = "") -> Dispute:
    """Settle `dispute` with a Settlement and a reason that the author will read (1 to 2,000 signs).

    With "moved", `to` is the key of a standing theme of the newest summary, empty for none: the contribution stands
    there in every later summary, and at once in a draft that is being worked on. A published summary keeps its
    numbers. Writes the audit. Returns the dispute. Publishes `summary.<consultation>` and `consultation.<id>`.
    Raises PermissionDenied, and ValidationError for a missing reason, an unknown theme or one that it stands in
    already, or where somebody else settled it meanwhile.
    """
    row = Dispute.objects.select_for_update(of=("self",)).select_related("build__consultation").get(pk=dispute.pk)
    verdict = may_settle(person, row)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    if row.settled_at is not None:
        raise ValidationError(_("Somebody else has answered this meanwhile."), code="settled")
    words = tidy(reason)
    if not 1 <= len(words) <= WORDS:
        raise ValidationError(_("Please give a reason of at most 2,000 signs: the author reads it."), code="reason")
    row.moved_to = ""
    if settlement == Settlement.MOVED:
        row.moved_to = _move(row, person, to)
    elif settlement != Settlement.KEPT:
        raise ValidationError(_("Choose what becomes of it."), code="settlement")
    row.settlement, row.reason = Settlement(settlement), words
    row.settled_by, row.settled_at = person, timezone.now()
    row.save(update_fields=["settlement", "moved_to", "reason", "settled_by", "settled_at"])
    facts = {"dispute": row.pk, "build": row.build_id, "settlement": settlement, "to": to}
    record(verb="dispute.settle", person=person, target=f"build:{row.build_id}", facts=facts)
    publish(row.build.topic, row.build.consultation.topic)
    return row


def _move(dispute: Dispute, person: Participant, to: str) -> str:
    """Put the contribution elsewhere. Returns the name of the theme; empty for none."""
    build = newest_of(dispute.build)
    theme = build.themes.standing().filter(key=to).first() if to else None
    if to and theme is None:
        raise ValidationError(_("Choose one of the themes."), code="to")
    places = Citation.objects.filter(build=build, source_key=dispute.source_key).exclude(place=Place.LEFT_OUT)
    there = [place.theme.key if place.theme else "" for place in places.select_related("theme")]
    if there == [to]:
        raise ValidationError(_("It stands there already. Choose another place, or keep it."), code="to")
    from summaries.actions.correcting import correct_place

    correct_place(consultation=dispute.build.consultation, person=person, source_key=dispute.source_key, to=to)
    return theme.label if theme else ""


def newest_of(build: Build) -> Build:
    """The newest finished summary of the consultation of `build`: whose themes a contribution can be put into."""
    rows = Build.objects.finished().filter(consultation=build.consultation_id)
    return rows.select_related("consultation").newest().first() or build
