"""Shares in rows and columns, each as a square whose area is its share; an empty frame is the whole.

Refuses rows of another length than the heads, and shares outside 0 to 1.

>>> drawing = matrix(["Setuju", "Tidak"], [Across("Halte dekat pasar", (0.25, 1.0), ("25 %", "100 %"))])
>>> [cell.side for cell in drawing.rows[0].cells]
[13, 26]
"""

from collections.abc import Sequence
from dataclasses import dataclass

from .bars import Line
from .lettering import LINE, TEXT, WIDTH, check_key, near, wrap

SIDE = 26.0
GAP = 14.0
HEAD = 22.0


@dataclass(frozen=True)
class Across:
    """A row: its name, a share for each column, and what readers see of each."""

    label: str
    shares: tuple[float, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Square:
    """A share: the frame at (x, y), the square within it standing on the frame's base, its words beside it."""

    share: float
    text: str
    frame_x: float
    frame_y: float
    x: float
    y: float
    side: float
    text_x: float
    text_y: float


@dataclass(frozen=True)
class MatrixRow:
    """A row with its name above its squares."""

    label: str
    lines: tuple[Line, ...]
    cells: tuple[Square, ...]


@dataclass(frozen=True)
class Matrix:
    """Heads of the columns as (name, x), then the rows."""

    key: str
    width: float
    height: float
    frame: float
    heads: tuple[tuple[str, float], ...]
    rows: tuple[MatrixRow, ...]


def matrix(heads: Sequence[str], rows: Sequence[Across], *, key: str = "matrix") -> Matrix:
    """Lay out shares in rows and columns.

    heads: names of the columns. Raises ValueError for a row of another length or a share outside 0 to 1.
    """
    for row in rows:
        if len(row.shares) != len(heads) or len(row.texts) != len(heads):
            raise ValueError("each row has one share and one text for each column")
        if any(not 0 <= share <= 1 for share in row.shares):
            raise ValueError("shares lie between 0 and 1")
    step = WIDTH / max(len(heads), 1)
    placed = []
    y = HEAD
    for row in rows:
        words = wrap(row.label, WIDTH, TEXT)
        lines = tuple(Line(word, near(y + LINE * at - 5)) for at, word in enumerate(words, 1))
        y += LINE * len(lines)
        cells = tuple(
            _square(share, text, at * step, y)
            for at, (share, text) in enumerate(zip(row.shares, row.texts, strict=True))
        )
        placed.append(MatrixRow(row.label, lines, cells))
        y += SIDE + GAP
    named = tuple((name, near(at * step)) for at, name in enumerate(heads))
    return Matrix(check_key(key), WIDTH, near(max(y - GAP, HEAD)), SIDE, named, tuple(placed))


def _square(share: float, text: str, x: float, y: float) -> Square:
    side = SIDE * share**0.5
    base = y + SIDE
    return Square(
        share, text, near(x), near(y), near(x), near(base - side), near(side), near(x + SIDE + 6), near(base - 8)
    )  # fmt: skip
