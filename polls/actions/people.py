"""What becomes of votes when a guest signs in and when a person is erased."""

from django.db.models import F
from django.utils import timezone

from accounts.models import Participant
from polls import keys
from polls.actions.casting import enter, own_ballot
from polls.models import Ballot, Poll, Remark, Results, RollEntry, WaitingRemark
from realtime.actions import atomic, publish


@atomic()
def adopt_votes(*, guest: Participant, person: Participant) -> None:
    """Hand the votes of `guest` to `person`. Where `person` has voted too, the guest's ballot leaves the open poll.

    In polls that have closed nothing is counted again: the guest's entry just names nobody. Publishes the topics of
    polls whose turnout falls.
    """
    for entry in RollEntry.objects.filter(voter=guest).select_related("poll").order_by("poll_id"):
        poll = entry.poll
        ballot = own_ballot(poll, guest)
        if enter(poll, person):
            entry.delete()
            if ballot is not None:
                _rename(poll, ballot, person)
        elif ballot is not None and not poll.is_closed:
            ballot.delete()
            entry.delete()
            Poll.objects.filter(pk=poll.pk).update(ballot_count=F("ballot_count") - 1)
            publish(poll.topic)
            if not poll.is_confidential and poll.results != Results.AFTER_CLOSING:
                publish(poll.results_topic)
    Remark.objects.filter(author=guest).update(author=person)
    WaitingRemark.objects.filter(author=guest).update(author=person)


@atomic()
def forget_votes(*, person: Participant) -> None:
    """Take the name of `person` from roll, ballots and remarks. Ballots stay counted; remarks are emptied."""
    for entry in RollEntry.objects.filter(voter=person).select_related("poll"):
        ballot = own_ballot(entry.poll, person)
        if ballot is not None:
            Ballot.objects.filter(pk=ballot.pk).update(voter=None, pseudonym=None, form_hash=None)
    RollEntry.objects.filter(voter=person).update(voter=None)
    WaitingRemark.objects.filter(author=person).delete()
    Remark.objects.filter(author=person).update(
        author=None, body="", html="", language="", hidden_at=timezone.now(), held_at=None
    )


def _rename(poll: Poll, ballot: Ballot, person: Participant) -> None:
    if poll.is_confidential:
        Ballot.objects.filter(pk=ballot.pk).update(pseudonym=keys.pseudonym(poll.key_name, person.key))
    else:
        Ballot.objects.filter(pk=ballot.pk).update(voter=person)
