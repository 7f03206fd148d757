"""Prepares and publishes consultations: facts, tags, phases."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Participant
from consultations import rules
from consultations.models import Consultation, Phase, Tag, TaggedConsultation, normalise_tag
from moderation.actions import record
from moderation.models import Mode, Space
from realtime.actions import atomic, publish


@atomic()
def create_consultation(
    *, person: Participant | None, mode: str = Mode.AFTER, tags: Iterable[str] = (), **facts: Any
) -> Consultation:
    """Make an unpublished consultation with its space of moderation. `facts` are fields of Consultation.

    Returns it. Raises ValidationError when its short name is taken (also by somebody at the same moment).
    """
    space = Space.objects.create(organisation=facts["organisation"], name=facts["title"], mode=mode)
    try:
        with transaction.atomic():
            consultation = Consultation.objects.create(space=space, **facts)
    except IntegrityError:
        raise _taken() from None
    _set_tags(consultation, tags)
    _note("consultation.create", person, consultation)
    return consultation


@atomic()
def change_consultation(
    *, person: Participant | None, consultation: Consultation, mode: str, tags: Iterable[str], **facts: Any
) -> Consultation:
    """Set fields of a consultation, its mode of moderation and its tags. Publishes `consultation.<id>`.

    Returns it. Raises ValidationError when its short name is taken.
    """
    for name, value in facts.items():
        setattr(consultation, name, value)
    try:
        with transaction.atomic():
            consultation.save()
    except IntegrityError:
        raise _taken() from None
    Space.objects.filter(pk=consultation.space_id).update(mode=mode, name=consultation.title)
    _set_tags(consultation, tags)
    _note("consultation.change", person, consultation)
    publish(consultation.topic)
    return consultation


@atomic()
def set_phases(
    *, person: Participant | None, consultation: Consultation, phases: Sequence[dict[str, Any]]
) -> list[Phase]:
    """Replace the phases. Each of `phases` has `kind`, `title`, `starts_at`, `ends_at` (None only for the last).

    Returns them in order of time. Publishes `consultation.<id>`. Raises ValidationError when phases overlap, when
    one ends before it starts, or when one that is not the last has no end.
    """
    rows = sorted((Phase(consultation=consultation, **phase) for phase in phases), key=lambda row: row.starts_at)
    for row in rows:
        if row.ends_at is not None and row.ends_at <= row.starts_at:
            raise ValidationError(_("“%(phase)s” must end after it starts.") % {"phase": row})
    for row, following in pairwise(rows):
        if row.ends_at is None:
            raise ValidationError(_("“%(phase)s” needs an end, because another phase follows.") % {"phase": row})
        if row.ends_at > following.starts_at:
            both = {"phase": row, "following": following}
            raise ValidationError(_("“%(phase)s” and “%(following)s” overlap. Please correct the dates.") % both)
    consultation.phases.all().delete()
    made = Phase.objects.bulk_create(rows)
    consultation.__dict__.pop("schedule", None)
    _note("consultation.phases", person, consultation, {"phases": [_span(row) for row in made]})
    publish(consultation.topic)
    return made


@atomic()
def publish_consultation(*, person: Participant | None, consultation: Consultation) -> Consultation:
    """Show the consultation to everybody. Publishes `consultation.<id>`. Raises ValidationError if something lacks."""
    missing = [step.words for step in rules.checklist(consultation) if not step.done and not step.warning]
    if missing:
        raise ValidationError(_("Still missing: %(what)s") % {"what": "; ".join(missing)})
    if not consultation.is_published:
        consultation.published_at = timezone.now()
        consultation.save(update_fields=["published_at"])
        _note("consultation.publish", person, consultation)
    publish(consultation.topic)
    return consultation


@atomic()
def ensure_tags(*, names: Iterable[str]) -> list[Tag]:
    """The tags of `names`, made where missing: one tag for all spellings, also when many ask at the same moment."""
    wanted = {normalise_tag(name): " ".join(name.split()) for name in names if name.strip()}
    tags = {tag.slug: tag for tag in Tag.objects.filter(slug__in=wanted)}
    for slug, name in wanted.items():
        if slug in tags:
            continue
        try:
            with transaction.atomic():
                tags[slug] = Tag.objects.create(name=name, slug=slug)
        except IntegrityError:  # somebody was faster
            tags[slug] = Tag.objects.get(slug=slug)
    return [tags[slug] for slug in wanted]


def _set_tags(consultation: Consultation, names: Iterable[str]) -> None:
    tags = ensure_tags(names=names)
    items = TaggedConsultation.objects.filter(content_object=consultation)
    items.exclude(tag__in=tags).delete()
    rows = [TaggedConsultation(content_object=consultation, tag=tag) for tag in tags]
    TaggedConsultation.objects.bulk_create(rows, ignore_conflicts=True)


def _taken() -> ValidationError:
    return ValidationError({"slug": _("Another consultation has this short name. Please choose another one.")})


def _span(phase: Phase) -> list[str]:
    return [phase.kind, phase.starts_at.isoformat(), phase.ends_at.isoformat() if phase.ends_at else ""]


def _note(
    verb: str, person: Participant | None, consultation: Consultation, facts: dict[str, Any] | None = None
) -> None:
    record(verb=verb, person=person, target=f"consultation:{consultation.pk}", facts=facts or {})
