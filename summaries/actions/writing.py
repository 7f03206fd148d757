"""Turns what the method found into rows: themes, the ledger, quotes, campaigns, numbers.

Writes only inside the transaction of a build. What people did to the build before is carried over by `carrying`.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from accounts.models import Participant
from summaries.actions.carrying import Held, carry_decisions, carry_words
from summaries.actions.counting import Background, Row, limits, portray
from summaries.clauses import named
from summaries.models import Build, Campaign, Citation, Lens, Place, Reason, Theme
from summaries.sources import Contribution, Heard, find

if TYPE_CHECKING:
    from methods.text import Quote, Themes

BATCH = 2000
LABEL = 160
CAMPAIGN = 3  # so many contributions that repeat one text are a campaign
People = Mapping[int, tuple[int, int | None]]
"""Id of a participant → level and area."""


class Line(NamedTuple):
    """One row of the ledger before it is written, in the order of `COLUMNS`; `theme` is a key, empty for none."""

    theme: str
    source_key: str
    kind: str
    place: str
    rank: int = 0
    reason: str = ""
    copy_of: str = ""
    lens: str = ""
    person: int | None = None
    assigned_by: int | None = None
    assigned_at: Any = None
    language: str = ""
    stance: str = ""
    quote: str = ""
    quote_rank: int | None = None
    start: int | None = None
    end: int | None = None


COLUMNS = [Citation._meta.get_field(name).get_attname() for name in Line._fields]  # type: ignore[union-attr]


def write_rows(
    *, build: Build, before: Build | None, heard: Heard, found: "Themes", held: Mapping[str, Held]
) -> dict[str, Any]:
    """Write themes, ledger and campaigns of `build`; `held` says where people put contributions, by their originals.

    Returns its numbers (`Build.counts`). Publishes nothing.
    """
    said = {one.source_key: one for one in heard.contributions}
    people = _people({one.author for one in heard.contributions if one.author})
    campaigns = _write_campaigns(build, found, said, people)
    lines = [*_ledger(build, found, said, people, held), *_left_out(heard)]
    counts = build.counts = _counts(lines, found)
    themes = _write_themes(build, found, lines, said, people, campaigns)
    carry_words(before=before, themes=themes, lines=[(line.theme, line.source_key) for line in lines if line.theme])
    carry_decisions(before=before, themes=themes)
    _write_lines(build, lines, themes)
    return counts


def _people(wanted: Collection[int]) -> People:
    """Those of `wanted` who are there."""
    ids = sorted(wanted)
    found: dict[int, tuple[int, int | None]] = {}
    for chunk in (ids[at : at + BATCH] for at in range(0, len(ids), BATCH)):
        rows = Participant.objects.filter(pk__in=chunk).values_list("pk", "level", "area")
        found |= {pk: (level, area) for pk, level, area in rows}
    return found


def _write_campaigns(build: Build, found: "Themes", said: Mapping[str, Contribution], people: People) -> set[str]:
    """A row for each text that several contributions repeat. Returns the keys of these texts."""
    from methods.text.normal import comparable

    made = []
    for original, keys in found.copies.groups.items():
        if len(keys) < CAMPAIGN:
            continue
        authors = [said[key].author if said[key].author in people else None for key in keys]
        levels = Counter(people[author][0] for author in set(authors) if author is not None)
        made.append(
            Campaign(
                build=build,
                original=original,
                contributions=len(keys),
                distinct=len({comparable(said[key].body) for key in keys}),
                contributors=len(set(authors) - {None}),
                anonymous=authors.count(None),
                levels={str(level): count for level, count in sorted(levels.items())},
            )
        )
    Campaign.objects.bulk_create(made, batch_size=BATCH)
    return {campaign.original for campaign in made}


def _ledger(
    build: Build, found: "Themes", said: Mapping[str, Contribution], people: People, held: Mapping[str, Held]
) -> list[Line]:
    """A line for each contribution and theme; one without a theme for what is in none."""
    quotes = _quotes(build, found)
    alone = (*found.minority.singletons, *found.minority.lonely)
    lens = dict.fromkeys(found.minority.outliers, Lens.FAR) | dict.fromkeys(alone, Lens.ALONE)
    known = {theme.id for theme in found.themes}
    lines = []
    for place in found.coverage.places:
        one = said[place.id]
        if place.place == "left_out":
            lines.append(Line("", one.source_key, one.kind, Place.LEFT_OUT, reason=place.reason or Reason.EMPTY))
            continue
        kept = held.get(place.copy_of or place.id)
        themes = place.themes if kept is None else kept.among(known, place.themes)
        first = Line(
            "", one.source_key, one.kind, Place.UNASSIGNED, copy_of=place.copy_of or "",
            person=one.author if one.author in people else None, language=one.language[:8], stance=one.stance,
            assigned_by=kept.person if kept else None, assigned_at=kept.at if kept else None,
        )  # fmt: skip
        if not themes:
            lines.append(first._replace(lens="" if kept else lens.get(one.source_key, "")))
        for rank, key in enumerate(themes):
            shown = "" if rank or kept else lens.get(one.source_key, "")
            line = first._replace(theme=key, place=Place.THEMED, rank=rank, lens=shown)
            if (key, one.source_key) in quotes:
                order, quote = quotes[key, one.source_key]
                line = line._replace(quote_rank=order, start=quote.start, end=quote.end, quote=quote.of(one.body))
            lines.append(line)
    return lines


def _quotes(build: Build, found: "Themes") -> "dict[tuple[str, str], tuple[int, Quote]]":
    """(theme, source) → order and quote. One voice is quoted once in a theme; what was hidden meanwhile is not."""
    chosen: dict[tuple[str, str], tuple[int, Quote]] = {}
    for theme in found.themes:
        for quote in theme.quotes:
            chosen.setdefault((theme.id, quote.source), (len(chosen) + 1, quote))
    public = find(build.consultation, {source for _theme, source in chosen})
    return {pair: quoted for pair, quoted in chosen.items() if pair[1] in public}


def _left_out(heard: Heard) -> list[Line]:
    return [
        Line("", key, key.split(":")[0], Place.LEFT_OUT, reason=reason)
        for key, reason in sorted(heard.left_out.items())
    ]


def _write_themes(
    build: Build,
    found: "Themes",
    lines: Iterable[Line],
    said: Mapping[str, Contribution],
    people: People,
    campaigns: Collection[str],
) -> dict[str, Theme]:
    """The themes by key, numbered: those of most contributors first. One that people emptied is no theme any more."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for line in lines:
        if line.theme:
            rows[line.theme].append(
                Row(line.source_key, line.kind, line.copy_of, line.person, line.language, line.stance)
            )
    clauses = named(build.consultation, {key: one.clause[0] for key, one in said.items() if one.clause})
    about = Background(people, clauses, campaigns, **limits(build))
    made = [
        Theme(
            build=build,
            key=one.id,
            label=one.label[:LABEL],
            found_label=one.label[:LABEL],
            phrases=list(one.phrases),
            **portray(rows[one.id], about),
        )
        for one in found.themes
        if one.id in rows
    ]
    made.sort(key=lambda theme: (-theme.contributors, -theme.distinct, theme.key))
    for number, theme in enumerate(made, 1):
        theme.number = number
    Theme.objects.bulk_create(made)
    return {theme.key: theme for theme in made}


