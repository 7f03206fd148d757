"""What becomes of votes when a guest signs in and when a person is erased."""

from collections.abc import Iterator

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
    for poll, entry in _held(guest):
        ballot = own_ballot(poll, guest)
        if enter(poll, person):
            entry.delete()
            if ballot is not None:
                _rename(poll, ballot, person)
        elif ballot is not None and not poll.is_closed:
            _take_back(poll, entry, ballot)
    Remark.objects.filter(author=guest).update(author=person)
    WaitingRemark.objects.filter(author=guest).update(author=person)


@atomic()
def forget_votes(*, person: Participant) -> None:
    """Take the name of `person` from roll, ballots and remarks; remarks are emptied.

    In closed polls ballots stay counted. In open ones they are taken back, or one address could vote again and again
    with one new account after another. Publishes the topics of polls whose turnout falls.
    """
    for poll, entry in _held(person):
        ballot = own_ballot(poll, person)
        if ballot is not None and poll.is_closed:
            Ballot.objects.filter(pk=ballot.pk).update(voter=None, pseudonym=None, form_hash=None)
        elif ballot is not None:
            _take_back(poll, entry, ballot)
    RollEntry.objects.filter(voter=person).update(voter=None)
    WaitingRemark.objects.filter(author=person).delete()
    Remark.objects.filter(author=person).update(
        author=None, body="", html="", language="", hidden_at=timezone.now(), held_at=None
    )


def _held(person: Participant) -> Iterator[tuple[Poll, RollEntry]]:
    """Where `person` has voted. Each poll is locked first, or its closing could put back a ballot that goes here."""
    for entry in list(RollEntry.objects.filter(voter=person).order_by("poll_id")):
        yield Poll.objects.select_for_update(no_key=True).get(pk=entry.poll_id), entry


def _take_back(poll: Poll, entry: RollEntry, ballot: Ballot) -> None:
    ballot.delete()
    entry.delete()
    Poll.objects.filter(pk=poll.pk).update(ballot_count=F("ballot_count") - 1)
    publish(poll.topic)
    if not poll.is_confidential and poll.results != Results.AFTER_CLOSING:
        publish(poll.results_topic)


def _rename(poll: Poll, ballot: Ballot, person: Participant) -> None:
    if poll.is_confidential:
        Ballot.objects.filter(pk=ballot.pk).update(pseudonym=keys.pseudonym(poll.key_name, person.key))
    else:
        Ballot.objects.filter(pk=ballot.pk).update(voter=person)
