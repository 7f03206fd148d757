"""Reads census figures as people have them: lines of code, name, inhabitants, from a spreadsheet or typed.

Refuses what it does not understand, naming the line; nothing is guessed, nothing is dropped.
"""

import csv
import io
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

MOST = 2000  # lines
COLUMNS = 3
LONGEST = 1000  # signs of a line; what a code and a name may have is less
_GROUPS = re.compile(r"\d{1,3}([., \u00a0\u202f]\d{3})+")


class Misread(Exception):
    """Lines that could not be understood: one sentence for each, at most five."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


def parse_census(text: str) -> list[list[str | int]]:
    """[code, name, inhabitants] of each line of `text`: CSV with commas, semicolons or tabs, with or without a head.

    Numbers may have separators of thousands. Raises Misread with the lines that are wrong.
    """
    rows: list[list[str | int]] = []
    problems: list[str] = []
    seen: dict[str, int] = {}
    for number, cells in _lines(text):
        if not rows and not problems and number == _first(text) and _is_head(cells):
            continue
        problem = _problem(number, cells, seen)
        if problem:
            problems.append(problem)
            continue
        seen[cells[0]] = number
        rows.append([cells[0], cells[1], _whole(cells[2])])
    if len(rows) > MOST:
        problems.append(_("There are more than %(n)s lines. Please leave out the smallest areas.") % {"n": MOST})
    if not rows and not problems:
        problems.append(_("There is no line with figures. Each line needs a code, a name and a number of inhabitants."))
    if problems:
        raise Misread(problems[:5])
    return rows


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that are not empty, numbered as an editor numbers them, cut into cells."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    mark = max(";\t,", key=lambda sign: plain.split("\n", 1)[0].count(sign))
    for number, line in enumerate(plain.split("\n"), 1):
        if line.strip():
            if len(line) > LONGEST:  # the reader would give up at 131,072
                yield number, [line] * COLUMNS
                continue
            cells = next(csv.reader(io.StringIO(line), delimiter=mark))
            yield number, [cell.strip() for cell in cells]


def _first(text: str) -> int:
    return next((number for number, _cells in _lines(text)), 0)


def _is_head(cells: list[str]) -> bool:
    return not any(sign.isdigit() for sign in "".join(cells))


def _problem(number: int, cells: list[str], seen: dict[str, int]) -> str:
    if len(cells) != COLUMNS:
        return _("Line %(line)d has %(n)d columns; it needs three: code, name, inhabitants.") % {
            "line": number, "n": len(cells),
        }  # fmt: skip
    code, name, inhabitants = cells
    if not code or not name:
        return _("Line %(line)d has no code or no name.") % {"line": number}
    if len(code) > 20 or len(name) > 120:
        return _("Line %(line)d has a code of more than 20 or a name of more than 120 signs.") % {"line": number}
    if code in seen:
        return _("Line %(line)d has the code %(code)s, which line %(before)d has already.") % {
            "line": number, "code": code, "before": seen[code],
        }  # fmt: skip
    if _whole(inhabitants) < 0:
        return _("Line %(line)d: “%(text)s” is not a whole number of inhabitants.") % {
            "line": number, "text": inhabitants[:40],
        }  # fmt: skip
    return ""


def _whole(text: str) -> int:
    """The number that `text` says, with or without separators of thousands; -1 where it says none."""
    if _GROUPS.fullmatch(text):
        text = re.sub(r"\D", "", text)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 12 else -1
