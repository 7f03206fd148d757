"""Small closed polls from which the tests of the ledger make packages."""

import json
from collections.abc import Sequence
from hashlib import sha256

from methods.ledger import (
    ClosedPoll,
    Paper,
    Question,
    Rules,
    batch,
    canonical,
    closed,
    commitment,
    head_of,
    opening,
    package,
)

WORDS = {"a": "Tram", "b": "Bus", "c": "Perahu"}
WHICH = Question("q1", "single", "plurality", WORDS, text="Mana dahulu?")
ORDER = Question("q2", "ranking", "irv", WORDS)
YEARS = Question("q3", "number", "")
BALLOTS = {
    "q1": [["a"]] * 6 + [["b"]] * 6 + [[]],
    "q2": [["a", "b"], ["b", "c"], ["c", None, "a"], [["a", "b"], "c"]] * 4,
    "q3": [[12], [7], [12]] * 4,
}


def paper(question: str, choice: object, number: int, **marks: str) -> Paper:
    """A ballot whose nonce is made from its number, so that the same poll has the same bytes."""
    ballot, nonce = canonical(choice), sha256(f"{question} {number}".encode()).hexdigest()
    return Paper(question, commitment(ballot, nonce), nonce, ballot, **marks)


def papers(ballots: dict[str, list] = BALLOTS) -> list[Paper]:
    return [paper(key, choice, number) for key, box in ballots.items() for number, choice in enumerate(box)]


def chain_of(rules: bytes, box: Sequence[Paper], aside: Sequence[str] = (), roll: int | None = None) -> list[str]:
    """A chain in which every question has one batch."""
    poll = json.loads(rules)["poll"]
    lines = [opening(poll, rules, roll, "")]
    keys = sorted({one.question for one in box})
    for key in keys:
        codes = [one.commitment for one in box if one.question == key]
        lines.append(batch(head_of(lines[-1]), key, codes, last=True))
    boxes = {key: sum(one.question == key for one in box) for key in keys}
    return [*lines, closed(head_of(lines[-1]), boxes, aside)]


def closed_poll(box: Sequence[Paper] | None = None, aside: Sequence[str] = (), **promised) -> ClosedPoll:
    box = papers() if box is None else box
    rules = Rules("poll-7", [WHICH, ORDER, YEARS], **promised).as_file()
    return ClosedPoll(rules, box, chain_of(rules, box, aside), "44102")


def files_of(**promised) -> dict[str, bytes]:
    return package(closed_poll(**promised))
