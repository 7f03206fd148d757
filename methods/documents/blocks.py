"""The pieces that a printed document is put together from, and how much of a long annex is printed."""

from __future__ import annotations

from dataclasses import dataclass

from methods.documents.safe import printable, short

HEADING_LIMIT = 240


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a long annex is printed; the rest is pointed to."""

    contributions: int
    text: int
    ids: int
    quotes: int = 12


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3."""

    text: str
    level: int
    kind: str = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; its tone is `body`, `lead`, `counts`, `phrases`, `note`, `term` (a run-in heading)
    or `ids`.
    """

    text: str
    tone: str = "body"
    kind: str = "paragraph"


@dataclass(frozen=True, slots=True)
class Figures:
    """Headline numbers side by side: (value, label, note)."""

    rows: tuple[tuple[str, str, str], ...]
    kind: str = "figures"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row; `numeric` columns stand to the right, `widths` are shares of the line."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    numeric: tuple[int, ...] = ()
    strong: tuple[int, ...] = ()
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class StanceBar:
    """Stances as parts of one bar: (stance code, label, count as text, share); `sentence` says the same."""

    parts: tuple[tuple[str, str, str, float], ...]
    sentence: str
    kind: str = "stances"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quote with its source line; `url` is empty or an address of the web."""

    text: str
    source: str
    url: str
    language: str
    kind: str = "quote"


@dataclass(frozen=True, slots=True)
class Box:
    """A decision: heading, (label, text) lines; `open` when nothing is decided yet."""

    title: str
    rows: tuple[tuple[str, str], ...]
    open: bool = False
    kind: str = "box"


Block = Heading | Paragraph | Figures | Table | StanceBar | Quotation | Box


def heading_text(text: str) -> str:
    """Make a heading's text one printable line; an empty one becomes a dash, because readers jump by headings."""
    return short(" ".join(printable(text).split()), HEADING_LIMIT) or "–"
