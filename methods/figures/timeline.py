"""Participation over time: one column per day from the first to the last, days without any included, from
zero up; under them the phases in which the days lie.

Refuses two counts for one day. Where days are too many for the width, equally many are added up per column.

>>> from datetime import date
>>> drawing = timeline([date(2026, 3, 1), date(2026, 3, 3)], [4, 8])
>>> [(column.count, column.height) for column in drawing.columns]
[(4, 60), (0, 0), (8, 120)]
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .lettering import LINE, SMALL, WIDTH, check_key, measure, near

HIGH = 120.0
MOST_COLUMNS = 100
WIDEST = 28.0
PHASE = 28.0


@dataclass(frozen=True)
class Column:
    """A day, or several: count, words for the table, and its place."""

    first: date
    last: date
    count: int
    label: str
    text: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Tick:
    """A label under the line of days."""

    label: str
    x: float
    anchor: str


@dataclass(frozen=True)
class Span:
    """A phase: its name, its first day, its last (None: it lasts), and its look."""

    label: str
    first: date
    last: date | None
    kind: str = ""


@dataclass(frozen=True)
class Phase:
    """A span and its place under the line of days: a bar with its name over it."""

    label: str
    kind: str
    x: float
    y: float
    width: float
    height: float
    text_x: float
    text_y: float
    anchor: str


@dataclass(frozen=True)
class Timeline:
    """All columns over a base line at zero; most_text stands at the height of the highest column."""

    key: str
    width: float
    height: float
    top: float
    base: float
    tick_y: float
    total: int
    most: int
    most_text: str
    days_per_column: int
    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]
    phases: tuple[Phase, ...] = ()


def timeline(
    days: Sequence[date],
    counts: Sequence[int],
    *,
    phases: Sequence[Span] = (),
    label: Callable[[date], str] = date.isoformat,
    number: Callable[[int], str] = str,
    key: str = "timeline",
) -> Timeline:
    """Lay out participation over time.

    days: the days on which something was counted, in any order; counts: as many. Days between them count as
    zero, and so do the days of phases before and after. phases: in the order in which they are drawn, one below the
    other; one without a last day ends with the drawing. label, number: how a day and a count are written. Raises
    ValueError when a day is named twice, the lengths differ, a count is negative or a phase ends before it begins.
    """
    given = dict(zip(days, counts, strict=True))
    if len(given) < len(days) or any(count < 0 for count in counts):
        raise ValueError("each day has one count of 0 or more")
    if any(span.last is not None and span.last < span.first for span in phases):
        raise ValueError("a phase ends after it begins")
    ends = [day for span in phases for day in (span.first, span.last) if day is not None]
    spans = _spans([*given, *ends])
    sums = [sum(given.get(first + timedelta(n), 0) for n in range((last - first).days + 1)) for first, last in spans]
    most = max(sums, default=0)
    step = min(WIDTH / max(len(spans), 1), WIDEST)
    base = LINE + HIGH
    columns = []
    for index, ((first, last), count) in enumerate(zip(spans, sums, strict=True)):
        height = near(count / most * HIGH) if most else 0.0
        words = label(first) if first == last else f"{label(first)} – {label(last)}"
        place = (near(index * step), near(base - height), near(step * 0.85), height)
        columns.append(Column(first, last, count, words, number(count), *place))
    per_column = (spans[0][1] - spans[0][0]).days + 1 if spans else 1
    figures = (LINE, base, base + SMALL + 4, sum(sums), most, number(most), per_column)
    bands = _phases(phases, columns, base + LINE + 6)
    height = base + LINE + len(bands) * PHASE
    return Timeline(check_key(key), WIDTH, height, *figures, tuple(columns), _ticks(columns, label), bands)


def _phases(spans: Sequence[Span], columns: Sequence[Column], y: float) -> tuple[Phase, ...]:
    """The spans under each other, each as long as its days; its name begins or ends with it, wherever there is room."""
    if not columns:
        return ()
    start, end = columns[0].first, columns[-1].last
    right = columns[-1].x + columns[-1].width
    day = right / ((end - start).days + 1)
    placed = []
    for row, span in enumerate(spans):
        x = (span.first - start).days * day
        width = (((span.last or end) - span.first).days + 1) * day
        fits = x + measure(span.label, SMALL) <= WIDTH
        text_x, anchor = (x, "start") if fits else (x + width, "end")
        top = y + row * PHASE
        place = (near(x), near(top + SMALL + 3), near(width), 5.0, near(text_x), near(top + SMALL - 1))
        placed.append(Phase(span.label, span.kind, *place, anchor))
    return tuple(placed)


def _spans(given: Collection[date]) -> list[tuple[date, date]]:
    """First and last day of each column, from the first day of all to the last."""
    if not given:
        return []
    start, end = min(given), max(given)
    per_column = -(-((end - start).days + 1) // MOST_COLUMNS)
    starts = [start + timedelta(n) for n in range(0, (end - start).days + 1, per_column)]
    return [(first, min(first + timedelta(per_column - 1), end)) for first in starts]


def _ticks(columns: Sequence[Column], label: Callable[[date], str]) -> tuple[Tick, ...]:
    """The first and the last day; what is between them can be counted, and the table names it."""
    if not columns:
        return ()
    first, last = columns[0], columns[-1]
    ticks = [Tick(label(first.first), 0.0, "start")]
    right = last.x + last.width
    if right >= WIDTH / 2:
        ticks.append(Tick(label(last.last), near(right), "end"))
    return tuple(ticks)
