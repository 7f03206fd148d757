"""What becomes of votes when a guest signs in and when a person is erased."""

from collections.abc import Iterator

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from accounts.models import Participant
from polls import keys
from polls.actions.casting import own_ballots
from polls.actions.detaching import own_waiting
from polls.actions.pseudonyms import address_mark
from polls.models import (
    Aside,
    Ballot,
    DepartedVoter,
    Elector,
    Poll,
    Remark,
    Results,
    RollEntry,
    RollObjection,
    WaitingRemark,
)
from polls.models.pending import PendingQuerySet
from realtime.actions import atomic, publish


@atomic()
def adopt_votes(*, guest: Participant, person: Participant) -> None:
    """Hand the votes of `guest` to `person`. Where `person` has voted too, the guest's ballot leaves the open poll,
    unless it was released in a detached one: then it stays, and its entry names nobody.

    In polls that have closed nothing is counted again: the guest's entry just names nobody. Where both have a place on
    the roll of a poll, the guest was somebody else at the same device: that vote stays. Publishes the topics of polls
    whose turnout falls.
    """
    kept = adopt_places(guest=guest, person=person)
    for poll, entry in _held(guest):
        if poll.pk in kept:
            continue
        papers, waiting = own_ballots(poll, guest), own_waiting(poll, guest)
        try:
            with transaction.atomic():
                RollEntry.objects.filter(pk=entry.pk).update(voter=person)
        except IntegrityError:
            if not poll.is_closed and _take_out(papers, waiting):
                _uncount(poll, entry)
            continue
        if papers:
            _rename(poll, papers, person)
        if waiting.exists():
            waiting.update(pseudonym=keys.pseudonym(poll.key_name, person.key))
    RollObjection.objects.filter(author=guest).update(author=person)
    Remark.objects.filter(author=guest).update(author=person)
    WaitingRemark.objects.filter(author=guest).update(author=person)


@atomic()
def forget_votes(*, person: Participant) -> None:
    """Take the name of `person` from roll, ballots and remarks; remarks are emptied.

    In closed polls ballots stay counted. In open ones they are taken back, or one address could vote again and again
    with one new account after another; in detached ones as long as they wait for their batch, because a ballot that
    was released cannot be found. Publishes the topics of polls whose turnout falls.
    """
    for poll, entry in _held(person):
        papers = own_ballots(poll, person)
        if papers and poll.is_closed:
            _rows(papers).update(voter=None, pseudonym=None, form_hash=None)
        elif not poll.is_closed and _take_out(papers, own_waiting(poll, person)):
            _uncount(poll, entry)
        elif poll.is_detached and not poll.is_closed:
            _bar(poll, person)
    RollEntry.objects.filter(voter=person).update(voter=None)
    Elector.objects.filter(voter=person).update(voter=None, label="", email="")
    RollObjection.objects.filter(author=person).update(author=None, text="")
    WaitingRemark.objects.filter(author=person).delete()
    Remark.objects.filter(author=person).update(
        author=None, body="", html="", language="", hidden_at=timezone.now(), held_at=None
    )


def adopt_places(*, guest: Participant, person: Participant) -> set[int]:
    """Let `person` stand in the guest's places on fixed rolls. Returns the polls (ids) where both have one."""
    kept = set()
    for place in list(Elector.objects.filter(voter=guest)):
        try:
            with transaction.atomic():
                Elector.objects.filter(pk=place.pk, voter=guest).update(voter=person)
        except IntegrityError:
            kept.add(place.poll_id)
    return kept


def _held(person: Participant) -> Iterator[tuple[Poll, RollEntry]]:
    """Where `person` has voted. Each poll is locked first, or its closing could put back a ballot that goes here."""
    for entry in list(RollEntry.objects.filter(voter=person).order_by("poll_id")):
        yield Poll.objects.select_for_update(no_key=True).get(pk=entry.poll_id), entry


def _rows(papers: list[Ballot]) -> QuerySet[Ballot]:
    return Ballot.objects.filter(pk__in=[paper.pk for paper in papers])


def _take_out(papers: list[Ballot], waiting: PendingQuerySet) -> bool:
    """Take a vote out of the count, where it can be found. Ballots stay in their boxes and in the ledger, linked to
    nobody; papers that wait are in no box yet, and go."""
    if papers:
        _rows(papers).update(voter=None, pseudonym=None, form_hash=None, set_aside=Aside.ACCOUNT)
    return bool(papers) or bool(waiting.filter(replaces=None).delete()[0])


def _bar(poll: Poll, person: Participant) -> None:
    """Keep marks of the person's addresses until `poll` is unlinked: the ballot stays, and no other may follow it."""
    if person.user is None:
        return
    addresses = {person.user.email, *EmailAddress.objects.filter(user=person.user).values_list("email", flat=True)}
    marks = [DepartedVoter(poll=poll, mark=address_mark(poll, address)) for address in addresses]
    DepartedVoter.objects.bulk_create(marks, ignore_conflicts=True)


def _uncount(poll: Poll, entry: RollEntry) -> None:
    entry.delete()
    Poll.objects.filter(pk=poll.pk).update(ballot_count=F("ballot_count") - 1)
    publish(poll.topic)
    if not poll.is_secret and poll.results != Results.AFTER_CLOSING:
        publish(poll.results_topic)


def _rename(poll: Poll, papers: list[Ballot], person: Participant) -> None:
    if poll.is_secret:
        _rows(papers).update(pseudonym=keys.pseudonym(poll.key_name, person.key))
    else:
        _rows(papers).update(voter=person)
