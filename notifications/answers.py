"""You said, we did: where one's words stand in a published summary, what was decided, which clause changed; and what
became of words that were called misread.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q

from consultations.models import Clause, Consultation
from notifications.models import Kind, Notice
from notifications.scope import Event, Scope
from summaries.changed import changed_clauses, parts_of
from summaries.models import Build, Citation, Dispute, Theme, ThemeDecision
from summaries.sources import Contribution, find

SHORT = 160  # signs of one's own text, to know it again
SHOWN = 1500  # signs of a changed clause
TOGETHER = 400  # keys in one question to the database
Pair = tuple[int, int]  # (theme, participant)


def answers(scope: Scope) -> Iterator[Event]:
    """Themes of published summaries that hold somebody's words: one event for each theme and person, not for each text.

    A theme keeps its key from summary to summary, so it is told once, and again when there is a new decision or the
    clause that a decision names was changed. What was told already is not read again.
    """
    public = Build.objects.published()
    decided = ThemeDecision.objects.filter(
        scope.recent("decided_at") | scope.recent("clause__version__document__versions__published_at")
    )
    touched = public.filter(scope.recent("published_at") | Q(pk__in=decided.values("theme__build")))
    newest = dict(
        public.filter(consultation__in=touched.values("consultation"))
        .order_by("published_at")
        .values_list("consultation", "pk")
    )
    mine = _mine(scope, list(newest.values()))
    themes = _themes({theme for theme, _person in mine})
    changed = changed_clauses(decision for theme in themes.values() if (decision := theme.decision) is not None)
    events = {pair: _event(themes[pair[0]], pair[1], changed) for pair in sorted(mine)}
    fresh = _untold(events)
    said = _said(themes, {pair: mine[pair] for pair in fresh})
    for pair in fresh:
        words = [said[key] for key in mine[pair] if key in said]
        events[pair].facts.update(_own(words, len(mine[pair])))
        yield events[pair]


def disputes(scope: Scope) -> Iterator[Event]:
    """What became of words that their author called misread."""
    rows = Dispute.objects.filter(scope.of("person"), scope.recent("settled_at"))
    found = list(rows.select_related("build__consultation").order_by("pk"))
    places: dict[int, list[Dispute]] = {}
    for one in found:
        places.setdefault(one.build.consultation_id, []).append(one)
    for many in places.values():
        consultation = many[0].build.consultation
        said = find(consultation, [one.source_key for one in many])
        for one in many:
            if one.person_id is None or one.settled_at is None:
                continue
            facts = {
                "settlement": one.settlement,
                "moved_to": one.moved_to,
                "reason": one.reason,
                "where": consultation.title,
                "language": consultation.language,
                **_own([said[one.source_key]] if one.source_key in said else [], 1),
            }
            url = f"{one.build.get_absolute_url()}#mine"
            yield Event(one.person_id, Kind.ANSWER, f"dispute:{one.pk}", url, one.settled_at, facts)


def _mine(scope: Scope, builds: list[int]) -> dict[Pair, list[str]]:
    """(theme, person) → the keys of that person's contributions in it. Nobody who was erased is in it."""
    rows = Citation.objects.filter(
        scope.of("person"), build__in=builds, theme__isnull=False, theme__retired_at=None, person__isnull=False
    )
    found: dict[Pair, list[str]] = {}
    for theme, person, key in rows.order_by("pk").values_list("theme", "person", "source_key").iterator(2000):
        if theme is not None and person is not None:
            found.setdefault((theme, person), []).append(key)
    return found


def _themes(wanted: set[int]) -> dict[int, Theme]:
    decisions = Prefetch("decisions", queryset=ThemeDecision.objects.select_related("clause__version__document"))
    themes = Theme.objects.filter(pk__in=wanted).select_related("build__consultation").prefetch_related(decisions)
    return {theme.pk: theme for theme in themes}


def _event(theme: Theme, person: int, changed: dict[int, Clause]) -> Event:
    """The event of a theme without one's own words."""
    consultation, decision = theme.build.consultation, theme.decision
    facts: dict[str, Any] = {
        "label": theme.label,
        "where": consultation.title,
        "responsible": consultation.responsible,
        "language": consultation.language,
        "mark": 0,
    }
    times = [theme.build.published_at]
    if decision is not None:
        facts |= {"outcome": decision.outcome, "reason": decision.reason}
        times.append(decision.decided_at)
        clause = changed.get(decision.pk) or decision.clause
        if clause is not None:
            facts["clause"] = {"name": str(clause), "url": clause.get_absolute_url()}
        if decision.pk in changed:
            facts["clause"] |= _difference(changed[decision.pk])
            times.append(changed[decision.pk].version.published_at)
        facts["mark"] = int(max(time for time in times[1:] if time is not None).timestamp())
    at: datetime = max(time for time in times if time is not None)
    key = f"theme:{consultation.pk}:{theme.key}"[:80]
    return Event(person, Kind.ANSWER, key, theme.get_absolute_url(), at, facts)


def _difference(clause: Clause) -> dict[str, Any]:
    """What changed in a clause, word by word; left away where it is too long for a notice."""
    parts = parts_of(clause)
    if sum(len(words) for _kind, words in parts) > SHOWN:
        return {"changed": True, "version": clause.version.number}
    return {"changed": True, "version": clause.version.number, "difference": [list(part) for part in parts]}


def _untold(events: dict[Pair, Event]) -> list[Pair]:
    """Those of `events` that are not noted yet, or of which there is more to know."""
    pairs = list(events)
    told: dict[tuple[int, str], int] = {}
    for chunk in (pairs[at : at + TOGETHER] for at in range(0, len(pairs), TOGETHER)):
        keys, people = {events[pair].key for pair in chunk}, {person for _theme, person in chunk}
        for notice in Notice.objects.filter(person__in=people, key__in=keys).only("person", "key", "facts"):
            told[notice.person_id, notice.key] = notice.mark
    return [pair for pair, event in events.items() if told.get((pair[1], event.key), -1) < event.facts["mark"]]


def _said(themes: dict[int, Theme], mine: dict[Pair, list[str]]) -> dict[str, Contribution]:
    """The first text of each pair, as far as it is public still."""
    places: dict[int, tuple[Consultation, set[str]]] = {}
    for (theme, _person), keys in mine.items():
        consultation = themes[theme].build.consultation
        places.setdefault(consultation.pk, (consultation, set()))[1].update(keys[:1])
    found: dict[str, Contribution] = {}
    for consultation, wanted in places.values():
        found |= find(consultation, sorted(wanted))
    return found


def _own(said: Iterable[Contribution], count: int) -> dict[str, Any]:
    """One's own words, shortened, and in how many texts of one's own the theme was found."""
    first = next(iter(said), None)
    if first is None:
        return {"count": count}
    language = first.language if first.language != "und" else ""
    body = " ".join(first.body.split())
    own = body if len(body) <= SHORT else f"{body[: SHORT - 1].rstrip()}…"
    return {"count": count, "own": own, "own_language": language}
