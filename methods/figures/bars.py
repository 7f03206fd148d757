"""Bars of a result: one row per option, label and figure above its bar, the bar as long as its share of the
total.

Refuses negative counts. The scale ends at the total, so that a bar of half the width is half of the votes.

>>> drawing = bars([BarRow("Pasar", 30, "30", "75 %", winner=True), BarRow("Taman", 10, "10", "25 %")], total=40)
>>> [bar.width for bar in drawing.rows]
[240, 80]
"""

from collections.abc import Sequence
from dataclasses import dataclass

from .lettering import LINE, TEXT, WIDTH, check_key, measure, near, wrap

THICK = 16.0
GAP = 14.0


@dataclass(frozen=True)
class BarRow:
    """An option's label and count; texts are what readers see of count and share, written by the caller."""

    label: str
    count: int
    text: str = ""
    share_text: str = ""
    winner: bool = False


@dataclass(frozen=True)
class Line:
    """One line of a label and its baseline."""

    text: str
    y: float


@dataclass(frozen=True)
class Bar:
    """A row with its place: lines of the label, baseline of the figure at the right edge, and the bar."""

    label: str
    lines: tuple[Line, ...]
    text: str
    share_text: str
    value: str
    value_y: float
    y: float
    width: float
    height: float
    count: int
    share: float
    winner: bool


@dataclass(frozen=True)
class Bars:
    """All rows of a result; total is what the full width stands for."""

    key: str
    width: float
    height: float
    total: int
    rows: tuple[Bar, ...]


def bars(rows: Sequence[BarRow], *, total: int | None = None, key: str = "bars") -> Bars:
    """Lay out the bars of a result.

    rows: in the order to be shown. total: the denominator of the shares (ballots or voters); without it the
    sum of all counts. key: makes ids unique on the page. Raises ValueError for a negative count.
    """
    if any(row.count < 0 for row in rows):
        raise ValueError("counts must not be negative")
    whole = sum(row.count for row in rows) if total is None else total
    scale = WIDTH / max(whole, 1, *(row.count for row in rows))
    placed: list[Bar] = []
    y = 0.0
    for row in rows:
        said = row.text or str(row.count)
        value = f"{said} · {row.share_text}" if row.share_text else said
        room = max(WIDTH - measure(value, TEXT) - 12, WIDTH / 3)
        label = enumerate(wrap(row.label, room, TEXT), start=1)
        lines = tuple(Line(text, near(y + LINE * place - 4)) for place, text in label)
        y += LINE * len(lines) + 2
        width = near(max(row.count * scale, 1.0)) if row.count else 0.0
        share = row.count / whole if whole else 0.0
        place = (lines[-1].y, near(y), width, THICK, row.count, share)
        placed.append(Bar(row.label, lines, said, row.share_text, value, *place, row.winner))
        y += THICK + GAP
    return Bars(check_key(key), WIDTH, near(max(y - GAP, THICK)), whole, tuple(placed))
