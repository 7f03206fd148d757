"""Organisers prepare polls; once a poll has opened, what counts is frozen."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from polls.actions import edit_poll
from polls.models import Poll, Question, listed
from polls.promises import rules_in_words
from polls.rules import PollFrozen
from tests.factories import make_consultation, make_organisation, make_person, sign_in
from tests.polls.factories import make_poll

pytestmark = pytest.mark.django_db


def form(**changes: Any) -> dict[str, Any]:
    now = timezone.localtime()
    facts = {
        "title": "What should the square be?",
        "kind": "single",
        "options": "Market\nPark\n\n  Parking  \n",
        "max_choices": "",
        "mode": "confidential",
        "results": "after_closing",
        "level": "1",
        "opens_at": (now + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"),
        "closes_at": (now + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M"),
    }
    return facts | changes


@pytest.fixture
def organiser(client: Client) -> Any:
    organisation = make_organisation()
    person = make_person(role="organiser", organisation=organisation)
    sign_in(client, person)
    return organisation


def test_organiser_makes_reads_and_publishes_a_poll(client: Client, organiser: Any) -> None:
    consultation = make_consultation(organiser)
    client.cookies["django_language"] = "en"
    answer = client.post(reverse("polls:create", args=[consultation.slug]), form(), follow=True)
    poll = Poll.objects.get()
    assert (poll.state, poll.sheet[0].rule, list(poll.sheet[0].names.values())) == (
        "draft", "plurality", ["Market", "Park", "Parking"],
    )  # fmt: skip
    page = answer.content.decode()
    assert ("Publish this poll" in page, "The answer with the most votes wins." in page) == (True, True)
    assert Client().get(poll.get_absolute_url()).status_code == 404
    client.post(reverse("polls:publish", args=[poll.pk]))
    assert (Poll.objects.get().state, Client().get(poll.get_absolute_url()).status_code) == ("planned", 200)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"title": "x" * 241},
        {"options": "Only one"},
        {"options": "Same\nsame"},
        {"options": "\n".join(f"Answer {n}" for n in range(31))},
        {"options": "x" * 201 + "\nPark"},
        {"kind": "lottery"},
        {"kind": "several", "max_choices": "9"},
        {"kind": "several", "max_choices": "0"},
        {"kind": "ranking", "rule": "borda"},
        {"mode": "secret"},
        {"results": "now"},
        {"level": "77"},
        {"opens_at": "yesterday"},
        {"closes_at": "2001-01-01T10:00"},
        {"opens_at": "2001-01-01T10:00"},
        {"closes_at": (timezone.now() + timedelta(days=300)).strftime("%Y-%m-%dT%H:%M")},
    ],
)
def test_wrong_form_is_told_and_keeps_what_was_typed(client: Client, organiser: Any, changes: dict[str, Any]) -> None:
    consultation = make_consultation(organiser)
    answer = client.post(reverse("polls:create", args=[consultation.slug]), form(**changes))
    assert (answer.status_code, Poll.objects.count()) == (422, 0)
    assert 'role="alert"' in answer.content.decode()
    if "title" not in changes:
        assert "What should the square be?" in answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "rule", "limits"),
    [
        ({"kind": "single", "rule": "schulze", "max_choices": "3"}, "plurality", {}),
        ({"kind": "several", "max_choices": "2"}, "approval", {"max_choices": 2}),
        ({"kind": "ranking", "rule": "schulze"}, "schulze", {}),
        ({"kind": "ranking", "rule": ""}, "irv", {}),
    ],
)
def test_rule_fits_the_kind(
    client: Client, organiser: Any, changes: dict[str, Any], rule: str, limits: dict[str, int]
) -> None:
    consultation = make_consultation(organiser)
    client.post(reverse("polls:create", args=[consultation.slug]), form(**changes))
    assert list(Question.objects.values_list("rule", "settings")) == [(rule, limits)]


def test_forged_fields_change_nothing(client: Client, organiser: Any) -> None:
    consultation, other = make_consultation(organiser), make_consultation()
    forged = {"published_at": "2020-01-01", "consultation": other.pk, "ballot_count": 99, "released": '{"count": 9}'}
    client.post(reverse("polls:create", args=[consultation.slug]), form(**forged))
    poll = Poll.objects.get()
    assert (poll.consultation, poll.published_at, poll.ballot_count, poll.released) == (consultation, None, 0, {})


def test_poll_is_changed_until_it_opens(client: Client, organiser: Any) -> None:
    poll = make_poll(make_consultation(organiser), state="planned")
    client.post(reverse("polls:edit", args=[poll.pk]), form(kind="ranking", options="A\nB"))
    poll = Poll.objects.get()
    assert (poll.sheet[0].kind, list(poll.sheet[0].names.items())) == (
        "ranking",
        [("o1", "A"), ("o2", "B")],
    )
    page = client.get(reverse("polls:edit", args=[poll.pk])).content.decode()
    assert "A\nB" in page


@pytest.mark.parametrize("state", ["open", "closed"])
def test_nothing_that_counts_changes_once_the_poll_has_opened(client: Client, organiser: Any, state: str) -> None:
    poll = make_poll(make_consultation(organiser), state=state)
    before = Poll.objects.values().get()
    questions = list(Question.objects.values())
    client.post(reverse("polls:edit", args=[poll.pk]), form(kind="ranking", mode="open", results="live"))
    assert (Poll.objects.values().get(), list(Question.objects.values())) == (before, questions)


def test_stale_copy_of_an_unopened_poll_cannot_change_an_open_one() -> None:
    poll = make_poll(state="planned")
    Poll.objects.update(opens_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(PollFrozen):
        edit_poll(poll=poll, questions=[Question(text="?", options=listed("AB"))], results="live")
    assert len(Question.objects.get().options) == 3


def test_rules_in_words_follow_the_settings() -> None:
    words = {
        tuple(rules_in_words(make_poll(kind=kind, mode=mode, results=results, max_choices=2)))
        for kind in ("single", "several", "ranking")
        for mode in ("open", "confidential")
        for results in ("live", "after_vote", "after_closing")
    }
    assert len(words) == 18
