"""Puts contributions from place to place in the ledger of a build, and takes that back exactly.

Each function tells in plain facts what stood there before; those facts are all that undoing needs. They hold no words.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Q
from django.utils import timezone

from accounts.models import Participant
from summaries.models import Build, Citation, Pin, Place, Theme
from summaries.sources import find

T = TypeVar("T")
CHUNK = 500  # keys in one question to the database
STATE = ("theme_id", "rank", "place", "lens", "assigned_by_id", "assigned_at")
QUOTES = 5
CANDIDATES = 300  # contributions among which quotes for a theme without any are sought
State = tuple[Any, ...]


def with_copies(build: Build, keys: Collection[str]) -> list[str]:
    """`keys` of contributions of `build`, with those that repeat them and those that they repeat."""
    originals: set[str] = set()
    for chunk in _chunks(sorted(keys)):
        rows = Citation.objects.filter(build=build, rank=0, source_key__in=chunk).exclude(place=Place.LEFT_OUT)
        originals.update(copy_of or key for key, copy_of in rows.values_list("source_key", "copy_of"))
    found: set[str] = set()
    for chunk in _chunks(sorted(originals)):
        group = Citation.objects.filter(Q(source_key__in=chunk) | Q(copy_of__in=chunk), build=build, rank=0)
        found.update(group.exclude(place=Place.LEFT_OUT).values_list("source_key", flat=True))
    return sorted(found)


def move_rows(
    *, build: Build, keys: Collection[str], origin: Theme | None, target: Theme | None, person: Participant
) -> dict[str, Any]:
    """Move `keys` out of `origin` (None: out of where the ledger has them) into `target` (None: into no theme).

    Where a contribution stands in further themes it stays there. Returns the facts `rows` and `dropped`, empty where
    nothing had to be moved.
    """
    standing: dict[str, list[Citation]] = defaultdict(list)
    for chunk in _chunks(sorted(keys)):
        rows = Citation.objects.filter(build=build, source_key__in=chunk).exclude(place=Place.LEFT_OUT)
        for row in rows.order_by("rank"):
            standing[row.source_key].append(row)
    before: dict[State, list[int]] = defaultdict(list)
    dropped, moved, first = [], [], []
    for rows_of in standing.values():
        leaving = next((row for row in rows_of if origin is None or row.theme_id == origin.pk), None)
        if leaving is None or leaving.theme_id == (target.pk if target else None):
            continue
        there = next((row for row in rows_of if target and row.theme_id == target.pk), None)
        staying = [row for row in rows_of if row is not leaving]
        if there is None and (target is not None or not staying):
            before[_state(leaving)].append(leaving.pk)
            moved.append(leaving.pk)
            continue
        dropped.append(leaving)
        if leaving.rank == 0:
            heir = there or staying[0]
            before[_state(heir)].append(heir.pk)
            first.append(heir.pk)
    Citation.objects.filter(pk__in=[row.pk for row in dropped]).delete()
    Citation.objects.filter(pk__in=first).update(rank=0)
    now = timezone.now()
    for pks in _chunks(moved):
        Citation.objects.filter(pk__in=pks).update(
            theme=target, place=Place.THEMED if target else Place.UNASSIGNED, lens="", assigned_by=person,
            assigned_at=now,
        )  # fmt: skip
    return {
        "rows": [[_plain(state), pks] for state, pks in before.items()],
        "dropped": [_dropped(row) for row in dropped],
    }


def return_rows(*, build: Build, facts: Mapping[str, Any]) -> None:
    """Put rows back where `facts` of `move_rows` say they stood; quotes only of what everybody may still read."""
    for (theme, rank, place, lens, person, at), pks in facts["rows"]:
        known = person if person and Participant.objects.filter(pk=person).exists() else None
        for chunk in _chunks(pks):
            Citation.objects.filter(build=build, pk__in=chunk).update(
                theme=theme, rank=rank, place=place, lens=lens, assigned_by=known, assigned_at=_moment(at)
            )
    said = find(build.consultation, {one["source_key"] for one in facts["dropped"]})
    people = {one["person_id"] for one in facts["dropped"]} | {one["assigned_by_id"] for one in facts["dropped"]}
    known_people = set(Participant.objects.filter(pk__in=people - {None}).values_list("pk", flat=True))
    back = []
    for one in facts["dropped"]:
        values = {name: value for name, value in one.items() if name != "quoted"}
        for name in ("person_id", "assigned_by_id"):
            values[name] = values[name] if values[name] in known_people else None
        values["assigned_at"] = _moment(values["assigned_at"])
        source = said.get(one["source_key"])
        if one["quoted"] and source:
            values["quote"] = source.body[one["start"] : one["end"]]
        back.append(Citation(build=build, **values))
    Citation.objects.bulk_create(back, batch_size=CHUNK)


def pin_rows(*, build: Build, keys: Collection[str], person: Participant) -> dict[str, list[Any]]:
    """Pin `keys` to where they stand in `build` now. Returns the pins that they had: key → [[theme, person, at], …]."""
    before = take_pins(build=build, keys=keys)
    now = timezone.now()
    pins = []
    for chunk in _chunks(sorted(keys)):
        rows = Citation.objects.filter(build=build, source_key__in=chunk).exclude(place=Place.LEFT_OUT)
        for source, theme in rows.order_by("source_key", "rank").values_list("source_key", "theme__key"):
            pins.append(_pin(build, source, [theme or "", person.pk, now]))
    Pin.objects.bulk_create(pins, batch_size=CHUNK)
    return before


def repin(*, build: Build, old: Collection[str], new: str) -> dict[str, list[Any]]:
    """Let pins on the themes `old` mean the theme `new`. Returns the pins that were there, as `pin_rows` does."""
    concerned = Pin.objects.filter(consultation=build.consultation_id, theme_key__in=old)
    before = take_pins(build=build, keys=set(concerned.values_list("source_key", flat=True)))
    made = []
    for source, pins in before.items():
        themes = dict.fromkeys(new if theme in old else theme for theme, _person, _at in pins)
        made += [_pin(build, source, [theme, *pins[0][1:]]) for theme in themes]
    Pin.objects.bulk_create(made, batch_size=CHUNK)
    return before


def take_pins(*, build: Build, keys: Collection[str]) -> dict[str, list[Any]]:
    """Delete the pins of `keys`. Returns them, with an empty list for what had none."""
    before: dict[str, list[Any]] = {key: [] for key in sorted(keys)}
    for chunk in _chunks(sorted(keys)):
        pins = Pin.objects.filter(consultation=build.consultation_id, source_key__in=chunk)
        for source, theme, person, at in pins.order_by("pk").values_list("source_key", "theme_key", "person", "at"):
            before[source].append([theme, person, at.isoformat()])
        pins.delete()
    return before


def return_pins(*, build: Build, before: Mapping[str, list[Any]]) -> None:
    """Let the contributions in `before` have the pins again that they had."""
    take_pins(build=build, keys=before.keys())
    people = set(Participant.objects.filter(pk__in={pin[1] for pins in before.values() for pin in pins if pin[1]})
                 .values_list("pk", flat=True))  # fmt: skip
    pins = [_pin(build, key, [pin[0], pin[1] if pin[1] in people else None, pin[2]]) for key, each in before.items()
            for pin in each]  # fmt: skip
    Pin.objects.bulk_create(pins, batch_size=CHUNK)


def quote_anew(*, build: Build, themes: Iterable[Theme]) -> list[int]:
    """Choose quotes for those of `themes` that have none, one at least for each stance and language.

    Returns the rows that are quoted now and were not.
    """
    wanting = [theme for theme in themes if not theme.citations.exclude(quote_rank=None).exists()]
    return [pk for theme in wanting for pk in _quote(build, theme)]


def unquote(*, rows: Sequence[int]) -> None:
    """Take back what `quote_anew` chose."""
    for chunk in _chunks(rows):
        Citation.objects.filter(pk__in=chunk).update(quote="", quote_rank=None, start=None, end=None)


def _quote(build: Build, theme: Theme) -> list[int]:
    from methods.text import Text
    from methods.text.model import UNSURE
    from methods.text.quotes import Member, choose_quotes

    rows = {row.source_key: row for row in theme.citations.filter(copy_of="").order_by("source_key")[:CANDIDATES]}
    said = find(build.consultation, rows)
    main = max(theme.languages, key=lambda code: (theme.languages[code], code), default=UNSURE)
    members = []
    for key, one in said.items():
        row = rows[key]
        text = Text(key, one.body, row.language, str(row.person_id or "") or None, row.stance or None)
        members.append(Member(text, row.language, row.language or main, ((0, len(one.body)),), 0.5, copy=False))
    quotes = choose_quotes(members, dict.fromkeys(theme.languages, theme.phrases), main, QUOTES)
    changed = []
    for order, quote in enumerate(quotes, 1):
        row = rows[quote.source]
        if row not in changed:  # one voice is quoted once in a theme
            row.quote, row.start, row.end = quote.of(said[quote.source].body), quote.start, quote.end
            row.quote_rank = order
            changed.append(row)
    Citation.objects.bulk_update(changed, ["quote", "start", "end", "quote_rank"])
    return [row.pk for row in changed]


def _state(row: Citation) -> State:
    return tuple(getattr(row, name) for name in STATE)


def _plain(state: State) -> list[Any]:
    return [value.isoformat() if isinstance(value, datetime) else value for value in state]


def _dropped(row: Citation) -> dict[str, Any]:
    """All of a row but its words."""
    names = [field.attname for field in Citation._meta.concrete_fields if field.attname not in ("build_id", "quote")]
    values = {name: getattr(row, name) for name in names}
    at = row.assigned_at.isoformat() if row.assigned_at else None
    return values | {"assigned_at": at, "quoted": bool(row.quote)}


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _pin(build: Build, source: str, pin: Sequence[Any]) -> Pin:
    theme, person, at = pin
    moment = at if isinstance(at, datetime) else datetime.fromisoformat(at)
    return Pin(consultation_id=build.consultation_id, source_key=source, theme_key=theme, person_id=person, at=moment)


def _chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    return (items[at : at + CHUNK] for at in range(0, len(items), CHUNK))
