"""Shares of a whole as tiles, the biggest first, each as close to a square as it gets.

Source: Bruls, Huizing and van Wijk, "Squarified treemaps" (2000). Areas are exact shares; what is too many for names
becomes one tile of the rest. Refuses negative counts.

>>> drawing = treemap([Part("Halte", 6), Part("Jadwal", 3), Part("Tarif", 3)])
>>> [(tile.x, tile.width, tile.height) for tile in drawing.tiles]
[(0, 160, 230), (160, 160, 115), (160, 160, 115)]
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass

from .bars import Line
from .lettering import SMALL, WIDTH, check_key, measure, near, wrap

HIGH = 230.0
MOST = 12
STEP = 16.0
INSET = 6.0
SMALLEST = 34.0  # a narrower or lower tile holds no words
REST = "rest"


@dataclass(frozen=True)
class Part:
    """A part of the whole: `text` is what readers see of its count, `kind` names its look."""

    label: str
    count: int
    text: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Tile:
    """A part and its place. lines: its name and its figure as far as they fit; the table has all of it."""

    label: str
    text: str
    kind: str
    count: int
    share: float
    x: float
    y: float
    width: float
    height: float
    lines: tuple[Line, ...]
    text_x: float


@dataclass(frozen=True)
class Treemap:
    """All tiles of a whole; `rows` are all parts as they were given, for the table."""

    key: str
    width: float
    height: float
    total: int
    tiles: tuple[Tile, ...]
    rows: tuple[Part, ...]


def treemap(
    parts: Sequence[Part],
    *,
    most: int = MOST,
    rest: Callable[[int], str] = lambda parts: f"+ {parts}",
    number: Callable[[int], str] = str,
    key: str = "treemap",
) -> Treemap:
    """Lay out the parts of a whole.

    parts: in any order; those with a count of 0 have no tile. most: how many tiles there are at most. rest: the name of
    the last tile when it holds several parts, made from how many they are. Raises ValueError for a negative count.
    """
    if any(part.count < 0 for part in parts):
        raise ValueError("counts must not be negative")
    shown = sorted((part for part in parts if part.count), key=lambda part: -part.count)
    if len(shown) > most:
        left = shown[most - 1 :]
        count = sum(part.count for part in left)
        shown = [*shown[: most - 1], Part(rest(len(left)), count, number(count), REST)]
    total = sum(part.count for part in shown)
    scale = WIDTH * HIGH / total if total else 0.0
    places = _squarify([part.count * scale for part in shown], (0.0, 0.0, WIDTH, HIGH))
    tiles = tuple(_tile(part, place, total, number) for part, place in zip(shown, places, strict=True))
    return Treemap(check_key(key), WIDTH, HIGH if tiles else STEP, total, tiles, tuple(parts))


Box = tuple[float, float, float, float]  # x, y, width, height


def _squarify(areas: Sequence[float], room: Box) -> Iterator[Box]:
    """A box for each area in its order. Rows are laid along the shorter side while that makes boxes squarer."""
    at = 0
    while at < len(areas):
        side = min(room[2], room[3])
        end = at + 1
        while end < len(areas) and _worst(areas[at : end + 1], side) <= _worst(areas[at:end], side):
            end += 1
        row = areas[at:end]
        room = yield from _lay(row, room, last=end == len(areas))
        at = end


def _worst(row: Sequence[float], side: float) -> float:
    """The least square proportion of a row along `side`."""
    whole = sum(row)
    return max(max(side**2 * area / whole**2, whole**2 / (side**2 * area)) for area in row)


def _lay(row: Sequence[float], room: Box, last: bool) -> Generator[Box, None, Box]:
    """A box for each area of one row. Returns the room that is left."""
    x, y, width, height = room
    upright = width >= height  # the row stands along the left edge
    side = height if upright else width
    thick = (width if upright else height) if last else sum(row) / side
    done = 0.0
    for area in row:
        length = area / sum(row) * side
        yield (x, y + done, thick, length) if upright else (x + done, y, length, thick)
        done += length
    return (x + thick, y, width - thick, height) if upright else (x, y + thick, width, height - thick)


def _tile(part: Part, place: Box, total: int, number: Callable[[int], str]) -> Tile:
    x, y, width, height = place
    text = part.text or number(part.count)
    room = width - 2 * INSET
    lines: list[Line] = []
    if width >= SMALLEST and height >= SMALLEST:
        figure = text if measure(text, SMALL) <= room else number(part.count)
        fits = int((height - INSET) / STEP)
        words = wrap(part.label, room, SMALL, lines=min(fits - 1, 4)) if fits > 1 else ()
        lines = [Line(word, near(y + 1 + STEP * (at + 1))) for at, word in enumerate((*words, figure))]
    share = part.count / total
    box = (near(x), near(y), near(width), near(height))
    return Tile(part.label, text, part.kind, part.count, share, *box, tuple(lines), near(x + INSET))
