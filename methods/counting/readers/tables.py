"""Ballots as a table (CSV), as spreadsheets and election offices write them.

Four layouts are told apart by the first line: `rank1, rank2, …` (rankings; an empty cell is a skipped rank, names
joined by "=" share one), `choice` (one option), `choices` (several, joined by ";"), or one column for each option
(scores). A column `count` gives the weight. A first line of two numbers is the layout of Scottish councils. Refuses a
file that is broken anywhere, naming the line.

>>> read_csv("count,rank1,rank2\\n3,Ani,Budi\\n1,,Budi\\n").ballots
[(('Ani', 'Budi'), 3), ((None, 'Budi'), 1)]
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from typing import NamedTuple

from methods.counting.ballots import Ballot, Rank

SKIPPED = ("", "undervote", "skipped")


class CsvFile(NamedTuple):
    """options: names by id (names are ids but in files of Scottish councils); ballots with their weight; seats."""

    options: dict[str, str]
    ballots: list[tuple[Ballot, int]]
    seats: int


def read_csv(source: str | Iterable[str]) -> CsvFile:
    """Read a table of ballots. source: the whole text, or its lines. Raises ValueError."""
    lines = (source.lstrip("\ufeff").splitlines() if isinstance(source, str) else source) or [""]
    reader = csv.reader(lines)
    rows = ((reader.line_num, [cell.strip() for cell in row]) for row in reader if any(cell.strip() for cell in row))
    number, head = next(rows, (1, [""]))
    if head[0].isdecimal():
        return _scottish(number, [cell for cell in head if cell], rows)
    columns = [name for name in head if name not in ("count", "")]
    ranked = [name for name in columns if re.fullmatch(r"rank_?\d+", name)]
    if not columns or len(set(head)) < len(head) or (ranked and ranked != columns):
        raise ValueError(f"line {number}: expected rank1, rank2, …, or choice, or choices, or options, found {head!r}")
    options = {} if ranked or columns in (["choice"], ["choices"]) else {name: name for name in columns}
    ballots: list[tuple[Ballot, int]] = []
    for number, row in rows:
        if len(row) > len(head):
            raise ValueError(f"line {number}: {len(row)} cells, the first line has {len(head)}")
        cells = dict(zip(head, [*row, *[""] * len(head)], strict=False))
        weight = _whole(number, cells.pop("count", "1"))
        if ranked:
            ballot: Ballot = _ranking([cells[name] for name in columns])
        elif columns == ["choice"]:
            ballot = cells["choice"] or None
        elif columns == ["choices"]:
            ballot = frozenset(one.strip() for one in cells["choices"].split(";") if one.strip())
        else:
            ballot = {name: _whole(number, cells[name]) for name in columns if cells[name]}
        ballots.append((ballot, weight))
    if not options:
        options = {name: name for name in sorted({name for ballot, _ in ballots for name in _named(ballot)})}
    return CsvFile(options, ballots, 1)


def _whole(number: int, text: str) -> int:
    if not re.fullmatch(r"-?\d+", text):
        raise ValueError(f"line {number}: {text!r} is not a whole number")
    return int(text)


def _ranking(cells: list[str]) -> tuple[Rank, ...]:
    ranks: list[Rank] = []
    for cell in cells:
        ids = tuple(one.strip() for one in cell.split("=")) if cell.lower() not in SKIPPED else ()
        ranks.append(ids if len(ids) > 1 else ids[0] if ids else None)
    while ranks and ranks[-1] is None:
        ranks.pop()
    return tuple(ranks)


def _named(ballot: Ballot) -> Iterator[str]:
    for one in (ballot,) if isinstance(ballot, str) else ballot or ():
        yield from one if isinstance(one, tuple) else () if one is None else (one,)


def _scottish(number: int, head: list[str], rows: Iterator[tuple[int, list[str]]]) -> CsvFile:
    """Options and seats; then weight and numbers of options, best first; then "Candidate 1", name, party."""
    if len(head) != 2 or not head[1].isdecimal():
        raise ValueError(f"line {number}: expected the number of options and of seats, found {head!r}")
    size, names = int(head[0]), {}
    ballots: list[tuple[Ballot, int]] = []
    for number, row in rows:
        found = re.fullmatch(r"Candidate (\d+)", row[0])
        if found:
            names[found[1]] = row[1] if len(row) > 1 else ""
        elif row[0].isdecimal():
            ranking = tuple(cell for cell in row[1:] if cell)
            wrong = [cell for cell in ranking if not cell.isdecimal() or not 1 <= int(cell) <= size]
            if wrong:
                raise ValueError(f"line {number}: {wrong[0]!r} is not an option from 1 to {size}")
            ballots.append((ranking, int(row[0])))
    if sorted(names, key=int) != [str(one) for one in range(1, size + 1)]:
        raise ValueError(f"the file names {len(names)} options, its first line promises {size}")
    return CsvFile(names, ballots, int(head[1]))


def write_csv(options: Iterable[str], ballots: Iterable[tuple[Ballot, int]]) -> str:
    """The text of a table, in the layout that fits the first ballot. Raises ValueError for ballots of several kinds,
    and for ids that a cell cannot hold."""
    ids, box = list(options), [(ballot, weight) for ballot, weight in ballots if ballot]
    kind = next((type(ballot) for ballot, _ in box), tuple)
    broken = [one for one in ids if re.search(r"[=;\r\n]", one) or one != one.strip() or one.lower() in SKIPPED]
    if broken or any(not isinstance(ballot, kind) for ballot, _ in box):
        raise ValueError(f"a cell cannot hold {broken[0]!r}" if broken else "ballots of several kinds")
    width = max((len(ballot) for ballot, _ in box if isinstance(ballot, tuple)), default=1)
    columns = {str: ["choice"], frozenset: ["choices"], tuple: [f"rank{place + 1}" for place in range(width)]}
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["count", *columns.get(kind, ids)])
    for ballot, weight in box:
        writer.writerow([weight, *_cells(ballot, ids)])
    return out.getvalue()


def _cells(ballot: Ballot, ids: list[str]) -> list[str]:
    if isinstance(ballot, Mapping):
        return ["" if ballot.get(option) is None else str(ballot[option]) for option in ids]
    if isinstance(ballot, frozenset):
        return [";".join(sorted(ballot))]
    if isinstance(ballot, tuple):
        return ["=".join(rank) if isinstance(rank, tuple) else rank or "" for rank in ballot]
    return [str(ballot)]
