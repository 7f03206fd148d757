"""How much room letters take, so that labels are broken into lines before a browser draws them.

SVG does not wrap text, and the server does not know the reader's font: widths are estimates on the safe side.

>>> wrap("Perpanjang rute sampai Pasar Lama", room=120, size=14)
('Perpanjang rute', 'sampai Pasar', 'Lama')
"""

import re
import unicodedata

WIDTH = 320.0
TEXT = 15.0
SMALL = 13.0
LINE = 20.0

_NARROW = frozenset("iljtfrI.,:;'|!()[] ")
_WIDE = frozenset("mwMW@%")


def measure(text: str, size: float) -> float:
    """The estimated width of a text in the units of the drawing, at a font size in the same units."""
    return size * sum(map(_em, text))


def _em(letter: str) -> float:
    if letter in _NARROW:
        return 0.34
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.05
    return 0.92 if letter in _WIDE else 0.68 if letter.isupper() else 0.58


def wrap(text: str, room: float, size: float, lines: int = 3) -> tuple[str, ...]:
    """A text in at most `lines` lines that each fit into `room`; what is left over is cut with an ellipsis.

    A word that is longer than a line is broken. The whole text belongs in the table beside the chart.
    """
    rows: list[str] = []
    row = ""
    for word in text.split():
        for piece in _pieces(word, room, size):
            if row and measure(f"{row} {piece}", size) > room:
                rows.append(row)
                row = piece
            else:
                row = f"{row} {piece}".strip()
    rows.append(row)
    if len(rows) <= lines:
        return tuple(rows)
    last = rows[lines - 1]
    while last and measure(last + "…", size) > room:
        last = last[:-1]
    return (*rows[: lines - 1], last.rstrip() + "…")


def _pieces(word: str, room: float, size: float) -> list[str]:
    pieces: list[str] = []
    piece = ""
    if measure(word, size) <= room:
        return [word]
    for letter in word:
        if piece and measure(piece + letter + "-", size) > room:
            pieces.append(piece + "-" if len(piece) > 1 else piece)
            piece = ""
        piece += letter
    return [*pieces, piece]


def check_key(key: str) -> str:
    """The key that makes ids of one drawing unique on its page. Raises ValueError unless it can begin an
    HTML id."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", key):
        raise ValueError(f"a figure's key is letters, digits, - and _, and begins with a letter, not {key!r}")
    return key


def near(value: float) -> float:
    """A coordinate in hundredths, whole where it is whole: enough for any screen, and short in the page."""
    rounded = round(value, 2)
    return int(rounded) if rounded == int(rounded) else rounded
