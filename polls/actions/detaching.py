"""Detached polls: a vote waits as papers, linked to its voter, until ten wait; then all go into their boxes together.

In a transaction of their own, in random order, under new random keys, by the clock and never while somebody votes; so
neither order nor time nor transaction of a ballot tells more than its batch. From then on nothing but the change code
finds a ballot, which the voter keeps and no table holds.
"""

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from secrets import SystemRandom
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Participant
from accounts.rules import no
from methods import ledger
from polls import keys
from polls.actions.answers import written
from polls.actions.breakdowns import has_marks
from polls.actions.ledger import held, list_ballots
from polls.actions.pseudonyms import change_code as new_code
from polls.actions.pseudonyms import code_hash, pseudonym, veil
from polls.actions.receipts import Receipt, receipt_of, seal
from polls.actions.rewriting import BATCH, rewrite
from polls.actions.turnout import raise_count, release_step
from polls.models import AsideProposal, Ballot, Channel, PendingPaper, Poll, Position, Results, RollEntry
from polls.models.pending import PendingQuerySet
from polls.rules import AlreadyVoted, WrongCode
from realtime.actions import atomic, publish

logger = logging.getLogger(__name__)
CHANGED = ["choice", "nonce", "commitment", "code_hash", "channel", "cell"]
Papers = list[PendingPaper] | list[Ballot]
Found = TypeVar("Found", PendingPaper, Ballot)


def hold(poll: Poll, person: Participant, choices: Mapping[str, str], form_key: str, *, cell: str) -> Receipt:
    """Let a first vote wait for its batch. choices: canonical, by the question's key. Raises VoteRefused."""
    code, own = new_code(poll, person, form_key), pseudonym(poll, person)
    papers = [
        PendingPaper(question=box, choice=choices[box.key], pseudonym=own, code_hash=code_hash(code, box.pk), cell=cell)
        for box in poll.boxes
    ]
    PendingPaper.objects.bulk_create(map(seal, papers))
    return receipt_of(poll, papers, change_code=code)


def change(
    poll: Poll, person: Participant, choices: Mapping[str, str], *, form_key: str, change_code: str, cell: str
) -> tuple[Receipt, set[str]]:
    """What somebody gets who has voted: the same receipt for the same form, and a changed vote for the change code.

    A paper that waits still is changed where it lies; a released ballot gives way when the new paper is released, not
    before, or its place would tell who changed it. A new code takes the old one's place. Returns the receipt, and the
    questions (by key) in which the vote before was an objection. Raises AlreadyVoted, WrongCode and VoteRefused.
    """
    raise_count(poll, 0)  # waits for a batch that is being released, which would carry off what is found here
    own = new_code(poll, person, form_key)
    new, old = ([code_hash(code, box.pk) for box in poll.boxes] for code in (own, change_code))
    veils = [veil(poll, one) for one in old]
    wanted = Q(code_hash__in=new + old) | Q(replaces__in=veils)
    waiting = list(PendingPaper.objects.of(poll).filter(wanted).order_by("question__position"))
    released = list(Ballot.objects.of(poll).filter(code_hash__in=new + old).order_by("question__position"))
    again: Papers = _with(new, waiting) or _with(new, released)
    if again:
        return receipt_of(poll, again, changed=bool(change_code), change_code=own), set()
    used = any(paper.replaces in veils for paper in waiting)
    before: Papers = _with(old, waiting) or ([] if used else _with(old, released))
    _may_change(poll, change_code, bool(before))
    keys_of, objects = {box.pk: box.key for box in poll.boxes}, written([Position.OBJECT])
    objected = {keys_of[one.question_id] for one in before if one.choice == objects}
    papers = [_changed(poll, person, one, choices, own) for one in before]
    for paper in papers:
        paper.channel, paper.cell = Channel.WEB, cell
    PendingPaper.objects.bulk_create(papers, update_conflicts=True, unique_fields=["id"], update_fields=CHANGED)
    return receipt_of(poll, papers, changed=True, change_code=own), objected


def own_waiting(poll: Poll, person: Participant) -> PendingQuerySet:
    """The papers of `person` that wait for their batch, while the poll's key finds them."""
    papers = PendingPaper.objects.of(poll)
    if not poll.is_detached or poll.unlinked_at:
        return papers.none()
    try:
        return papers.filter(pseudonym=keys.pseudonym(poll.key_name, person.key))
    except keys.KeyDamaged:
        return papers.none()


