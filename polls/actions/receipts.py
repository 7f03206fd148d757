"""Receipts: a ballot is sealed with a nonce, and its voter keeps a short code of the commitment to both."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from methods import ledger
from polls.models import Ballot, PendingPaper, Poll

Sealed = TypeVar("Sealed", Ballot, PendingPaper)


@dataclass(frozen=True)
class Receipt:
    """What the voter keeps: for each box a short code of the commitment, by the question's key.

    `changed`: an earlier vote was replaced. change_code: in detached polls 128 bits in hexadecimal, else "".
    """

    codes: Mapping[str, str]
    changed: bool = False
    change_code: str = ""


def seal(paper: Sealed) -> Sealed:
    """The paper with a fresh nonce, and its commitment to choice and nonce."""
    paper.nonce = ledger.new_nonce()
    paper.commitment = ledger.commitment(paper.choice, paper.nonce)
    return paper


def receipt_of(
    poll: Poll, papers: Sequence[Ballot] | Sequence[PendingPaper], *, changed: bool = False, change_code: str = ""
) -> Receipt:
    """The receipt for `papers`, one for each box of `poll`."""
    keys_of = {box.pk: box.key for box in poll.boxes}
    codes = {keys_of[paper.question_id]: ledger.short(paper.commitment) for paper in papers}
    return Receipt(codes, changed, change_code)


def receipts(poll: Poll) -> Iterator[tuple[str, str]]:
    """A table, its head first: the codes of all receipts, sorted within each box."""
    yield "question", "receipt"
    found = Ballot.objects.of(poll).counted().order_by("question__position", "commitment")
    for key, commitment in found.values_list("question__key", "commitment").iterator():
        yield key, ledger.short(commitment)
