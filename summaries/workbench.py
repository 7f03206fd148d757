"""Reads a draft for those who work on it: themes at a glance, what the open one holds, what was done to it.

Shows no more of a contribution than everybody may read. Writes nothing.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Area, Level
from consultations.models import Stance
from summaries.models import Build, Citation, Edit, Place, Theme, Verb
from summaries.outside import Numbers
from summaries.reading import kind_name, language_name, spoken, stance_names
from summaries.sources import SOURCES, Contribution, find

MOST_FOUND = 3000  # contributions that a search looks through the ledger for
NAMED = 6  # areas, languages and channels of a theme that are named
SIDES = (
    ("support", (Stance.SUPPORT, Stance.CHANGES)),
    ("neutral", (Stance.UNSURE,)),
    ("question", (Stance.QUESTION,)),
    ("oppose", (Stance.OPPOSE,)),
)


@dataclass(frozen=True)
class Glance:
    """A theme in the list. `strip` draws its contributors beside those of the biggest: (x, width, css), of 100."""

    theme: Theme
    numbers: Theme | Numbers
    strip: list[tuple[str, str, str]]
    leaning: str


@dataclass(frozen=True)
class Said:
    """A contribution in the open list: its row, what was said (None: no longer shown), and how often it is repeated."""

    citation: Citation
    source: Contribution | None
    repeated: int
    chosen: bool = False


def glances(themes: Sequence[Theme], numbers: Mapping[int, Numbers] | None) -> list[Glance]:
    """The list of themes, those of most contributors first; `numbers` without campaigns, where they are asked for."""
    counted = [(theme, theme if numbers is None else numbers.get(theme.pk, Numbers())) for theme in themes]
    if numbers is not None:
        counted.sort(key=lambda one: (-one[1].contributors, one[0].number))
    most = max((said.contributors or said.contributions for _theme, said in counted), default=1)
    return [Glance(theme, said, _strip(said, most), _leaning(said.stances)) for theme, said in counted]


def _strip(said: Theme | Numbers, most: int) -> list[tuple[str, str, str]]:
    """Where people of a theme stand, as parts of one line whose length is their number."""
    length = 100 * (said.contributors or said.contributions) / max(1, most)
    total = sum(said.stances.values())
    if not total:
        return [("0", f"{length:.1f}", "shade")]
    parts, at = [], 0.0
    for css, stances in SIDES:
        width = length * sum(said.stances.get(stance, 0) for stance in stances) / total
        if width:
            parts.append((f"{at:.1f}", f"{width:.1f}", css))
        at += width
    return parts


def _leaning(stances: Mapping[str, int]) -> str:
    """What most of those hold who say where they stand; empty where nobody does or two are equal."""
    total = sum(stances.values())
    first = [stance for stance, count in stances.items() if count == max(stances.values())]
    if not total or len(first) > 1:
        return ""
    facts = {"stance": stance_names()[Stance(first[0])], "count": spoken(stances[first[0]]), "total": spoken(total)}
    return _("%(stance)s: %(count)s of %(total)s") % facts


def nature(theme: Theme) -> list[tuple[str, list[tuple[str, str]]]]:
    """Channels, languages, areas and levels of verification of a theme, each as name and count, most first."""
    ids = [int(key) for key in theme.areas if key]
    areas = dict(Area.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}

    def area(key: str) -> str:
        return str(areas.get(int(key), key)) if key else _("area not said")

    found = [
        (_("Channels"), _most(theme.kinds, kind_name)),
        (_("Languages"), _most(theme.languages, language_name)),
        (_("Areas of contributors"), _most(theme.areas, area)),
        (_("How contributors are known"), _most(theme.levels, lambda level: str(Level(int(level)).label))),
    ]
    return [(name, rows) for name, rows in found if rows]


def _most(counts: Mapping[str, int], name: Any) -> list[tuple[str, str]]:
    ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    rows = [(str(name(value)), spoken(count)) for value, count in ranked[:NAMED]]
    rest = sum(count for _value, count in ranked[NAMED:])
    return [*rows, (_("others"), spoken(rest))] if rest else rows


def search(build: Build, words: str) -> Q:
    """Rows of `build` whose contribution holds `words` and may be read by everybody."""
    keys: list[str] = []
    for source in SOURCES:
        shown = source.rows(build.consultation).filter(held_at=None, hidden_at=None, body__icontains=words)
        keys += [f"{source.kind}:{pk}" for pk in shown.values_list("pk", flat=True)[:MOST_FOUND]]
    return Q(source_key__in=keys[:MOST_FOUND])


def read_said(build: Build, citations: Sequence[Citation], chosen: Collection[str] = ()) -> list[Said]:
    """What stands in `citations`, with their sources and repetitions."""
    said = find(build.consultation, [one.source_key for one in citations if one.place != Place.LEFT_OUT])
    originals = [one.source_key for one in citations if not one.copy_of]
    copies: dict[str, int] = {}
    for key in Citation.objects.filter(build=build, rank=0, copy_of__in=originals).values_list("copy_of", flat=True):
        copies[key] = copies.get(key, 0) + 1
    return [
        Said(one, said.get(one.source_key), copies.get(one.source_key, 0), one.source_key in chosen)
        for one in citations
    ]


def told(edit: Edit) -> str:
    """What an edit did, in one sentence without its author."""
    facts = edit.facts
    names = {"name": facts.get("name", ""), "label": facts.get("label", ""), "from": facts.get("from", "")}
    if edit.verb == Verb.MERGE:
        gone = ", ".join(f"“{name}”" for name in facts.get("names", []))
        return _("%(gone)s merged into “%(name)s”") % {"gone": gone, **names}
    if edit.verb in (Verb.MOVE, Verb.SPLIT):
        count = int(facts.get("count", 0))
        counted = ngettext("%(n)s contribution", "%(n)s contributions", count) % {"n": spoken(count)}
        places = {"count": counted, "to": facts.get("to", ""), "from": facts.get("from", "")}
        if edit.verb == Verb.SPLIT:
            return _("%(count)s split off from “%(from)s” as “%(to)s”") % places
        if not places["to"]:
            return _("%(count)s moved out of “%(from)s” into no theme") % places
        if not places["from"]:
            return _("%(count)s moved to “%(to)s”") % places
        return _("%(count)s moved from “%(from)s” to “%(to)s”") % places
    words = {
        Verb.RENAME: _("“%(name)s” got this name"),
        Verb.DESCRIBE: _("“%(name)s” described"),
        Verb.REVIEW: _("“%(name)s” reviewed"),
        Verb.REOPEN: _("“%(name)s” opened again for review"),
    }
    return words[Verb(edit.verb)] % names


def with_words(edits: Iterable[Edit]) -> list[tuple[Edit, str]]:
    """Edits with what they did."""
    return [(edit, told(edit)) for edit in edits]


def newest_edit(build: Build) -> Edit | None:
    """The edit that could be undone now."""
    return build.edits.filter(undone_at=None).select_related("person").first()


def rows_of(build: Build, theme: Theme | None) -> QuerySet[Citation]:
    """The rows of `theme`, its quotes first; without one the ledger of what was read."""
    chosen: dict[str, Any] = {"theme": theme} if theme is not None else {"build": build, "rank": 0}
    rows = Citation.objects.filter(**chosen)
    return rows.select_related("theme", "assigned_by")
