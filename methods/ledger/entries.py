"""Writing the chain: each entry is one line of canonical JSON that names the hash of the one before and its own.

An entry has no time: beside the roll and the server's log it would name voters. Refuses a batch of fewer than ten
commitments but for the last one of a question, and lists commitments sorted, never in the order of casting.

>>> first = opening("poll-7", rules=b"{}", roll_size=40, roll_hash="ab" * 32)
>>> codes = [f"{number:064x}" for number in range(10)]
>>> second = batch(head_of(first), "q1", codes)
>>> third = closed(head_of(second), {"q1": 10})
>>> json.loads(third)["previous"] == head_of(second)
True
"""

import json
from collections.abc import Collection, Mapping

from .canon import canonical, digest

GENESIS = "0" * 64  # what stands before the first entry
BATCH = 10  # what concerns fewer ballots would tell of single people


def opening(poll: str, rules: bytes, roll_size: int | None = None, roll_hash: str = "") -> str:
    """The first entry. rules: the bytes of `rules.json`. roll_size, roll_hash: of the electoral roll as frozen (see
    `hash_of_roll`); None and "" where everybody may vote and no roll exists."""
    return _entry("opening", GENESIS, poll=poll, rules=digest(rules), roll={"size": roll_size, "hash": roll_hash})


def batch(previous: str, question: str, commitments: Collection[str], last: bool = False) -> str:
    """At least ten new commitments of a question's box. previous: the head so far. last: what is left over at closing,
    which may be fewer. Raises ValueError."""
    if len(commitments) < BATCH and not (last and commitments):
        raise ValueError(f"a batch of {len(commitments)} would tell of single people: wait for {BATCH}")
    return _entry("batch", previous, question=question, commitments=sorted(commitments))


def replaced(previous: str, question: str, withdrawn: Collection[str]) -> str:
    """Commitments that count no more because their voters changed their votes.

    It stands right after the batch that holds the new ones, and never names more than that: a box only grows.
    """
    return _entry("replaced", previous, question=question, withdrawn=sorted(withdrawn))


def closed(previous: str, boxes: Mapping[str, int], set_aside: Collection[str] = ()) -> str:
    """The end of voting. boxes: question -> ballots in its box, those set aside too. set_aside: commitments that two
    people took out of the official count. Its hash is the closing head, which the lot hashes: publish it first."""
    return _entry("closed", previous, boxes=dict(boxes), set_aside=sorted(set_aside))


def counted(previous: str, files: Mapping[str, bytes], listed: bytes, value: str = "") -> str:
    """The last entry. files: `result.json`, `ballots.csv` with all that may be opened, and `recount.py`, whose hash is
    the version. listed: `ballots.csv` as published where ballots are sealed or withheld, else the same. value: the
    public value that was announced for the lot, "" without one."""
    return _entry(
        "counted",
        previous,
        result=digest(files["result.json"]),
        ballots=digest(files["ballots.csv"]),
        listed=digest(listed),
        value=value,
        seed=lot_seed(previous, value),
        version=digest(files["recount.py"]),
    )


def lot_seed(closing_head: str, value: str) -> str:
    """The seed of the lot: the closing head, a bar, and the public value that nobody knew when the head was shown."""
    return f"{closing_head}|{value}"


def hash_of_roll(keys: Collection[str]) -> str:
    """The hash of an electoral roll. keys: opaque random keys of those on it, never names or addresses, which could
    be guessed and tried; the order does not matter."""
    return digest(canonical(sorted(keys)))


def head_of(line: str) -> str:
    """The hash of an entry, which is the head of the chain that ends with it."""
    return str(json.loads(line)["hash"])


def hash_of(entry: Mapping[str, object]) -> str:
    """The hash that an entry must have: SHA-256 of its canonical JSON without the hash."""
    return digest(canonical({name: fact for name, fact in entry.items() if name != "hash"}))


def _entry(kind: str, previous: str, **facts: object) -> str:
    entry = {"kind": kind, "previous": previous, **facts}
    return canonical({**entry, "hash": hash_of(entry)})
