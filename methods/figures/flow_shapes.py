"""What a drawing of a run-off is made of; `flow.py` computes it.

Refuses nothing: these are places and words.

>>> Heading(1, 0.0, "start", gap=False).number
1
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


class RoundLike(Protocol):
    """What is needed of a round: `methods.counting.Round` has it."""

    @property
    def totals(self) -> Mapping[str, int]: ...
    @property
    def transfers(self) -> Mapping[str, int]: ...
    @property
    def elected(self) -> tuple[str, ...]: ...
    @property
    def eliminated(self) -> tuple[str, ...]: ...
    @property
    def exhausted(self) -> int: ...


@dataclass(frozen=True)
class Heading:
    """The number of a round above its column; anchor and x of its text. gap: rounds before it are left
    out."""

    number: int
    x: float
    anchor: str
    gap: bool


@dataclass(frozen=True)
class Node:
    """A lane's votes in one round."""

    count: int
    text: str
    x: float
    y: float
    width: float
    height: float
    text_x: float
    text_y: float
    anchor: str


@dataclass(frozen=True)
class Lane:
    """An option ('option'), all weaker options ('others') or ballots that count for none ('exhausted')."""

    kind: str
    label: str
    short: str
    label_y: float
    winner: bool
    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class Ribbon:
    """Votes between two rounds: kind is 'stay', 'move' or 'exhaust'; path is the shape for SVG."""

    kind: str
    count: int
    path: str


@dataclass(frozen=True)
class FlowRow:
    """A row of the table: one cell per round, empty after the option went out."""

    kind: str
    label: str
    cells: tuple[str, ...]
    winner: bool


@dataclass(frozen=True)
class RoundsFlow:
    """The whole drawing, and the table with every round and option."""

    key: str
    width: float
    height: float
    headings: tuple[Heading, ...]
    lanes: tuple[Lane, ...]
    ribbons: tuple[Ribbon, ...]
    rounds: tuple[int, ...]
    table: tuple[FlowRow, ...]
