"""Two shares side by side for each of several parts: those who took part, and those who live there.

Both bars of a row stand on one scale from zero. A share that is withheld has words and no bar. Refuses shares outside
0 to 1.

>>> drawing = pairs([Pair("Melati", 0.5, 0.25, "50 %", "25 %"), Pair("Wetan", None, 0.5, "fewer than 10", "50 %")])
>>> [(row.first_width, row.second_width) for row in drawing.rows]
[(190, 95), (0, 190)]
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .bars import Line
from .lettering import LINE, SMALL, TEXT, WIDTH, check_key, measure, near, wrap

LONGEST = 190.0
SHORTEST = 60.0  # of the longest bar, however long the words beside it
LEAST = 1e-6  # a share below it does not stretch the scale: one person of a million is the least there is
THICK = 12.0
GAP = 14.0


@dataclass(frozen=True)
class Pair:
    """A part with both shares (None: withheld) and what readers see of them."""

    label: str
    first: float | None
    second: float | None
    first_text: str
    second_text: str


@dataclass(frozen=True)
class PairRow:
    """A part with its place: lines of the name, two bars under each other, the words at their ends."""

    label: str
    lines: tuple[Line, ...]
    first_text: str
    second_text: str
    first_y: float
    second_y: float
    first_width: float
    second_width: float
    first_text_x: float
    second_text_x: float
    first_text_y: float
    second_text_y: float


@dataclass(frozen=True)
class Pairs:
    """All parts under each other."""

    key: str
    width: float
    height: float
    thick: float
    rows: tuple[PairRow, ...]


def pairs(rows: Sequence[Pair], *, key: str = "pairs") -> Pairs:
    """Lay out two shares per row, in the order given. Raises ValueError for a share outside 0 to 1."""
    given = [share for row in rows for share in (row.first, row.second) if share is not None]
    if any(not 0 <= share <= 1 for share in given):
        raise ValueError("shares lie between 0 and 1")
    scale = min(_scales(rows), default=0.0)
    placed = []
    y = 0.0
    for row in rows:
        words = wrap(row.label, WIDTH, TEXT, lines=2)
        lines = tuple(Line(word, near(y + LINE * at - 5)) for at, word in enumerate(words, 1))
        y += LINE * len(lines)
        first, second = near((row.first or 0.0) * scale), near((row.second or 0.0) * scale)
        tops = (near(y), near(y + THICK + 2))
        beside = (near(first + 6 if first else 0.0), near(second + 6 if second else 0.0))
        below = (near(y + THICK - 2), near(y + 2 * THICK))
        placed.append(
            PairRow(row.label, lines, row.first_text, row.second_text, *tops, first, second, *beside, *below)
        )  # fmt: skip
        y += 2 * THICK + 2 + GAP
    return Pairs(check_key(key), WIDTH, near(max(y - GAP, THICK)), THICK, tuple(placed))


def _scales(rows: Sequence[Pair]) -> Iterator[float]:
    """For each bar how long a whole may be, so that the words beside it stay in the drawing."""
    for row in rows:
        for share, text in ((row.first, row.first_text), (row.second, row.second_text)):
            if share:
                yield min(LONGEST, max(WIDTH - 6 - measure(text, SMALL), SHORTEST)) / max(share, LEAST)
