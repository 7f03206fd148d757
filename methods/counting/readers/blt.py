"""The BLT format of OpaVote and OpenSTV: numbered options, a weight and ranks in each line.

Refuses a file that is broken anywhere, naming the line, and names that do not fit into a line.

>>> read_blt(['2 1', '3 1 2 0', '1 2 0', '0', '"Ani"', '"Budi"', '"Ketua"'])
BltFile(options={'1': 'Ani', '2': 'Budi'}, ballots=[(('1', '2'), 3), (('2',), 1)], seats=1, title='Ketua')
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from methods.counting.ballots import Rank

Ranking = tuple[Rank, ...]


class BltFile(NamedTuple):
    """options: names by id ('1', '2', …, without those withdrawn); ballots: rankings with their weight, as
    in the file."""

    options: dict[str, str]
    ballots: list[tuple[Ranking, int]]
    seats: int
    title: str


def read_blt(source: str | Iterable[str]) -> BltFile:
    """Read a BLT file.

    source: the whole text, or its lines. In a ballot '=' joins options of a shared rank and '-' is a skipped
    rank. Withdrawn options (a line of negative numbers) are left out of options and ballots. Raises
    ValueError.
    """
    lines = _lines(source.splitlines() if isinstance(source, str) else source)
    number, line = next(lines, (1, ""))
    size, seats = _head(number, line)
    withdrawn: set[str] = set()
    ballots: list[tuple[Ranking, int]] = []
    for number, line in lines:
        words = line.split()
        if words == ["0"]:
            break
        if words[0].startswith("-"):
            withdrawn |= {word.removeprefix("-") for word in words}
            continue
        ballots.append(_ballot(number, words, size, withdrawn))
    else:
        raise ValueError(f"line {number}: the ballots do not end with a line 0")
    texts = [line[1:-1] if line[:1] == line[-1:] == '"' and len(line) > 1 else line for _, line in lines]
    if len(texts) < size:
        raise ValueError(f"the file names {len(texts)} options, its first line promises {size}")
    names = {str(index): name for index, name in enumerate(texts[:size], start=1)}
    options = {option: name for option, name in names.items() if option not in withdrawn}
    return BltFile(options, ballots, seats, texts[size] if len(texts) > size else "")


def write_blt(
    options: Mapping[str, str], ballots: Iterable[tuple[Ranking | None, int]], seats: int = 1, title: str = ""
) -> str:
    """The text of a BLT file.

    options: names by id; they are numbered in this order. ballots: rankings with their weight, as `read_blt` gives
    them. Raises ValueError for a name of several lines and for ids that are no options.

    >>> print(write_blt({"a": "Ani", "b": "Budi"}, [((("a", "b"), None, "a"), 3)], 1, "Ketua"), end="")
    2 1
    3 1=2 - 1 0
    0
    "Ani"
    "Budi"
    "Ketua"
    """
    numbers = {option: str(number) for number, option in enumerate(options, start=1)}

    def written(rank: Rank) -> str:
        ids = () if rank is None else rank if isinstance(rank, tuple) else (rank,)
        unknown = [option for option in ids if option not in numbers]
        if unknown:
            raise ValueError(f"unknown option {unknown[0]!r}")
        return "=".join(numbers[option] for option in ids) or "-"

    lines = [f"{len(options)} {seats}"]
    for ballot, weight in ballots:
        lines.append(" ".join([str(weight), *map(written, ballot or ()), "0"]))
    names = [*options.values(), title]
    broken = [name for name in names if len(name.splitlines()) > 1 or name != name.strip("\r\n")]
    if broken:
        raise ValueError(f"a name must be one line, not {broken[0]!r}")
    return "\n".join([*lines, "0", *(f'"{name}"' for name in names)]) + "\n"


def _lines(source: Iterable[str]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(source, start=1):
        stripped = line.strip()
        if stripped and not stripped.startswith("#"):
            yield number, stripped


def _head(number: int, line: str) -> tuple[int, int]:
    words = line.split()
    if len(words) != 2 or not all(word.isdecimal() for word in words):
        raise ValueError(f"line {number}: expected the number of options and of seats, found {line!r}")
    return int(words[0]), int(words[1])


def _ballot(number: int, words: list[str], size: int, withdrawn: set[str]) -> tuple[Ranking, int]:
    weight, *ranks = words
    if not weight.isdecimal() or not ranks or ranks[-1] != "0":
        raise ValueError(f"line {number}: a ballot is a weight, ranks and a closing 0, found {' '.join(words)!r}")
    return tuple(rank for word in ranks[:-1] for rank in _rank(number, word, size, withdrawn)), int(weight)


def _rank(number: int, word: str, size: int, withdrawn: set[str]) -> tuple[Rank, ...]:
    """One rank of a ballot in a tuple, or an empty tuple when all options in it were withdrawn."""
    if word == "-":
        return (None,)
    ids = word.split("=")
    for option in ids:
        if not option.isdecimal() or not 1 <= int(option) <= size:
            raise ValueError(f"line {number}: {option!r} is not an option from 1 to {size}")
    left = tuple(str(int(option)) for option in ids if str(int(option)) not in withdrawn)
    return (left if len(left) > 1 else left[0],) if left else ()
