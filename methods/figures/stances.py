"""The stances of contributions as one whole: support, support with changes, unsure, question, oppose, side by
side.

Each stance has its own pattern beside its class, so that it is told without colour. Refuses unknown stances.

>>> drawing = stance_bar({"support": 3, "oppose": 1}, {"support": "Setuju", "oppose": "Tidak setuju"})
>>> [(one.stance, one.x, one.width, one.pattern) for one in drawing.segments]
[('support', 0, 240, 'solid'), ('oppose', 240, 80, 'hatch')]
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .lettering import LINE, SMALL, TEXT, WIDTH, check_key, measure, near

THICK = 18.0
GAP = 10.0

# From one side to the other: class name and pattern.
STANCES: Mapping[str, tuple[str, str]] = {
    "support": ("support", "solid"),
    "support_with_changes": ("support", "stripes"),
    "unsure": ("neutral", "dots"),
    "question": ("question", "outline"),
    "oppose": ("oppose", "hatch"),
}


@dataclass(frozen=True)
class Segment:
    """One stance: what it is called, how it is told apart (`css`, `pattern`), and its piece of the bar.

    label_x, label_y, anchor: where its words begin or end. room: whether the figure fits over the piece in a
    single bar.
    """

    stance: str
    css: str
    pattern: str
    label: str
    text: str
    count: int
    share: float
    x: float
    y: float
    width: float
    height: float
    label_x: float
    label_y: float
    anchor: str
    room: bool


@dataclass(frozen=True)
class StanceBar:
    """The pieces of a whole. steps: each stance stands on a row of its own, beginning where the one above
    ends.

    table: every stance that was asked about with its words, zeros included.
    """

    key: str
    width: float
    height: float
    total: int
    steps: bool
    segments: tuple[Segment, ...]
    table: tuple[tuple[str, str], ...]


def stance_bar(
    counts: Mapping[str, int],
    labels: Mapping[str, str] | None = None,
    *,
    texts: Mapping[str, str] | None = None,
    number: Callable[[int], str] = str,
    steps: bool = True,
    key: str = "stances",
) -> StanceBar:
    """Lay out stances.

    counts: contributions by stance (keys of STANCES). labels: their names for readers. texts: what is written
    for a count, for instance "12 (40 %)"; without it `number(count)`. steps: a labelled row per stance; False
    gives one bar of a single line, for lists. Raises ValueError for an unknown stance or a negative count.
    """
    unknown = sorted(counts.keys() - STANCES.keys())
    if unknown or any(count < 0 for count in counts.values()):
        raise ValueError(f"unknown stances {unknown}" if unknown else "counts must not be negative")
    names, said = labels or {}, texts or {}
    order = [stance for stance in STANCES if stance in counts]
    words = {stance: (names.get(stance, stance), said.get(stance) or number(counts[stance])) for stance in order}
    total = sum(counts.values())
    present = [stance for stance in order if counts[stance]]
    segments = []
    done = 0
    for row, stance in enumerate(present):
        y = LINE + row * (LINE + THICK + GAP) if steps else LINE
        segments.append(_segment(stance, words[stance], (done, counts[stance], total), y, steps))
        done += counts[stance]
    height = segments[-1].y + THICK if segments else LINE + THICK
    table = tuple(words[stance] for stance in order)
    return StanceBar(check_key(key), WIDTH, near(height), total, steps, tuple(segments), table)


def _segment(stance: str, words: tuple[str, str], amounts: tuple[int, int, int], y: float, steps: bool) -> Segment:
    """A piece of the bar. amounts: what comes before it, its own count, and the total."""
    before, count, total = amounts
    label, text = words
    css, pattern = STANCES[stance]
    start, width = before / total * WIDTH, count / total * WIDTH
    needed = measure(f"{label} {text}", TEXT) if steps else measure(text, SMALL)
    fits = start + needed <= WIDTH
    return Segment(
        stance=stance,
        css=css,
        pattern=pattern,
        label=label,
        text=text,
        count=count,
        share=count / total,
        x=near(start),
        y=near(y),
        width=near(width),
        height=THICK,
        label_x=near(start if fits else WIDTH),
        label_y=near(y - 5),
        anchor="start" if fits else "end",
        room=needed <= width,
    )
