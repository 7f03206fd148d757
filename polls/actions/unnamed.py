"""Ballots that come without a name, on paper and from a desk, put into the boxes of a poll of any kind."""

from collections.abc import Iterable, Mapping
from secrets import SystemRandom, token_hex
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.rules import no
from methods import ledger
from polls.actions.receipts import seal
from polls.actions.turnout import count_in, raise_count
from polls.models import Ballot, Channel, PendingPaper, Poll
from polls.rules import VoteRefused

Vote = tuple[Mapping[str, str], str]  # papers by question key, canonical, and the group; "" for none


def put_in_unnamed(
    poll: Poll, votes: Iterable[Vote], channel: Channel, *, until: str = "closes_at", form_key: str = ""
) -> list[Any]:
    """A sealed paper of each vote in each box, the boxes shuffled apart from each other. Returns them.

    In detached polls they wait for their batch as all others. until: as in `turnout.count_in`. form_key: of a form that
    is taken once. Part of actions. Publishes what `count_in` does. Raises VoteRefused.
    """
    raise_count(poll, 0, until)  # locks the poll: of two equal forms at once the second sees the first
    kept = list(votes)
    kind, papers = PendingPaper if poll.is_detached else Ballot, []
    for box in poll.boxes:
        SystemRandom().shuffle(kept)
        mark = ledger.digest(f"{channel}|{box.pk}|{form_key}") if form_key else ""
        papers += [_paper(poll, box.pk, choices[box.key], cell, channel, mark) for choices, cell in kept]
    _refuse_again(poll, papers, form_key)
    kind.objects.bulk_create(papers)  # type: ignore[attr-defined]
    count_in(poll, len(kept), until=until)
    return papers


def _paper(poll: Poll, box: int, choice: str, cell: str, channel: Channel, mark: str) -> Any:
    fields = {"question_id": box, "choice": choice, "cell": cell, "channel": channel}
    if poll.is_detached:
        return seal(PendingPaper(**fields, pseudonym=token_hex(32), code_hash=mark or token_hex(32)))
    return seal(Ballot(**fields, form_hash=mark or None))


def _refuse_again(poll: Poll, papers: Iterable[Any], form_key: str) -> None:
    if not form_key:
        return
    marks = [getattr(paper, "form_hash", None) or getattr(paper, "code_hash", None) for paper in papers]
    there = Ballot.objects.of(poll).filter(Q(form_hash__in=marks) | Q(code_hash__in=marks)).exists()
    if there or PendingPaper.objects.of(poll).filter(code_hash__in=marks).exists():
        raise VoteRefused(no(_("This form was sent already. Its vote is in the box, once.")))
