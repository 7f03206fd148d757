"""Results that are hidden are known to nobody: two worlds that differ only in votes answer with the same bytes."""

import re
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from polls.actions import cast_ballot, keep_ledgers, read_result, tally
from polls.models import Ballot, Poll
from polls.rules import STEP, ResultsHidden, may_see_results
from polls.topics import results, turnout
from realtime.topics import find
from tests.factories import make_consultation, make_organisation, make_person, sign_in
from tests.polls.factories import cast, close, make_poll

pytestmark = pytest.mark.django_db
CHANGING = re.compile(
    r'name="(?:csrfmiddlewaretoken|form_key|replaces)" value="[^"]*"|<strong>[0-9A-F-]{19}</strong>'
    r'|class="receipt__code">[^<]*<|<time[^>]*>[^<]*</time>'
)
LEDGER = ["polls:ledger", "polls:ledger_lines", "api:ledgers"]
PAGES = ["polls:list", "polls:poll", "polls:results", "polls:results_live", "polls:results_csv", "polls:qr"]
PAGES += ["polls:may_vote", "polls:code", "polls:roll"]


def everybody(poll: Poll) -> dict[str, Any]:
    """Somebody of every role, with a client; made before the worlds part."""
    organisation = poll.consultation.organisation
    people = {
        role: make_person(f"The {role}", role=role, organisation=organisation)
        for role in ("organiser", "moderator", "analyst", "auditor")
    }
    people["citizen"] = make_person("The citizen")
    staff = make_person("The operator", staff=True)
    staff.user.is_superuser = True
    staff.user.save()
    people["staff"] = staff
    return people


def bodies(poll: Poll, people: dict[str, Any]) -> dict[tuple[str, str], bytes]:
    found: dict[tuple[str, str], bytes] = {}
    for role, person in [("anonymous", None), *people.items()]:
        client = Client()
        if person:
            sign_in(client, person)
        addresses = [reverse(name, args=[] if name == "polls:list" else [poll.pk]) for name in PAGES]
        addresses += [f"/live/{poll.topic}.json", f"/live/{poll.results_topic}.json", "/account/data.json"]
        if role == "staff":
            addresses += [f"/admin/polls/poll/{poll.pk}/change/", "/admin/polls/poll/", "/admin/"]
        for address in addresses:
            answer = client.get(address)
            found[role, address] = f"{answer.status_code} {CHANGING.sub('', answer.content.decode())}".encode()
    return found


@pytest.mark.parametrize("mode", ["open", "confidential", "detached"])
def test_two_worlds_with_other_votes_answer_alike(mode: str) -> None:
    poll = make_poll(mode=mode, results="after_closing", kind="ranking")
    people = everybody(poll)
    voters = [people["citizen"], people["organiser"], *(make_person() for _ in range(23))]
    said = {"q1": ["o1", "o2", "o3"]}
    codes = [cast_ballot(poll=poll, person=voter, answers=said).change_code for voter in voters]
    keep_ledgers()
    one = bodies(poll, people)
    for voter, code in zip(voters[:20], codes, strict=False):
        cast_ballot(poll=poll, person=voter, answers={"q1": ["o3", "o2"]}, change_code=code)
    keep_ledgers()
    assert Ballot.objects.filter(choice='["o3","o2"]').count() == 20
    assert Poll.objects.get().ballot_count == 25
    assert bodies(poll, people) == one


@pytest.mark.parametrize("mode", ["open", "confidential", "detached"])
def test_ledgers_of_two_worlds_differ_in_nothing_but_codes(mode: str) -> None:
    told, opened = [], timezone.now() - timedelta(days=1)
    for keys in (["o1", "o2"], ["o2", "o3"]):
        with transaction.atomic():
            poll = make_poll(mode=mode, results="after_closing", opens_at=opened)
            for number in range(23):
                cast(poll, keys[number % 2])
            keep_ledgers()
            addresses = [reverse(name, args=[poll.pk] if name.startswith("polls") else []) for name in LEDGER]
            pages = [Client().get(address) for address in addresses]
            told.append(
                [re.sub(rf"[0-9a-f]{{64}}|/{poll.pk}/|poll-{poll.pk}", "", one.content.decode()) for one in pages]
            )
            transaction.set_rollback(True)
    assert told[0] == told[1]
    assert "23" in told[0][0]


def test_the_comparison_would_notice_a_shown_result() -> None:
    poll = make_poll(results="live")
    people = everybody(poll)
    voter = cast(poll, "o1")
    one = bodies(poll, people)
    cast(poll, "o2", person=voter)
    assert bodies(poll, people) != one


