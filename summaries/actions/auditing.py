"""A sample of a build, drawn from each theme and from what is in none, and read blind by two people each."""

import secrets
from collections import defaultdict
from hashlib import sha256

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Participant
from moderation.actions import record
from realtime.actions import atomic, publish
from summaries.models import Audit, AuditItem, AuditReading, Build, Citation, Place, Verdict
from summaries.rules import may_build

ABOUT = 180  # contributions in a sample, where each stratum gets an equal part
LEAST, MOST = 3, 50  # of each stratum
READERS = 2


@atomic()
def draw_audit(*, build: Build, person: Participant, each: int | None = None) -> Audit:
    """Draw `each` contributions (3 to 50; None: so many that all are about 180) from each theme and from those in none.

    A contribution belongs to the stratum where the ledger has it, so that the sizes add up. Writes the audit trail.
    Returns the sample. Publishes `summary.<consultation>`. Raises PermissionDenied, and ValidationError where there is
    nothing to draw from.
    """
    from methods.survey import draw

    verdict = may_build(person, build.consultation)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    strata: dict[str, list[str]] = defaultdict(list)
    for key, source in _read(build).values_list("theme__key", "source_key"):
        strata[key or ""].append(source)
    if not strata:
        raise ValidationError(_("There is nothing to draw a sample from."))
    wanted = min(MOST, max(LEAST, each)) if each is not None else _each(len(strata))
    themes = dict(build.themes.standing().values_list("key", "pk"))
    seed = secrets.randbelow(2**31)
    audit = Audit.objects.create(build=build, seed=seed, drawn_by=person)
    drawn = [(key, source) for key, sources in draw(strata, each=wanted, seed=seed).items() for source in sources]
    drawn.sort(key=lambda one: sha256(f"{seed} {one[0]} {one[1]}".encode()).digest())
    AuditItem.objects.bulk_create(
        AuditItem(
            audit=audit, theme_id=themes.get(key), stratum=key, size=len(strata[key]), source_key=source,
            position=position,
        )
        for position, (key, source) in enumerate(drawn, 1)
    )  # fmt: skip
    facts = {"audit": audit.pk, "drawn": len(drawn), "seed": seed}
    record(verb="summary.audit", person=person, target=f"build:{build.pk}", facts=facts)
    publish(build.topic)
    return audit


def plan(build: Build) -> tuple[int, int]:
    """How many contributions a sample of `build` would hold, and from how many places. One query."""
    sizes = _read(build).order_by().values_list("theme").annotate(count=Count("pk")).values_list("count", flat=True)
    return sum(min(_each(len(sizes)), size) for size in sizes), len(sizes)


def _read(build: Build) -> QuerySet[Citation]:
    """Where each contribution that was read has its place in the ledger."""
    return Citation.objects.filter(build=build, rank=0).exclude(place=Place.LEFT_OUT)


def _each(strata: int) -> int:
    """How many of each of `strata` places are drawn, so that all are about 180."""
    return min(MOST, max(LEAST, -(-ABOUT // max(strata, 1))))


@atomic()
def read_item(*, item: AuditItem, person: Participant, verdict: str) -> AuditReading:
    """Note what `person` says of `item`: a Verdict. Said once; a second word of the same person changes nothing.

    Returns the reading. Publishes `summary.<consultation>`. Raises PermissionDenied, and ValidationError for an unknown
    verdict or where two others have read it meanwhile.
    """
    allowed = may_build(person, item.audit.build.consultation)
    if not allowed:
        raise PermissionDenied(allowed.reason)
    if verdict not in Verdict.values:
        raise ValidationError(_("Choose one of the three answers."), code="verdict")
    held = AuditItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if held.readings.exclude(reviewer=person).count() >= READERS:
        raise ValidationError(_("Two others have read this one meanwhile."), code="full")
    try:
        with transaction.atomic():
            reading = AuditReading.objects.create(item=held, reviewer=person, verdict=verdict)
    except IntegrityError:  # the button was pressed twice
        return held.readings.get(reviewer=person)
    publish(item.audit.build.topic)
    return reading


def next_item(audit: Audit, person: Participant) -> AuditItem | None:
    """The first item of `audit` that `person` has not read and that waits for a reader."""
    mine = AuditReading.objects.filter(item=OuterRef("pk"), reviewer=person)
    waiting = audit.items.annotate(readers=Count("readings")).filter(~Exists(mine), readers__lt=READERS)
    return waiting.select_related("theme", "audit__build__consultation").order_by("position").first()


def read_by(audit: Audit, person: Participant) -> int:
    """How many items of `audit` `person` has read."""
    return AuditReading.objects.filter(item__audit=audit, reviewer=person).count()
