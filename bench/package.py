"""Writing the package of a closed poll of 100,000 rankings over ten options, and counting it again.

The peer is the least that anybody who checks must do in Python: read each ballot's JSON and hash each ballot once.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))


from methods.ledger import (
    ClosedPoll,
    Paper,
    Question,
    Rules,
    batch,
    check_package,
    closed,
    commitment,
    head_of,
    opening,
    package,
    seal,
)
from methods.ledger.boxes import read_ballot

BALLOTS, BATCH, BUDGET = 100_000, 20, 30.0
OPTIONS = [f"option-{number}" for number in range(10)]


def poll() -> ClosedPoll:
    """A closed poll with its chain."""
    draw = random.Random(7)
    rules = Rules("poll-7", [Question("q1", "ranking", "irv", dict(zip(OPTIONS, OPTIONS, strict=True)))]).as_file()
    papers = [seal("q1", draw.sample(OPTIONS, draw.randint(1, 10))) for _ in range(BALLOTS)]
    chain = [opening("poll-7", rules)]
    for start in range(0, BALLOTS, BATCH):
        codes = [paper.commitment for paper in papers[start : start + BATCH]]
        chain.append(batch(head_of(chain[-1]), "q1", codes))
    return ClosedPoll(rules, papers, [*chain, closed(head_of(chain[-1]), {"q1": BALLOTS})])


def read_and_hash(papers: list[Paper]) -> None:
    """The peer."""
    for paper in papers:
        read_ballot("ranking", paper.ballot)
        commitment(paper.ballot, paper.nonce)


def seconds(act: Callable[[], object]) -> float:
    """Processor time of `act`."""
    started = time.process_time()
    act()
    return time.process_time() - started


def main() -> None:
    """Prints two lines and how noisy the machine was."""
    ended = poll()
    files = package(ended)
    peer = seconds(lambda: read_and_hash(list(ended.papers)))
    for what, act in (("written", lambda: package(ended)), ("counted again", lambda: check_package(files))):
        taken = seconds(act)
        print(
            f"package of {BALLOTS:,} rankings {what}: {taken:.1f} s of CPU (budget {BUDGET:.0f} s), {taken / peer:.1f}"
            f" times reading and hashing each ballot once ({peer:.1f} s)"
        )


if __name__ == "__main__":
    main()
