"""From left to right: how much of each stop of a column goes to which stop of the next, as bands of even thickness.

One scale for the whole drawing: a band twice as thick carries twice as many. Refuses stops that lose or gain on the
way.

>>> drawing = streams([[Stop("c", "Komentar")], [Stop("1", "Halte"), Stop("2", "Tarif")]],
...     [("c", "1", 3), ("c", "2", 1)])
>>> [(stop.label, stop.count, stop.height) for stop in drawing.columns[1]]
[('Halte', 3, 135), ('Tarif', 1, 45)]
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from .bars import Line
from .lettering import SMALL, WIDTH, check_key, near, wrap

HIGH = 180.0
THICK = 8.0
GAP = 12.0
STEP = 15.0
BESIDE = 4.0
FIRST = 0.86  # how wide the first column is beside the last; what is left goes to those between


@dataclass(frozen=True)
class Stop:
    """Where streams begin, pass or end. Its key is unique in the drawing; `kind` names its look."""

    key: str
    label: str
    kind: str = ""


@dataclass(frozen=True)
class StopPlace:
    """A stop and its words, which stand beside it."""

    label: str
    kind: str
    count: int
    text: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[Line, ...]
    text_x: float
    text_y: float
    anchor: str


@dataclass(frozen=True)
class Band:
    """What goes from one stop to another; `path` is its shape for SVG."""

    source: str
    target: str
    kind: str
    count: int
    text: str
    path: str


@dataclass(frozen=True)
class Streams:
    """The whole drawing."""

    key: str
    width: float
    height: float
    total: int
    columns: tuple[tuple[StopPlace, ...], ...]
    bands: tuple[Band, ...]


def streams(
    columns: Sequence[Sequence[Stop]],
    flows: Sequence[tuple[str, str, int]],
    *,
    number: Callable[[int], str] = str,
    key: str = "streams",
) -> Streams:
    """Lay out what goes where.

    columns: two or more, each with its stops from top to bottom; stops that nothing reaches are left out. flows: key of
    a stop, key of a stop in the next column, how many. Raises ValueError for an unknown or leaping flow, a negative
    count, or a stop between columns that does not pass on what it gets.
    """
    level = {stop.key: at for at, column in enumerate(columns) for stop in column}
    if any(level.get(one, -1) + 1 != level.get(other, -2) or count < 0 for one, other, count in flows):
        raise ValueError("a flow goes from a stop to one of the next column, with a count of 0 or more")
    out: dict[str, int] = dict.fromkeys(level, 0)
    into = dict(out)
    for one, other, count in flows:
        out[one] += count
        into[other] += count
    between = [stop.key for column in columns[1:-1] for stop in column]
    if any(out[stop] != into[stop] for stop in between):
        raise ValueError("what comes to a stop goes on from it")
    size = {stop: max(out[stop], into[stop]) for stop in level}
    total = sum(size[stop.key] for stop in columns[0]) if columns else 0
    scale = HIGH / total if total else 0.0
    placed = [_column(column, size, scale, (at, len(columns)), number) for at, column in enumerate(columns)]
    found = {key: place for column in placed for key, place in column.items()}
    bands = _bands(columns, flows, found, scale, number)
    height = max((_low(place) for place in found.values()), default=STEP)
    shown = tuple(tuple(column.values()) for column in placed)
    return Streams(check_key(key), WIDTH, near(height), total, shown, bands)


def _column(
    stops: Sequence[Stop],
    size: Mapping[str, int],
    scale: float,
    place: tuple[int, int],
    number: Callable[[int], str],
) -> dict[str, StopPlace]:
    """The stops of one column from the top, each with room for its words. place: which column, of how many."""
    at, columns = place
    last = at == columns - 1
    step = (WIDTH - THICK) / columns
    first = step * FIRST
    step += (step - first) / max(columns - 2, 1) if 0 < at < columns - 1 else 0.0
    x = WIDTH - THICK if last else first + (at - 1) * step if at else 0.0
    room = (step if at else first) - THICK - 2 * BESIDE  # the words of the last column stand before it
    y = 0.0
    placed = {}
    for stop in stops:
        count = size[stop.key]
        if not count:
            continue
        height = count * scale
        words = wrap(stop.label, room, SMALL)
        lines = tuple(Line(word, near(y + STEP * row - 3)) for row, word in enumerate(words, 1))
        beside = (near(x - BESIDE), "end") if last else (near(x + THICK + BESIDE), "start")
        text_y = near(y + STEP * (len(lines) + 1) - 3)
        box = (near(x), near(y), THICK, near(height))
        placed[stop.key] = StopPlace(
            stop.label, stop.kind, count, number(count), *box, lines, beside[0], text_y, beside[1]
        )  # fmt: skip
        y += max(height, STEP * (len(lines) + 1)) + GAP
    return placed


def _low(place: StopPlace) -> float:
    """Where a stop with its words ends."""
    return max(place.y + place.height, place.text_y + 4)


def _bands(
    columns: Sequence[Sequence[Stop]],
    flows: Sequence[tuple[str, str, int]],
    places: Mapping[str, StopPlace],
    scale: float,
    number: Callable[[int], str],
) -> tuple[Band, ...]:
    order = {stop.key: at for at, stop in enumerate(stop for column in columns for stop in column)}
    kinds = {stop.key: stop.kind for column in columns for stop in column}
    leaves = {stop: place.y for stop, place in places.items()}
    comes = dict(leaves)
    bands = []
    for one, other, count in sorted(flows, key=lambda flow: (order[flow[0]], order[flow[1]])):
        if not count:
            continue
        thick = count * scale
        ends = (near(places[one].x + THICK), places[other].x)
        path = _path(ends, leaves[one], comes[other], thick)
        leaves[one] += thick
        comes[other] += thick
        names = (places[one].label, places[other].label, kinds[other] or kinds[one])
        bands.append(Band(*names, count, number(count), path))
    return tuple(bands)


def _path(ends: tuple[float, float], start: float, end: float, thick: float) -> str:
    left, right = ends
    middle, y0, y1 = near((left + right) / 2), near(start), near(end)
    low0, low1 = near(start + thick), near(end + thick)
    return (
        f"M{left} {y0}C{middle} {y0} {middle} {y1} {right} {y1}V{low1}C{middle} {low1} {middle} {low0} {left} {low0}Z"
    )
