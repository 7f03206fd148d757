"""Voting at a desk: somebody of the organisation enters the vote of a person who is present and asks for help."""

from collections.abc import Mapping

from accounts.models import Participant
from moderation.actions import record
from polls.actions.answers import Answer
from polls.actions.casting import NO_TEXTS, fill_in, kept_texts, known_cell
from polls.actions.receipts import Receipt, receipt_of
from polls.actions.remarks import leave_remarks
from polls.actions.strips import redeem_strip
from polls.actions.unnamed import put_in_unnamed
from polls.models import Channel, Poll
from polls.rules import VoteRefused, may_help
from realtime.actions import atomic


@atomic()
def help_to_vote(
    *,
    poll: Poll,
    helper: Participant,
    answers: Mapping[str, Answer],
    texts: Mapping[str, str] = NO_TEXTS,
    form_key: str,
    code: str = "",
    cell: str = "",
    language: str = "",
) -> Receipt:
    """Put the vote of somebody at the desk into the boxes of `poll`. It has no name and cannot be changed.

    answers, texts, cell: as in `casting.cast_ballot`. form_key: a random text of the form; sent again, it is refused.
    code: of the voter's slip, as typed, where people are on the roll by code; elsewhere the helper vouches.
    Returns the receipt, for the voter alone. Writes the audit: who helped. Publishes as `cast_ballot`. Raises
    VoteRefused, CodeRefused and InvalidChoice.
    """
    verdict = may_help(helper, poll)
    if not verdict:
        raise VoteRefused(verdict)
    choices, cell = fill_in(poll, answers, texts), known_cell(poll, cell)
    said = kept_texts(poll, choices, texts)
    papers = put_in_unnamed(poll, [(choices, cell)], Channel.DESK, form_key=form_key)
    if poll.is_invited:
        redeem_strip(poll, code)
    if said:
        leave_remarks(poll=poll, person=None, texts=said, language=language)
    record(verb="poll.help", person=helper, target=f"poll:{poll.pk}", facts={})
    return receipt_of(poll, papers)
