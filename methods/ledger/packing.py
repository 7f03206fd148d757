"""The package of a closed poll: five files with which anybody counts again, the same bytes every time.

Names nobody. Refuses to be made from what does not fit: a chain with a wrong entry, other rules than those of the
opening, a ballot whose commitment is another one. `methods/ledger/__init__.py` shows how it is called.
"""

import csv
import io
import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .boxes import Paper, opens_aside, result_of_box, shows_ballots
from .canon import digest, written
from .chain import Chain, verify
from .codes import commitment
from .cutting import program
from .entries import counted, head_of, lot_seed
from .marks import kept_marks
from .wrong import need


@dataclass(frozen=True)
class ClosedPoll:
    """A poll whose voting has ended. rules: the bytes of `rules.json`. papers: every ballot in a box, those set aside
    too, in any order. chain: lines up to `closed` (or `counted`). value: the public value for the lot, "" without."""

    rules: bytes
    papers: Sequence[Paper]
    chain: Sequence[str]
    value: str = ""


def package(poll: ClosedPoll, for_observers: bool = False) -> dict[str, bytes]:
    """Count and write the package: file name -> content.

    The last line of `ledger.jsonl` is the `counted` entry: keep it, and keep the files, because a later version of
    `recount.py` would have another hash. for_observers: the one with opened ballots for named observers of a poll whose
    ballots are sealed. Raises Wrong for a chain or ballots that do not fit, ValueError for
    other rules than at the opening and a poll that is not closed.
    """
    chain = verify(poll.chain)
    rules = json.loads(poll.rules)
    if not chain.the("closed") or chain.the("opening")["rules"] != digest(poll.rules):
        raise ValueError("the chain is not closed, or was opened with other rules")
    check_papers(poll.papers, chain)
    closing_head = chain.the("closed")["hash"]
    papers = sorted(_marked(poll.papers, chain.set_aside), key=lambda paper: paper.commitment)
    files = {
        "rules.json": poll.rules,
        "ballots.csv": as_csv(_opened(rules, papers, chain.set_aside)),
        "result.json": result(rules, papers, chain, lot_seed(closing_head, poll.value)),
        "recount.py": program({question["rule"] for question in rules["questions"]}),
    }
    listed = files["ballots.csv"] if rules["publication"] == "full" else as_csv(map(_unopened, papers))
    last = counted(closing_head, files, listed, poll.value)
    if chain.the("counted") and chain.head != head_of(last):
        raise ValueError("this poll was counted already, and by another version or with another result")
    if not (for_observers and rules["publication"] == "sealed"):
        files["ballots.csv"] = listed
    lines = list(poll.chain) if chain.the("counted") else [*poll.chain, last]
    return {**files, "ledger.jsonl": "".join(f"{line}\n" for line in lines).encode()}


def result(rules: Mapping[str, Any], papers: Sequence[Paper], chain: Chain, seed: str) -> bytes:
    """The bytes of `result.json`: the result of every question that has a box."""
    questions, roll = {}, chain.the("opening")["roll"]["size"]
    for question in rules["questions"]:
        if question["kind"] != "text":
            box = [paper for paper in papers if paper.question == question["key"]]
            questions[question["key"]] = result_of_box(rules, question, box, chain.set_aside, seed, roll)
    return written({"poll": rules["poll"], "questions": questions})


def as_csv(papers: Iterable[Paper]) -> bytes:
    """The bytes of `ballots.csv`: UTF-8, comma, line feed, rows as given."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(Paper._fields)
    writer.writerows(papers)
    return out.getvalue().encode()


def check_papers(papers: Iterable[Paper], chain: Chain, waiting: Collection[str] = ()) -> None:
    """Check that ballots, as a database has them, are those that the chain lists; of an open poll too, whose newest
    ones are not listed yet. waiting: commitments that were replaced and are withdrawn with the next batch.

    Raises Wrong with the question as `file` and the entry that lists the ballot as `number`, 0 for none.
    """
    left = {code: at for code, at in chain.listed.items() if code not in chain.withdrawn.union(waiting)}
    for paper in papers:
        of, entry = left.pop(paper.commitment, (paper.question, 0))
        code = paper.commitment[:16]
        same = of == paper.question and commitment(paper.ballot, paper.nonce) == paper.commitment
        need(same, of, f"catatan {entry}: surat suara {code} berubah.", f"entry {entry}: ballot {code} changed.", entry)
        listed = entry or not chain.the("closed")
        need(listed, of, f"surat suara {code} tidak tercatat.", f"ballot {code} is in no entry.")
    for code, (of, entry) in left.items():
        gone = f"catatan {entry}: surat suara {code[:16]} hilang.", f"entry {entry}: ballot {code[:16]} is gone."
        need(False, of, *gone, entry)


def _marked(papers: Sequence[Paper], aside: set[str]) -> list[Paper]:
    """Ballots with such marks only as may be published, and without any where they were set aside. Raises ValueError
    for a mark that a spreadsheet would run."""
    found = [paper._replace(channel="", cell="") for paper in papers if paper.commitment in aside]
    if any(mark[:1] in "=+-@" for paper in papers for mark in (paper.channel, paper.cell) if mark):
        raise ValueError("a channel or cell must be a key, not what a spreadsheet would run")
    for question in sorted({paper.question for paper in papers}):
        box = [paper for paper in papers if paper.question == question and paper.commitment not in aside]
        kept = kept_marks(Counter((paper.channel, paper.cell) for paper in box))
        for paper in box:
            channel, cell = kept[paper.channel, paper.cell]
            found.append(paper._replace(channel=channel, cell=cell))
    return found


def _opened(rules: Mapping[str, Any], papers: Sequence[Paper], aside: set[str]) -> list[Paper]:
    """Ballots with everything that may be opened to those who may see ballots at all."""
    sizes = Counter(paper.question for paper in papers)
    out = Counter(paper.question for paper in papers if paper.commitment in aside)
    rows = []
    for paper in papers:
        counts = sizes[paper.question] - out[paper.question]
        shown = shows_ballots(rules, counts)
        if paper.commitment in aside:
            shown = opens_aside(rules, out[paper.question], counts)
        rows.append(paper if shown else _unopened(paper))
    return rows


def _unopened(paper: Paper) -> Paper:
    return Paper(paper.question, paper.commitment, "", "")
