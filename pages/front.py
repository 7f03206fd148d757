"""What the home page shows: what can I take part in now, and what became of it. Reads, never writes."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Min, Prefetch, Q
from django.utils import timezone

from accounts.models import Participant
from consultations.models import Comment, Consultation, PhaseKind
from forums.models import Post
from polls.models import Poll, RollEntry
from summaries.models import Build, Outcome, Theme, ThemeDecision

OPEN, ANSWERS = 20, 5


@dataclass
class Open:
    """An open consultation on the home page, with how much was said and voted in it."""

    consultation: Consultation
    closes_at: Any
    polls: list[Poll] = field(default_factory=list)
    said: int = 0
    votes: int = 0


@dataclass(frozen=True)
class Answer:
    """What became of a consultation: asked, said, did."""

    build: Build
    themes: list[Theme]
    outcomes: list[tuple[str, int]]  # label of the outcome, how many themes


def open_now(person: Participant | None) -> list[Open]:
    """Published consultations in an open phase, what closes soonest first. Six queries, whatever their number."""
    now = timezone.now()
    current = Q(phases__kind=PhaseKind.OPEN, phases__starts_at__lte=now) & (
        Q(phases__ends_at=None) | Q(phases__ends_at__gt=now)
    )
    rows = Consultation.objects.published().filter(current).select_related("organisation", "area")
    rows = rows.annotate(closes_at=Min("phases__ends_at")).order_by(F("closes_at").asc(nulls_last=True), "-id")
    found = {row.pk: Open(row, row.closes_at) for row in rows[:OPEN]}
    polls = Poll.objects.visible_to(None).open().filter(consultation__in=found)
    for poll in polls.order_by("closes_at", "id"):
        found[poll.consultation_id].polls.append(poll)
    for model, path in ((Comment, "consultation"), (Post, "thread__board__consultation")):
        counts = model.objects.shown().filter(**{f"{path}__in": found}).order_by().values_list(path)
        for pk, number in counts.annotate(number=Count("pk")):
            found[pk].said += number
    votes = RollEntry.objects.filter(poll__consultation__in=found).order_by().values_list("poll__consultation")
    for pk, number in votes.annotate(number=Count("pk")):
        found[pk].votes = number
    return list(found.values())


def answers() -> list[Answer]:
    """The latest published summaries, one for each consultation, with what was decided about their themes."""
    newest: dict[int, Build] = {}
    builds = Build.objects.published().select_related("consultation__organisation").order_by("-published_at")
    for build in builds[: ANSWERS * 4]:
        newest.setdefault(build.consultation_id, build)
    chosen = list(newest.values())[:ANSWERS]
    decisions = Prefetch("decisions", queryset=ThemeDecision.objects.order_by("-decided_at", "-id"))
    themes: dict[int, list[Theme]] = {build.pk: [] for build in chosen}
    for theme in Theme.objects.standing().filter(build__in=chosen).order_by("number").prefetch_related(decisions):
        themes[theme.build_id].append(theme)
    return [Answer(build, themes[build.pk], _outcomes(themes[build.pk])) for build in chosen]


def _outcomes(themes: list[Theme]) -> list[tuple[str, int]]:
    counts = Counter(theme.decision.outcome for theme in themes if theme.decision)
    return [(str(outcome.label), counts[outcome.value]) for outcome in Outcome if counts[outcome.value]]
