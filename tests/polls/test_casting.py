"""Casting: one person one vote, the same form the same receipt, changes only as the rules allow."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from methods.ledger import short
from polls.actions import cast_ballot, own_revision, tally
from polls.models import Ballot, Poll, RollEntry
from polls.rules import AlreadyVoted, InvalidChoice, StaleForm, VoteRefused
from realtime.models import TopicVersion
from tests.factories import make_consultation, make_person
from tests.polls.factories import cast, close, make_poll

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("mode", ["open", "confidential"])
def test_ballot_and_roll_entry_are_written_together(mode: str) -> None:
    poll = make_poll(mode=mode)
    cast(poll, "o2")
    ballot = Ballot.objects.get()
    assert (RollEntry.objects.count(), Poll.objects.get().ballot_count) == (1, 1)
    assert json.loads(ballot.choice) == ["o2"]
    assert (ballot.voter is None, ballot.pseudonym is None) == (mode == "confidential", mode == "open")


def test_receipt_is_a_short_form_of_choice_and_nonce() -> None:
    poll = make_poll()
    receipt = cast_ballot(poll=poll, person=make_person(), answers={"q1": ["o1"]})
    ballot = Ballot.objects.get()
    assert len(bytes.fromhex(ballot.nonce)) == 32
    assert ballot.commitment == hashlib.sha256(f"{ballot.choice}|{ballot.nonce}".encode()).hexdigest()
    assert receipt.codes == {"q1": short(ballot.commitment)}
    assert len(receipt.codes["q1"]) == 19


def test_rows_of_a_ballot_hold_no_time_and_no_serial_number() -> None:
    for model in (Ballot, RollEntry):
        kinds = {field.get_internal_type() for field in model._meta.concrete_fields}
        assert kinds <= {"UUIDField", "ForeignKey", "OneToOneField", "TextField", "CharField", "BooleanField"}


@pytest.mark.parametrize("mode", ["open", "confidential"])
def test_repeated_form_gives_the_same_receipt_and_one_row(mode: str) -> None:
    poll, person = make_poll(mode=mode), make_person()
    sent = {"answers": {"q1": ["o1"]}, "form_key": "f" * 22, "replaces": ""}
    codes = {cast_ballot(poll=poll, person=person, **sent).codes["q1"] for _ in "1234"}
    assert (len(codes), Ballot.objects.count(), Poll.objects.get().ballot_count) == (1, 1, 1)


@pytest.mark.parametrize("mode", ["open", "confidential"])
def test_vote_is_replaced_while_open(mode: str) -> None:
    poll, person = make_poll(mode=mode), make_person()
    first = cast_ballot(poll=poll, person=person, answers={"q1": ["o1"]})
    second = cast_ballot(poll=poll, person=person, answers={"q1": ["o3"]}, replaces=own_revision(poll, person))
    assert (first.changed, second.changed, first.codes == second.codes) == (False, True, False)
    assert [json.loads(ballot.choice) for ballot in Ballot.objects.all()] == [["o3"]]


def test_old_form_never_overwrites_a_newer_vote() -> None:
    poll, person = make_poll(), make_person()
    cast_ballot(poll=poll, person=person, answers={"q1": ["o1"]}, form_key="first-form-key-1", replaces="")
    cast_ballot(poll=poll, person=person, answers={"q1": ["o2"]}, replaces=own_revision(poll, person))
    with pytest.raises(StaleForm):
        cast_ballot(poll=poll, person=person, answers={"q1": ["o1"]}, form_key="first-form-key-1", replaces="")
    assert json.loads(Ballot.objects.get().choice) == ["o2"]


def test_vote_stands_where_changes_are_not_allowed() -> None:
    poll, person = make_poll(allows_change=False), make_person()
    cast(poll, "o1", person=person)
    with pytest.raises(AlreadyVoted):
        cast(poll, "o2", person=person)
    assert json.loads(Ballot.objects.get().choice) == ["o1"]


def test_constraints_hold_behind_the_back_of_the_action() -> None:
    poll = make_poll(mode="confidential")
    person = cast(poll, "o1")
    ballot = Ballot.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        RollEntry.objects.create(poll=poll, voter=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.create(question=ballot.question, choice="[]", pseudonym=ballot.pseudonym)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.filter(pk=ballot.pk).update(voter=person)


@pytest.mark.parametrize(
    ("fields", "choice"),
    [
        ({}, []),
        ({}, ["o9"]),
        ({}, ["o1", "o2"]),
        ({}, [""]),
        ({"kind": "several", "max_choices": 2}, ["o1", "o2", "o3"]),
        ({"kind": "several", "max_choices": 2}, ["o1", "o1"]),
        ({"kind": "ranking"}, ["o1", "o2", "o1"]),
        ({"kind": "ranking"}, ["o1", "x" * 9000]),
    ],
)
def test_choice_that_the_poll_does_not_have_is_refused(fields: dict[str, object], choice: list[str]) -> None:
    poll = make_poll(**fields)
    with pytest.raises(InvalidChoice):
        cast(poll, *choice)
    assert (Ballot.objects.count(), RollEntry.objects.count()) == (0, 0)


def test_one_meaning_has_one_spelling() -> None:
    several = make_poll(kind="several", max_choices=3)
    cast(several, "o3", "o1")
    cast(several, "o1", "o3")
    assert set(Ballot.objects.of(several).values_list("choice", flat=True)) == {'["o1","o3"]'}
    ranking = make_poll(kind="ranking")
    cast(ranking, "o3", "o1")
    assert Ballot.objects.of(ranking).get().choice == '["o3","o1"]'


@pytest.mark.parametrize("state", ["draft", "planned", "closed"])
def test_no_vote_outside_the_time_of_the_poll(state: str) -> None:
    poll = make_poll(state=state)
    with pytest.raises(VoteRefused):
        cast(poll, "o1")


def test_no_vote_in_an_unpublished_consultation() -> None:
    with pytest.raises(VoteRefused):
        cast(make_poll(make_consultation(published=False)), "o1")


def test_vote_that_arrives_after_closing_is_refused_whatever_its_copy_of_the_poll_says() -> None:
    poll = make_poll()
    stale = Poll.objects.select_related("consultation").get()
    close(poll)
    with pytest.raises(VoteRefused):
        cast(stale, "o1")
    assert (Ballot.objects.count(), RollEntry.objects.count()) == (0, 0)


def test_level_and_missing_step_are_named() -> None:
    from polls.rules import may_vote

    poll = make_poll(level=1)
    assert may_vote(None, poll).step == "sign_in"
    assert may_vote(make_person(guest=True), poll).step == "sign_in"
    assert may_vote(make_person(level=0), poll).step == "verify"
    assert may_vote(make_person(level=1), poll).allowed
    assert may_vote(None, make_poll(level=0)).allowed
    assert not may_vote(make_person(erased_at=timezone.now() - timedelta(days=1)), poll).allowed


def test_open_vote_tells_both_topics_and_a_hidden_one_only_the_turnout() -> None:
    live, hidden = make_poll(), make_poll(results="after_closing")
    TopicVersion.objects.all().delete()
    cast(live, "o1")
    cast(hidden, "o1")
    told = set(TopicVersion.objects.values_list("key", flat=True))
    assert told == {live.topic, live.results_topic, hidden.topic}


def test_change_in_a_hidden_poll_tells_nothing() -> None:
    poll = make_poll(results="after_closing")
    person = cast(poll, "o1")
    TopicVersion.objects.all().delete()
    cast(poll, "o2", person=person)
    assert list(TopicVersion.objects.all()) == []


@pytest.mark.parametrize("mode", ["open", "confidential", "detached"])
def test_cast_ballot_needs_few_queries(mode: str, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    poll = make_poll(mode=mode)
    person = make_person()
    poll = Poll.objects.select_related("consultation").get(pk=poll.pk)
    with django_assert_max_num_queries(8):
        cast(poll, "o1", person=person)


def test_tally_equals_rows() -> None:
    poll = make_poll()
    for key in ("o1", "o2", "o2"):
        cast(poll, key)
    outcome = tally(Poll.objects.get().question("q1"))
    assert (dict(outcome.totals), outcome.winners, outcome.turnout) == ({"o1": 1, "o2": 2, "o3": 0}, ("o2",), 3)