def test_nothing_is_counted_before_closing() -> None:
    poll = make_poll(results="after_closing", mode="confidential")
    for _ in range(25):
        cast(poll, "o1")
    poll = Poll.objects.get()
    assert (poll.pending, poll.released) == ({}, {})
    with pytest.raises(ResultsHidden):
        tally(poll.question("q1"))
    with pytest.raises(ResultsHidden):
        read_result(poll)
    assert (results(str(poll.pk)), turnout(str(poll.pk))) == ({}, {"cast": 25, "structure": "open"})


@pytest.mark.parametrize("role", ["organiser", "moderator", "analyst", "auditor"])
def test_no_role_sees_it_earlier(role: str) -> None:
    organisation = make_organisation()
    poll = make_poll(make_consultation(organisation), results="after_closing")
    person = make_person(role=role, organisation=organisation)
    cast(poll, "o1", person=person)
    assert not may_see_results(person, poll)
    assert may_see_results(person, close(poll))


def test_after_vote_shows_it_to_voters_only() -> None:
    poll = make_poll(results="after_vote")
    voter, other = cast(poll, "o1"), make_person()
    seen = [bool(may_see_results(person, poll)) for person in (voter, other, None)]
    assert seen == [True, False, False]
    topic, id_ = find(poll.results_topic) or pytest.fail("no topic")
    assert [topic.may_listen(person, id_) for person in (voter, other, None)] == [True, False, False]


def test_hidden_results_page_says_when(client: Client) -> None:
    poll = make_poll(results="after_closing")
    answer = client.get(reverse("polls:results", args=[poll.pk]))
    assert (answer.status_code, "<h1" in answer.content.decode()) == (403, True)


def test_confidential_figures_move_in_steps_and_no_two_publications_differ_by_fewer_than_ten() -> None:
    poll = make_poll(mode="confidential", results="live")
    published = [0]
    for number in range(43):
        cast(poll, f"o{number % 3 + 1}")
        counted = tally(Poll.objects.get().question("q1")).turnout
        if counted != published[-1]:
            published.append(counted)
    published.append(tally(close(poll).question("q1")).turnout)
    assert published == [0, 10, 20, 30, 43]
    assert min(b - a for a, b in pairwise(published)) >= STEP


def test_confidential_figures_do_not_move_when_a_vote_is_changed() -> None:
    poll = make_poll(mode="confidential", results="live")
    people = [cast(poll, "o1") for _ in range(21)]
    before = results(str(poll.pk))
    cast(poll, "o2", person=people[0])
    assert results(str(poll.pk)) == before


def test_page_says_that_figures_move_in_steps_of_ten(client: Client) -> None:
    client.cookies["django_language"] = "en"
    poll = make_poll(mode="confidential", results="live")
    page = client.get(reverse("polls:results", args=[poll.pk])).content.decode()
    assert "These figures do not follow every vote. In steps of 10 votes" in page


def test_fewer_than_ten_confidential_ballots_show_the_decision_only(client: Client) -> None:
    poll = make_poll(mode="confidential", results="after_closing")
    for key in ("o1", "o2", "o2"):
        cast(poll, key)
    poll = close(poll)
    result, outcome = read_result(poll), tally(poll.question("q1"))
    (found,) = result.questions
    assert (result.decision_only, found.winners, found.rows, found.steps, found.outcome) == (
        True, ["Park"], [], [], None,
    )  # fmt: skip
    assert (outcome.winners, outcome.rounds, outcome.matrix, dict(outcome.totals)) == (("o2",), (), None, {})
    answer = client.get(reverse("polls:results_csv", args=[poll.pk])).content.decode()
    assert "o1" not in answer
    assert "option" not in answer.splitlines()[-1]


def test_ten_confidential_ballots_show_figures_after_closing() -> None:
    poll = make_poll(mode="confidential", results="after_closing")
    for number in range(10):
        cast(poll, f"o{number % 2 + 1}")
    assert [row.votes for row in read_result(close(poll)).questions[0].rows] == [5, 5, 0]


def test_figures_are_withheld_when_they_would_differ_by_fewer_than_ten_from_those_shown() -> None:
    poll = make_poll(mode="confidential", results="live")
    for _ in range(20):
        cast(poll, "o1")
    Poll.objects.filter(pk=poll.pk).update(ballot_count=19)  # a guest's ballot left the box
    Ballot.objects.first().delete()
    assert read_result(close(poll)).decision_only
