"""Rows of stances, one bar each: by share of the row, or by count on one scale for all rows.

A bar of shares says of how many it is beside its name. Refuses unknown stances.

>>> drawing = stance_rows([RowOf("Halte", {"support": 3, "oppose": 1})])
>>> [(one.stance, one.x, one.width) for one in drawing.rows[0].pieces]
[('support', 0, 240), ('oppose', 240, 80)]
>>> drawing = stance_rows([RowOf("1", {"oppose": 8}), RowOf("2", {"oppose": 2})], shares=False)
>>> [row.pieces[0].width for row in drawing.rows]
[320, 80]
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from .bars import Line
from .lettering import LINE, SMALL, TEXT, WIDTH, check_key, measure, near, wrap
from .stances import STANCES

THICK = 16.0
GAP = 14.0


@dataclass(frozen=True)
class RowOf:
    """What is stood for: its name, contributions by stance (keys of STANCES), what readers see of the whole, its
    address on this site."""

    label: str
    counts: Mapping[str, int]
    text: str = ""
    href: str = ""


@dataclass(frozen=True)
class Piece:
    """One stance of a row. room: whether its figure fits into it."""

    stance: str
    css: str
    pattern: str
    count: int
    text: str
    x: float
    width: float
    text_x: float
    room: bool


@dataclass(frozen=True)
class StanceRow:
    """A row with its place: lines of the name, the whole at the right edge, the bar below. cells: for the table, one
    per stance of the drawing."""

    label: str
    href: str
    lines: tuple[Line, ...]
    text: str
    text_y: float
    y: float
    text_below: float
    pieces: tuple[Piece, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True)
class StanceRows:
    """All rows; stances: those that occur, in their order, as (stance, its class)."""

    key: str
    width: float
    height: float
    thick: float
    total: int
    stances: tuple[tuple[str, str], ...]
    rows: tuple[StanceRow, ...]


def stance_rows(
    rows: Sequence[RowOf],
    *,
    shares: bool = True,
    number: Callable[[int], str] = str,
    key: str = "stance-rows",
) -> StanceRows:
    """Lay out the stances of several things under each other.

    shares: whether each bar is a whole of its own; False draws counts on one scale that ends at the largest row.
    Rows keep their order. Raises ValueError for an unknown stance or a negative count.
    """
    for row in rows:
        if row.counts.keys() - STANCES.keys() or any(count < 0 for count in row.counts.values()):
            raise ValueError(f"stances are {', '.join(STANCES)}, with counts of 0 or more, not {dict(row.counts)}")
    present = [stance for stance in STANCES if any(row.counts.get(stance) for row in rows)]
    most = max((sum(row.counts.values()) for row in rows), default=0)
    placed: list[StanceRow] = []
    y = 0.0
    for row in rows:
        total = sum(row.counts.values())
        text = row.text or number(total)
        room = max(WIDTH - measure(text, SMALL) - 12, WIDTH / 2)
        words = wrap(row.label, room, TEXT, lines=2)
        lines = tuple(Line(word, near(y + LINE * at - 5)) for at, word in enumerate(words, 1))
        y += LINE * len(lines)
        whole = total if shares else most
        pieces = _pieces(row.counts, WIDTH / whole if whole else 0.0, number)
        cells = tuple(number(row.counts.get(stance, 0)) for stance in present)
        bar = (lines[-1].y, near(y), near(y + THICK - 4))
        placed.append(StanceRow(row.label, row.href, lines, text, *bar, pieces, cells))
        y += THICK + GAP
    stances = tuple((stance, STANCES[stance][0]) for stance in present)
    total = sum(sum(row.counts.values()) for row in rows)
    return StanceRows(check_key(key), WIDTH, near(max(y - GAP, THICK)), THICK, total, stances, tuple(placed))


def _pieces(counts: Mapping[str, int], scale: float, number: Callable[[int], str]) -> tuple[Piece, ...]:
    """The stances of one bar from left to right. scale: width of one contribution."""
    pieces = []
    done = 0
    for stance, (css, pattern) in STANCES.items():
        count = counts.get(stance, 0)
        if count:
            x, width, text = done * scale, count * scale, number(count)
            fits = measure(text, SMALL) + 14 <= width
            pieces.append(
                Piece(stance, css, pattern, count, text, near(x), near(width), near(x + width / 2), fits)
            )  # fmt: skip
            done += count
    return tuple(pieces)