def _write_lines(build: Build, lines: Iterable[Line], themes: Mapping[str, Theme]) -> None:
    """The ledger in one go, straight into the table: instances of models would take as long as finding the themes."""
    quoted = connection.ops.quote_name
    names = ", ".join(quoted(name) for name in ("build_id", *COLUMNS))
    marks = ", ".join(["%s"] * (len(COLUMNS) + 1))
    moment = connection.ops.adapt_datetimefield_value
    rows: list[Any] = []
    for line in lines:
        theme = themes[line.theme].pk if line.theme else None
        at = moment(line.assigned_at) if line.assigned_at else None
        plain = line._replace(place=str(line.place), kind=str(line.kind), reason=str(line.reason), lens=str(line.lens))
        rows.append((build.pk, theme, *plain._replace(assigned_at=at)[1:]))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quoted(Citation._meta.db_table)} ({names}) VALUES ({marks})",  # noqa: S608 (names of columns)
            rows,
        )


def _counts(lines: list[Line], found: "Themes") -> dict[str, Any]:
    """The numbers of a build. themed + unassigned + left_out = n; everything else is counted of what was read."""
    ledger = [line for line in lines if line.rank == 0]
    places = Counter(str(line.place) for line in ledger)
    read = [line for line in ledger if line.place != Place.LEFT_OUT]
    copies = sum(bool(line.copy_of) for line in read)
    authors = [line.person for line in read]
    return {
        "n": len(ledger),
        "read": len(read),
        **{str(place): places[place] for place in Place.values},
        "copies": copies,
        "distinct": len(read) - copies,
        "contributors": len(set(authors) - {None}),
        "anonymous": authors.count(None),
        "kinds": _sorted(line.kind for line in read),
        "reasons": _sorted(line.reason for line in ledger if line.reason),
        "stances": _sorted(line.stance for line in read if line.stance),
        "languages": _sorted(line.language for line in read),
        "lens": _sorted(line.lens for line in read if line.lens),
        "rare_stances": {value: len(keys) for value, keys in found.minority.stances.items()},
        "rare_languages": {value: len(keys) for value, keys in found.minority.languages.items()},
        "largest_copy": max(Counter(line.copy_of for line in read if line.copy_of).values(), default=0),
    }


def _sorted(values: Any) -> dict[str, int]:
    """How often each value stands there, the most frequent first."""
    return {str(value): count for value, count in sorted(Counter(values).items(), key=lambda one: (-one[1], one[0]))}
