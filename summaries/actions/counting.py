"""Counts a theme from its rows: one way for builds and for edits, so that both say the same of the same rows.

Writes the counts of themes and builds; where a contribution stands is written elsewhere.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F

from accounts.models import Participant
from consultations.models import Comment
from summaries.clauses import named
from summaries.models import Build, Citation, Kind, Place, Theme

CLAUSES = 5  # of a theme are named
COUNTED = (
    "contributions", "distinct", "contributors", "anonymous", "outside_campaigns", "stances", "languages", "kinds",
    "levels", "areas", "clauses", "minority",
)  # fmt: skip
AWAY = 1_000_000_000  # above every number, so that themes can be numbered anew without meeting
BEHIND = AWAY // 2  # where a theme waits that has just come, until all are numbered
UNKNOWN = "und"


@dataclass(frozen=True, slots=True)
class Row:
    """What is counted of one contribution in one theme."""

    source_key: str
    kind: str
    copy_of: str
    person: int | None
    language: str
    stance: str

    @property
    def original(self) -> str:
        return self.copy_of or self.source_key


@dataclass(frozen=True)
class Background:
    """What rows alone do not say. `people`: id → level and area; `clauses`: key → id and name of its clause.

    `campaigns` holds keys of repeated texts; at most `few` voices are a minority, and so are the `rare` ones.
    """

    people: Mapping[int, tuple[int, int | None]]
    clauses: Mapping[str, tuple[int, str]]
    campaigns: Collection[str] = ()
    few: float = 2
    rare: Collection[tuple[str, str]] = field(default_factory=frozenset)


def portray(rows: Collection[Row], about: Background) -> dict[str, Any]:
    """The fields `COUNTED` of a theme that holds `rows`, each contribution once."""
    people = {row.person for row in rows if row.person is not None}
    known = [about.people[pk] for pk in people if pk in about.people]
    originals = [row for row in rows if not row.copy_of]
    touched = Counter(clause for row in rows if (clause := about.clauses.get(row.source_key)))
    stances = _counted(row.stance for row in rows if row.stance)
    languages = _counted(row.language for row in rows)
    voices = len(people) + sum(row.person is None for row in originals)
    return {
        "contributions": len(rows),
        "distinct": len(originals),
        "contributors": len(people),
        "anonymous": sum(row.person is None for row in rows),
        "outside_campaigns": sum(row.original not in about.campaigns for row in rows),
        "stances": stances,
        "languages": languages,
        "kinds": _counted(row.kind for row in rows),
        "levels": _counted(level for level, _area in known),
        "areas": _counted("" if area is None else area for _level, area in known),
        "clauses": [[pk, name, count] for (pk, name), count in _ranked(touched)[:CLAUSES]],
        "minority": voices <= about.few
        or ("stance", _leading(stances)) in about.rare
        or ("language", _leading({code: count for code, count in languages.items() if code != UNKNOWN})) in about.rare,
    }


def limits(build: Build) -> dict[str, Any]:
    """`few` and `rare` of a `Background`, as the settings and numbers of `build` have them."""
    share = float(build.settings.get("minority_share", 0.005))
    rare = {("stance", value) for value in build.counts.get("rare_stances", {})}
    rare |= {("language", value) for value in build.counts.get("rare_languages", {})}
    return {"few": max(2.0, share * build.count("read")), "rare": frozenset(rare)}


def recount(*, build: Build, themes: Iterable[Theme]) -> None:
    """Count `themes` of `build` anew from their rows, number all themes, and count what stands where.

    Part of an edit: writes inside its transaction, publishes nothing.
    """
    concerned = {theme.pk: theme for theme in themes}
    about = _background(build, concerned)
    rows: dict[int, list[Row]] = {pk: [] for pk in concerned}
    fields = ("theme", "source_key", "kind", "copy_of", "person", "language", "stance")
    for theme, *row in Citation.objects.filter(theme__in=concerned).values_list(*fields):
        rows[theme].append(Row(*row))
    for pk, theme in concerned.items():
        for name, value in portray(rows[pk], about).items():
            setattr(theme, name, value)
    Theme.objects.bulk_update(concerned.values(), [*COUNTED, "edition"])
    number_themes(build=build)
    _count_places(build)


def number_themes(*, build: Build) -> None:
    """Number the standing themes: those of most contributors first, then of most distinct texts, then by key."""
    standing = list(build.themes.standing())
    standing.sort(key=lambda theme: (-theme.contributors, -theme.distinct, theme.key))
    changed = []
    for number, theme in enumerate(standing, 1):
        if theme.number != number:
            theme.number = number
            changed.append(theme)
    if changed:
        Theme.objects.filter(pk__in=[theme.pk for theme in changed]).update(number=F("number") + AWAY)
        Theme.objects.bulk_update(changed, ["number"])


def _background(build: Build, themes: Collection[int]) -> Background:
    """What the rows of `themes` need beside themselves."""
    speakers = Participant.objects.filter(citations__theme__in=themes).distinct()
    comments = Comment.objects.filter(consultation=build.consultation_id, clause__isnull=False)
    said_about = {f"{Kind.COMMENT}:{pk}": clause for pk, clause in comments.values_list("pk", "clause")}
    return Background(
        people={pk: (level, area) for pk, level, area in speakers.values_list("pk", "level", "area")},
        clauses=named(build.consultation, said_about),
        campaigns=frozenset(build.campaigns.values_list("original", flat=True)),
        **limits(build),
    )


def _count_places(build: Build) -> None:
    """Count what stands in themes and in none, and what the lens shows."""
    ledger = Citation.objects.filter(build=build, rank=0)
    places = dict(ledger.order_by().values_list("place").annotate(n=Count("pk")))
    lens = ledger.exclude(lens="").order_by().values_list("lens").annotate(n=Count("pk"))
    build.counts |= {place: places.get(place, 0) for place in Place.values}
    build.counts["lens"] = dict(sorted(lens, key=lambda one: (-one[1], one[0])))


def _counted(values: Iterable[Any]) -> dict[str, int]:
    """How often each value stands there, in order of the values."""
    return {str(value): count for value, count in sorted(Counter(values).items(), key=lambda one: str(one[0]))}


def _ranked(counter: Counter[tuple[int, str]]) -> list[tuple[tuple[int, str], int]]:
    return sorted(counter.items(), key=lambda one: (-one[1], one[0]))


def _leading(counts: Mapping[str, int]) -> str:
    """The most frequent value; of two the first by name. Empty where nothing was counted."""
    return min(counts, key=lambda value: (-counts[value], value)) if counts else ""
