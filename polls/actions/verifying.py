"""Compares what the database holds of a poll with its ledger.

Changes nothing. Names the poll and the entry that do not hold, so that a changed row is found whoever changed it.
"""

from methods import ledger
from polls.actions.ledger import lines, papers_of
from polls.actions.roll import roll_facts
from polls.models import Ballot, PackageFile, PendingPaper, Poll


def verify_poll(poll: Poll) -> int:
    """Check chain, ballots, rules and package of `poll`. Returns how many entries hold.

    Raises `methods.ledger.Wrong`, which names file or question and the number of the entry.
    """
    chain = ledger.verify(lines(poll))
    opening = chain.the("opening")
    if not opening:
        return 0
    if opening["rules"] != ledger.digest(poll.rules):
        raise ledger.Wrong("rules.json", "catatan 1: aturan berubah.", "entry 1: the rules changed.", 1)
    if opening["roll"] != dict(zip(("size", "hash"), roll_facts(poll), strict=True)):
        raise ledger.Wrong("ledger.jsonl", "catatan 1: daftar pemilih berubah.", "entry 1: the roll changed.", 1)
    ledger.check_papers([*papers_of(poll), *waiting_papers(poll)], chain, waiting_to_go(poll, chain))
    files = {file.name: bytes(file.content) for file in PackageFile.objects.filter(poll=poll)}
    if chain.the("counted"):
        kept = "".join(f"{line}\n" for line in lines(poll)).encode()
        if files.get("ledger.jsonl") != kept:
            raise ledger.Wrong("ledger.jsonl", "berbeda dari rantai.", "differs from the chain.", len(lines(poll)))
        ledger.check_package(files)
    return len(chain.entries)


def waiting_papers(poll: Poll) -> list[ledger.Paper]:
    """The papers of a detached poll that are not in their boxes yet."""
    rows = PendingPaper.objects.of(poll).values_list("question__key", "commitment", "nonce", "choice")
    return [ledger.Paper(*row) for row in rows]


def waiting_to_go(poll: Poll, chain: ledger.Chain) -> set[str]:
    """Listed commitments whose voters voted again since: as many at most as ballots wait for the next batch."""
    gone: set[str] = set()
    for box in poll.boxes:
        rows = Ballot.objects.filter(question=box)
        missing = chain.box(box.key) - set(rows.values_list("commitment", flat=True))
        if len(missing) <= rows.filter(listed=False).count():
            gone |= missing
    return gone
