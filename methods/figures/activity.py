"""Where people wrote: one small column per clause of a draft, in its order, as high as its number of
comments.

Refuses addresses that leave the site.

>>> drawing = activity_strip([ClauseCount("1", 4), ClauseCount("2", 0), ClauseCount("3", 2)])
>>> [cell.height for cell in drawing.cells]
[32, 0, 16]
"""

from collections.abc import Sequence
from dataclasses import dataclass

from .lettering import SMALL, WIDTH, check_key, near

HIGH = 32.0
ROW = 52.0
PER_ROW = 40
WIDEST = 24.0


@dataclass(frozen=True)
class ClauseCount:
    """A clause's label, its number of comments, what readers see of the number, and where the clause
    stands."""

    label: str
    count: int
    text: str = ""
    href: str = ""


@dataclass(frozen=True)
class Cell:
    """A clause's place: the cell from `top` down to `base`, and the column standing on the base."""

    label: str
    text: str
    href: str
    count: int
    x: float
    width: float
    top: float
    base: float
    y: float
    height: float
    busiest: bool


@dataclass(frozen=True)
class ActivityStrip:
    """All clauses, in rows of at most 40. marks: first and last clause of each row, as (text, x, y,
    anchor)."""

    key: str
    width: float
    height: float
    cell_height: float
    total: int
    most: int
    cells: tuple[Cell, ...]
    marks: tuple[tuple[str, float, float, str], ...]


def activity_strip(counts: Sequence[ClauseCount], *, key: str = "activity") -> ActivityStrip:
    """Lay out the activity of a draft, one cell per clause in the given order.

    The highest column is the most commented clause; a clause without comments is an empty cell. Raises
    ValueError for a negative count or an address that is not on this site.
    """
    for clause in counts:
        if clause.count < 0:
            raise ValueError("counts must not be negative")
        if clause.href and (not clause.href.startswith(("#", "/")) or clause.href.startswith("//")):
            raise ValueError(f"a clause's address stays on this site, not {clause.href!r}")
    most = max((clause.count for clause in counts), default=0)
    rows = max(-(-len(counts) // PER_ROW), 1)
    columns = max(-(-len(counts) // rows), 1)
    step = min(WIDTH / columns, WIDEST)
    cells: list[Cell] = []
    marks: list[tuple[str, float, float, str]] = []
    for index, clause in enumerate(counts):
        row, column = divmod(index, columns)
        base = row * ROW + HIGH
        height = clause.count / most * HIGH if most else 0.0
        text = clause.text or str(clause.count)
        x, width = near(column * step), near(max(step - 1, step * 0.8))
        place = (x, width, near(base - HIGH), near(base), near(base - height), near(height))
        cells.append(Cell(clause.label, text, clause.href, clause.count, *place, most == clause.count > 0))
        last = column == columns - 1 or index == len(counts) - 1
        if column == 0:
            marks.append((clause.label, 0.0, near(base + SMALL + 2), "start"))
        elif last and column > columns // 2:
            marks.append((clause.label, near(x + width), near(base + SMALL + 2), "end"))
    total = sum(clause.count for clause in counts)
    return ActivityStrip(check_key(key), WIDTH, near(rows * ROW), HIGH, total, most, tuple(cells), tuple(marks))
