"""What is told of a person, what is erased, and how a guest's votes become an account's."""

import pytest

from accounts.models import Participant
from polls.actions import close_polls
from polls.models import Ballot, Poll, Remark, RollEntry
from polls.privacy import adopt, erase, export
from tests.factories import make_person
from tests.polls.factories import cast, close, make_poll

pytestmark = pytest.mark.django_db


def test_export_tells_open_votes_and_only_that_one_took_part_in_confidential_ones() -> None:
    person = make_person()
    cast(make_poll(title="Open?"), "o2", person=person)
    cast(make_poll(title="Confidential?", mode="confidential"), "o2", person=person)
    told = [(vote["poll"], vote["answers"]) for vote in export(person)["votes"]]
    assert told == [("Open?", {"Open?": ["Park"]}), ("Confidential?", None)]
    assert export(make_person()) == {
        "votes": [],
        "remarks": [],
        "observer_of": [],
        "bundles": [],
        "rolls": [],
        "set_aside": [],
        "roll_objections": [],
        "waiting_remarks": [],
    }


@pytest.mark.parametrize("mode", ["open", "confidential", "detached"])
def test_erased_person_leaves_a_ballot_that_names_nobody(mode: str) -> None:
    poll = make_poll(mode=mode, asks_remark=True)
    person = cast(poll, "o1", remark="The shade of the trees.")
    close(poll)
    close_polls()
    erase(person)
    assert set(Ballot.objects.values_list("voter", "pseudonym", "form_hash")) == {(None, None, None)}
    assert (RollEntry.objects.filter(voter=person).count(), RollEntry.objects.count()) == (0, 1)
    assert Poll.objects.get().ballot_count == 1
    assert Remark.objects.filter(author=person).count() == 0
    assert Remark.objects.shown().count() == 0  # an open poll's is emptied, a confidential one's never had an author


@pytest.mark.parametrize("mode", ["open", "confidential"])
def test_guests_vote_becomes_the_accounts_and_can_still_be_changed(mode: str) -> None:
    poll = make_poll(mode=mode, level=0)
    guest = cast(poll, "o1", person=make_person(guest=True))
    person = make_person()
    adopt(guest, person)
    guest.delete()
    cast(poll, "o2", person=person)
    assert list(Ballot.objects.counted().values_list("choice", flat=True)) == ['["o2"]']
    assert list(RollEntry.objects.values_list("voter", flat=True)) == [person.pk]


@pytest.mark.parametrize("mode", ["open", "confidential"])
def test_accounts_own_vote_wins_over_the_guests(mode: str) -> None:
    poll = make_poll(mode=mode, level=0)
    guest, person = cast(poll, "o1", person=make_person(guest=True)), cast(poll, "o2")
    adopt(guest, person)
    assert list(Ballot.objects.counted().values_list("choice", flat=True)) == ['["o2"]']
    assert (list(RollEntry.objects.values_list("voter", flat=True)), Poll.objects.get().ballot_count) == (
        [person.pk],
        1,
    )


def test_closed_poll_is_not_counted_again_when_a_guest_signs_in() -> None:
    poll = make_poll(level=0)
    guest, person = cast(poll, "o1", person=make_person(guest=True)), cast(poll, "o2")
    close(poll)
    adopt(guest, person)
    guest.delete()
    assert (Ballot.objects.count(), RollEntry.objects.count(), Poll.objects.get().ballot_count) == (2, 2, 2)
    assert Participant.objects.filter(pk=person.pk).exists()
