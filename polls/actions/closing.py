"""What follows when no ballot can come any more, at closing or when the time for paper is over: the key is destroyed,
nothing on a ballot leads to its voter, the poll is counted.

That its time is over follows from its dates; this only cleans up, and may come late or twice.
"""

import logging
from collections.abc import Callable
from functools import partial

from django.db import transaction
from django.utils import timezone

from polls import keys
from polls.actions.breakdowns import thin_marks
from polls.actions.detaching import release_papers
from polls.actions.ledger import close_ledger, list_ballots, publish_package
from polls.actions.remarks import release_remarks
from polls.actions.rewriting import rewrite
from polls.actions.roll import empty_roll
from polls.models import AsideProposal, Ballot, Poll, RollEntry
from polls.rules import awaits_decision
from realtime.actions import atomic, publish

logger = logging.getLogger(__name__)


def close_polls() -> int:
    """Destroy keys that a stopped run left behind, then settle all polls that have closed. Returns how many.

    What fails is logged and tried again with the next run; it keeps no other poll from being settled.
    """
    left = Poll.objects.filter(key_name__in=keys.kept(), unlinked_at__isnull=False)
    for name in list(left.values_list("key_name", flat=True)):
        _tried(partial(keys.destroy, name))
    complete = Poll.objects.complete().filter(seed="")
    return sum(_tried(partial(settle_poll, poll_id=pk)) for pk in list(complete.values_list("pk", flat=True)))


def keep_ledgers() -> None:
    """Open the ledgers of polls that have opened, release papers that wait in tens, and list what is not listed."""
    for poll in Poll.objects.filter(published_at__lte=timezone.now(), unlinked_at=None):
        if poll.has_opened and not poll.is_complete:
            _tried(partial(_kept, poll))


def _kept(poll: Poll) -> bool:
    list_ballots(poll=poll)  # its ledger is open before the first batch
    if poll.is_detached:
        release_papers(poll=poll)
    return True


def settle_poll(*, poll_id: int) -> bool:
    """What follows once a poll has closed, each step in a transaction of its own: unlink its ballots from voters, close
    its ledger, count, publish the package. Returns whether anything was left to do.
    """
    unlinked = unlink_poll(poll_id=poll_id)
    poll = Poll.objects.get(pk=poll_id)
    if poll.unlinked_at is None:
        return False
    close_ledger(poll=poll)
    return publish_package(poll=poll) or unlinked


def _tried(act: Callable[[], bool | None]) -> bool:
    try:
        return bool(act())
    except Exception:
        logger.exception("A poll that has closed could not be settled; it is tried again.")
        return False


@atomic()
def unlink_poll(*, poll_id: int) -> bool:
    """Empty pseudonyms and hashes of a closed poll; in a secret one write ballots and roll anew.

    It waits for proposals to set votes aside, as long as `rules.json` says. What still waits in a detached poll is
    released first. Written anew in random order under new keys, so that their order in the tables tells nothing either.
    The key is destroyed when that is committed. Returns False when it was done already. Publishes `poll.<id>` and
    `poll.results.<id>`.
    """
    poll = Poll.objects.select_for_update().get(pk=poll_id)
    if poll.unlinked_at is not None or not poll.is_complete or awaits_decision(poll):
        return False
    AsideProposal.objects.undecided().filter(poll=poll).update(entries=[])
    left_over = release_papers(poll=poll, last=True) if poll.is_detached else 0
    thin_marks(poll=poll)
    empty_roll(poll)
    if poll.is_secret:
        rewrite(Ballot.objects.of(poll), pseudonym=None, form_hash=None, code_hash=None)
        rewrite(RollEntry.objects.filter(poll=poll))
        transaction.on_commit(partial(keys.destroy, poll.key_name), robust=True)
    else:
        Ballot.objects.of(poll).update(form_hash=None)
    poll.departed_voters.all().delete()
    release_remarks(poll=poll)
    Poll.objects.filter(pk=poll.pk).update(unlinked_at=timezone.now(), pending={}, left_over=left_over)
    publish(poll.topic, poll.results_topic)
    return True
