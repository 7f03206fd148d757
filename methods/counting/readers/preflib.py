"""The orders of PrefLib: strict or with ties, complete or incomplete (.soc, .soi, .toc, .toi).

Refuses a file that is broken anywhere or not of the kind it says, naming the line; source: https://preflib.org/format.

>>> read_preflib("# ALTERNATIVE NAME 1: Ani\\n# ALTERNATIVE NAME 2: Budi\\n3: {1,2}\\n1: 2\\n", "toi").ballots
[((('1', '2'),), 3), (('2',), 1)]
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from methods.counting.ballots import Rank

KINDS = ("soc", "soi", "toc", "toi")
Order = tuple[Rank, ...]


class PrefFile(NamedTuple):
    """options: names by id ('1', '2', …); ballots: orders with their weight; kind: one of KINDS."""

    options: dict[str, str]
    ballots: list[tuple[Order, int]]
    kind: str
    title: str


def read_preflib(source: str | Iterable[str], kind: str = "") -> PrefFile:
    """Read a PrefLib file.

    source: the whole text, or its lines. kind: what the file's name says, where its head does not. Raises ValueError.
    """
    options: dict[str, str] = {}
    head = {"DATA TYPE": kind, "TITLE": ""}
    ballots: list[tuple[Order, int]] = []
    lines = enumerate(source.splitlines() if isinstance(source, str) else source, start=1)
    for number, line in ((number, line.strip()) for number, line in lines if line.strip()):
        if line.startswith("#"):
            name, _, value = (part.strip() for part in line[1:].partition(":"))
            if name.startswith("ALTERNATIVE NAME "):
                options[name.rpartition(" ")[2]] = value
            else:
                head[name] = value
            continue
        if head["DATA TYPE"] not in KINDS:
            raise ValueError(f"line {number}: the data type is none of {', '.join(KINDS)}: {head['DATA TYPE']!r}")
        ballots.append(_order(number, line, options, head["DATA TYPE"]))
    promised = head.get("NUMBER ALTERNATIVES", str(len(options)))
    if promised != str(len(options)):
        raise ValueError(f"the file names {len(options)} options, its head promises {promised}")
    return PrefFile(options, ballots, head["DATA TYPE"], head["TITLE"])


def _order(number: int, line: str, options: Mapping[str, str], kind: str) -> tuple[Order, int]:
    weight, colon, text = (part.strip() for part in line.partition(":"))
    if not colon or not weight.isdecimal() or not re.fullmatch(r"(?:(?:\d+|\{[\d,\s]*\})(?:\s*,\s*|$))*", text):
        raise ValueError(f"line {number}: a ballot is a weight, a colon and options, found {line!r}")
    ranks: list[Rank] = []
    for shared, single in re.findall(r"\{([^}]*)\}|(\d+)", text):
        ids = tuple(one.strip() for one in (single or shared).split(",") if one.strip())
        ranks.append(ids if len(ids) > 1 else ids[0] if ids else None)
    named = [one for rank in ranks for one in (rank if isinstance(rank, tuple) else (rank,))]
    wrong = [one for one in named if one not in options]
    if wrong:
        raise ValueError(f"line {number}: {wrong[0] or 'nothing'!r} is not an option")
    if len(set(named)) < len(named):
        raise ValueError(f"line {number}: an option stands twice in {text!r}")
    if kind[0] == "s" and len(named) > len(ranks):
        raise ValueError(f"line {number}: a shared rank in a file of strict orders ({kind})")
    if kind[2] == "c" and len(named) < len(options):
        raise ValueError(f"line {number}: {len(named)} of {len(options)} options in a file of complete orders ({kind})")
    return tuple(ranks), int(weight)


def write_preflib(options: Mapping[str, str], ballots: Iterable[tuple[Order | None, int]], title: str = "") -> str:
    """The text of a PrefLib file of the narrowest kind that fits all ballots, options numbered in their order.

    Raises ValueError for a skipped or repeated rank, which PrefLib does not know, and for a name of several lines.
    """
    return _text(_numbered(options, ballots, title))


def _numbered(options: Mapping[str, str], ballots: Iterable[tuple[Order | None, int]], title: str) -> PrefFile:
    numbers = {option: str(number) for number, option in enumerate(options, start=1)}
    orders: list[tuple[Order, int]] = []
    strict = complete = True
    for ballot, weight in ballots:
        ranks = [rank if isinstance(rank, tuple) else (rank,) for rank in ballot or ()]
        named = [option for ids in ranks for option in ids]
        wrong = [option for option in named if option not in numbers]
        if wrong or len(set(named)) < len(named) or () in ranks:
            raise ValueError(f"PrefLib knows known options alone, each once, and no skipped rank: {ballot!r}")
        strict = strict and len(ranks) == len(named)
        complete = complete and len(named) == len(options)
        written = [tuple(numbers[str(option)] for option in ids) for ids in ranks]
        orders.append((tuple(ids if len(ids) > 1 else ids[0] for ids in written), weight))
    kind = ("s" if strict else "t") + "o" + ("c" if complete else "i")
    return PrefFile({numbers[option]: name for option, name in options.items()}, orders, kind, title)


def _text(file: PrefFile) -> str:
    head = {
        "TITLE": file.title,
        "DATA TYPE": file.kind,
        "NUMBER ALTERNATIVES": len(file.options),
        "NUMBER VOTERS": sum(weight for _, weight in file.ballots),
        "NUMBER UNIQUE ORDERS": len({order for order, _ in file.ballots}),
    }
    head |= {f"ALTERNATIVE NAME {option}": name for option, name in file.options.items()}
    lines = [f"# {name}: {value}" for name, value in head.items()]
    for order, weight in file.ballots:
        ranks = ["{" + ",".join(rank) + "}" if isinstance(rank, tuple) else str(rank) for rank in order]
        lines.append(f"{weight}: {','.join(ranks)}")
    broken = [line for line in lines if len(line.splitlines()) > 1]
    if broken:
        raise ValueError(f"a name must be one line, not {broken[0]!r}")
    return "\n".join(lines) + "\n"