@atomic()
def release_papers(*, poll: Poll, last: bool = False) -> int:
    """Put what waits into the boxes of `poll` and list it in the ledger, when ten votes wait. Returns how many votes.

    Where ballots say how they came, of which group their voter is, or that they are set aside, ten of the same kind
    must wait, or the mark would find its voter in the batch. Papers wait too while it is not decided whether they are
    set aside. last: what is left at closing, which may be fewer, and whose marks are thinned accordingly; its ledger is
    the closing's. A change whose ballot cannot be found, because the key was lost since, is left out: the vote before
    stands. Publishes `poll.results.<id>` where a step of the result can be shown.
    """
    poll = held(poll)
    if not last and (not poll.has_opened or poll.is_complete):
        return 0
    papers, stands = list(PendingPaper.objects.of(poll)), _replaced(poll)
    lost = [paper.pk for paper in papers if paper.replaces and paper.replaces not in stands]
    if lost:
        logger.critical("The key of poll %s was lost: %s changed papers cannot be released.", poll.pk, len(lost))
    kept = set() if last else _kept_back(poll)
    papers = [paper for paper in papers if paper.pk not in lost and paper.pseudonym not in kept]
    papers = _marked(poll, papers, last)
    if not papers and not last:
        return 0
    _delete(PendingPaper.objects.of(poll), [paper.pk for paper in papers] + (lost if last else []))
    _delete(Ballot.objects.of(poll), [stands[paper.replaces].pk for paper in papers if paper.replaces])
    SystemRandom().shuffle(papers)
    Ballot.objects.bulk_create(map(_ballot, papers), batch_size=BATCH)
    rewrite(poll.waiting_remarks.filter(shuffled=False), shuffled=True)
    if not last:
        list_ballots(poll=poll)
        _show_step(poll)
    return len(papers) // max(len(poll.boxes), 1)


def _with(hashes: list[str], papers: list[Found]) -> list[Found]:
    return [paper for paper in papers if paper.code_hash in hashes]


def _changed(
    poll: Poll, person: Participant, before: PendingPaper | Ballot, choices: Mapping[str, str], code: str
) -> PendingPaper:
    """The paper that waits now: the same one with another choice, or a new one in whose favour a ballot gives way."""
    paper = before if isinstance(before, PendingPaper) else PendingPaper(question_id=before.question_id)
    if isinstance(before, Ballot):
        paper.pseudonym, paper.replaces = pseudonym(poll, person), veil(poll, before.code_hash or "")
        paper.set_aside = before.set_aside
    paper.choice = {box.pk: choices[box.key] for box in poll.boxes}[paper.question_id]
    paper.code_hash = code_hash(code, paper.question_id)
    return seal(paper)


def _may_change(poll: Poll, code: str, found: bool) -> None:
    if not poll.allows_change:
        raise AlreadyVoted(no(_("You have voted already. In this poll a vote cannot be changed.")))
    if not code:
        raise AlreadyVoted(no(_("You have voted already. To change that vote, write the change code that stood on "
                                "your receipt.")))  # fmt: skip
    if not found:
        raise WrongCode(no(_("No vote in this poll has this change code. Look for a typing mistake; if you changed "
                             "your vote since, use the code of the newer receipt.")))  # fmt: skip


def _replaced(poll: Poll) -> dict[str, Ballot]:
    """The released ballots that waiting changes mean, by their veil; empty where nothing waits that changes one."""
    if not PendingPaper.objects.of(poll).exclude(replaces=None).exists():
        return {}
    found = Ballot.objects.of(poll).exclude(code_hash=None)
    return {veil(poll, ballot.code_hash or ""): ballot for ballot in found.only("code_hash")}


def _marked(poll: Poll, papers: list[PendingPaper], last: bool) -> list[PendingPaper]:
    """Those of `papers` that may go into the boxes: of each kind ten. last: all, with the marks that ten share."""
    box = [paper for paper in papers if paper.question_id == papers[0].question_id]
    if not last:
        votes = Counter((paper.channel, paper.cell, paper.set_aside) for paper in box)
        return [one for one in papers if votes[one.channel, one.cell, one.set_aside] >= ledger.BATCH]
    kept = ledger.kept_marks(Counter((paper.channel, paper.cell) for paper in box)) if has_marks(poll) else {}
    for paper in papers:
        paper.channel, paper.cell = kept.get((paper.channel, paper.cell), (paper.channel, paper.cell))
    return papers


def _kept_back(poll: Poll) -> set[str]:
    """Pseudonyms of those whose votes somebody wants to set aside: once released they could not be found."""
    named = [key for one in AsideProposal.objects.undecided().filter(poll=poll) for key in one.entries]
    people = RollEntry.objects.filter(pk__in=named).exclude(voter=None).select_related("voter")
    return {pseudonym(poll, entry.voter) for entry in people if entry.voter}


def _delete(rows: QuerySet[Any], keys_of: Sequence[UUID]) -> None:
    for start in range(0, len(keys_of), BATCH):
        rows.filter(pk__in=keys_of[start : start + BATCH]).delete()


def _ballot(paper: PendingPaper) -> Ballot:
    """The paper as a ballot, under a key of its own."""
    names = ("question_id", "choice", "nonce", "commitment", "code_hash", "channel", "cell", "set_aside")
    return Ballot(**{name: getattr(paper, name) for name in names})


def _show_step(poll: Poll) -> None:
    if poll.results == Results.AFTER_CLOSING:
        return
    if release_step(poll, Ballot.objects.filter(question=poll.boxes[0]).counted().count(), poll.pending):
        publish(poll.results_topic)
