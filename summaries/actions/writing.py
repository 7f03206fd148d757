"""Turns what the method found into rows: themes, the ledger, quotes, numbers; decisions and names are carried over.

Writes only inside the transaction of a build.
"""

from collections import Counter
from typing import TYPE_CHECKING, Any

from accounts.models import Participant
from summaries.models import Build, Citation, Lens, Place, Reason, Theme, ThemeDecision
from summaries.sources import Contribution, Heard, find

if TYPE_CHECKING:
    from methods.text import Quote, Themes
    from methods.text import Theme as Found

BATCH = 2000
CLAUSES = 5
LABEL = 160


def write_rows(*, build: Build, before: Build | None, heard: Heard, found: "Themes") -> dict[str, Any]:
    """Write themes and ledger of `build`. Returns its numbers (`Build.counts`). Publishes nothing."""
    said = {one.source_key: one for one in heard.contributions}
    themes = _write_themes(build, before, found, said)
    _carry_decisions(before, themes)
    people = (
        set(
            Participant.objects.filter(pk__in={one.author for one in said.values() if one.author}).values_list(
                "pk", flat=True
            )
        )
        if said
        else set()
    )
    rows = [*_ledger(build, found, said, themes, people), *_left_out(build, heard)]
    Citation.objects.bulk_create(rows, batch_size=BATCH)
    return _counts(rows, found, said)


def _write_themes(
    build: Build, before: Build | None, found: "Themes", said: dict[str, Contribution]
) -> dict[str, Theme]:
    """The themes by key. A name that a person gave to a theme stays with it."""
    renamed = {theme.key: theme for theme in before.themes.exclude(renamed_at=None)} if before else {}
    made = []
    for number, one in enumerate(found.themes, 1):
        named = renamed.get(one.id)
        made.append(
            Theme(
                build=build,
                key=one.id,
                number=number,
                label=named.label if named else one.label[:LABEL],
                found_label=one.label[:LABEL],
                renamed_by_id=named.renamed_by_id if named else None,
                renamed_at=named.renamed_at if named else None,
                phrases=list(one.phrases),
                contributions=one.contributions,
                distinct=one.distinct_texts,
                contributors=one.contributors,
                anonymous=one.anonymous,
                stances=dict(one.stances),
                languages=dict(one.languages),
                clauses=_clauses(one, said),
                minority=one.minority,
            )
        )
    Theme.objects.bulk_create(made)
    return {theme.key: theme for theme in made}


def _clauses(theme: "Found", said: dict[str, Contribution]) -> list[list[Any]]:
    """The clauses that most of a theme's contributions speak about: id, number and heading, how many."""
    touched = Counter(clause for key in theme.members if (clause := said[key].clause))
    return [[pk, label, count] for (pk, label), count in touched.most_common(CLAUSES)]


def _carry_decisions(before: Build | None, themes: dict[str, Theme]) -> None:
    """Give each theme the decision in force of the theme with the same key in the build before."""
    if before is None:
        return
    carried = []
    for old in before.themes.filter(key__in=themes).prefetch_related("decisions"):
        if old.decision is not None:
            carried.append(
                ThemeDecision(
                    theme=themes[old.key],
                    outcome=old.decision.outcome,
                    reason=old.decision.reason,
                    clause_id=old.decision.clause_id,
                    decided_by_id=old.decision.decided_by_id,
                    decided_at=old.decision.decided_at,
                )
            )
    ThemeDecision.objects.bulk_create(carried)


def _ledger(
    build: Build, found: "Themes", said: dict[str, Contribution], themes: dict[str, Theme], people: set[int]
) -> list[Citation]:
    """A row for each contribution and theme; one without a theme for what is in none."""
    quotes = _quotes(build, found)
    lens = dict.fromkeys(found.minority.singletons, Lens.ALONE) | dict.fromkeys(found.minority.outliers, Lens.FAR)
    rows = []
    for place in found.coverage.places:
        one = said[place.id]
        fixed: dict[str, Any] = {"build": build, "source_key": one.source_key, "kind": one.kind}
        if place.place == "left_out":
            rows.append(Citation(**fixed, place=Place.LEFT_OUT, reason=place.reason or Reason.EMPTY))
            continue
        fixed |= {
            "copy_of": place.copy_of or "",
            "person_id": one.author if one.author in people else None,
            "language": one.language[:8],
            "stance": one.stance,
        }
        if not place.themes:
            rows.append(Citation(**fixed, place=Place.UNASSIGNED, lens=lens.get(one.source_key, "")))
        for rank, key in enumerate(place.themes):
            quoted = {}
            if (key, one.source_key) in quotes:
                order, quote = quotes[key, one.source_key]
                quoted = {"quote_rank": order, "start": quote.start, "end": quote.end, "quote": quote.of(one.body)}
            rows.append(Citation(**fixed, theme=themes[key], rank=rank, place=Place.THEMED, **quoted))
    return rows


def _quotes(build: Build, found: "Themes") -> "dict[tuple[str, str], tuple[int, Quote]]":
    """(theme, source) → order and quote. One voice is quoted once in a theme; what was hidden meanwhile is not."""
    chosen: dict[tuple[str, str], tuple[int, Quote]] = {}
    for theme in found.themes:
        for quote in theme.quotes:
            chosen.setdefault((theme.id, quote.source), (len(chosen) + 1, quote))
    public = find(build.consultation, {source for _theme, source in chosen})
    return {pair: quoted for pair, quoted in chosen.items() if pair[1] in public}


def _left_out(build: Build, heard: Heard) -> list[Citation]:
    return [
        Citation(build=build, source_key=key, kind=key.split(":")[0], place=Place.LEFT_OUT, reason=reason)
        for key, reason in sorted(heard.left_out.items())
    ]


def _counts(rows: list[Citation], found: "Themes", said: dict[str, Contribution]) -> dict[str, Any]:
    """The numbers of a build. themed + unassigned + left_out = n; everything else is counted of what was read."""
    ledger = [row for row in rows if row.rank == 0]
    places = Counter(str(row.place) for row in ledger)
    read = [row for row in ledger if row.place != Place.LEFT_OUT]
    copies = sum(bool(row.copy_of) for row in read)
    authors = [said[row.source_key].author for row in read]
    return {
        "n": len(ledger),
        "read": len(read),
        **{str(place): places[place] for place in Place.values},
        "copies": copies,
        "distinct": len(read) - copies,
        "contributors": len(set(authors) - {None}),
        "anonymous": authors.count(None),
        "kinds": _sorted(row.kind for row in read),
        "reasons": _sorted(row.reason for row in ledger if row.reason),
        "stances": _sorted(row.stance for row in read if row.stance),
        "languages": _sorted(row.language for row in read),
        "lens": _sorted(row.lens for row in read if row.lens),
        "rare_stances": {value: len(keys) for value, keys in found.minority.stances.items()},
        "rare_languages": {value: len(keys) for value, keys in found.minority.languages.items()},
        "largest_copy": max(Counter(row.copy_of for row in read if row.copy_of).values(), default=0),
    }


def _sorted(values: Any) -> dict[str, int]:
    """How often each value stands there, the most frequent first."""
    return {str(value): count for value, count in sorted(Counter(values).items(), key=lambda one: (-one[1], one[0]))}
