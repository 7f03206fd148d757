"""Organisers prepare polls; once a poll has opened, what counts is frozen."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from polls.actions import edit_poll
from polls.forms import PollForm
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
        "q-TOTAL_FORMS": "1",
        "q-INITIAL_FORMS": "0",
        "q-0-kind": "single",
        "q-0-options": "Market\nPark\n\n  Parking  \n",
        "q-0-required": "on",
        "mode": "confidential",
        "results": "after_closing",
        "level": "1",
        "opens_at": (now + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"),
        "closes_at": (now + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M"),
    }
    return facts | changes


def test_every_field_stands_in_one_part_of_the_page() -> None:
    asked = PollForm(consultation=make_consultation(make_organisation()))
    shown = [field.name for section in asked.sections for field in section.fields]
    assert sorted(["title", *shown]) == sorted(asked.fields)
    assert [section.key for section in asked.sections if section.folded and section.open] == []
    wrong = PollForm(form(lot_source="The lottery"), consultation=make_consultation(make_organisation()))
    assert [section.key for section in wrong.sections if section.folded and section.open] == ["lot"]


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
    assert Poll.objects.get().state == "draft"
    client.post(reverse("polls:publish", args=[poll.pk]), {"read": "yes"})
    assert (Poll.objects.get().state, Client().get(poll.get_absolute_url()).status_code) == ("planned", 200)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"title": "x" * 241},
        {"q-0-options": "Only one"},
        {"q-0-options": "Same\nsame"},
        {"q-0-options": "\n".join(f"Answer {n}" for n in range(31))},
        {"q-0-options": "x" * 201 + "\nPark"},
        {"q-0-kind": "lottery"},
        {"q-0-kind": "several", "q-0-max_choices": "9"},
        {"q-0-kind": "several", "q-0-max_choices": "0"},
        {"q-0-kind": "ranking", "q-0-rule": "score"},
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
        ({"q-0-kind": "single", "q-0-rule": "schulze", "q-0-max_choices": "3"}, "plurality", {}),
        ({"q-0-kind": "several", "q-0-max_choices": "2"}, "approval", {"max_choices": 2}),
        ({"q-0-kind": "ranking", "q-0-rule": "schulze"}, "schulze", {}),
        ({"q-0-kind": "ranking", "q-0-rule": ""}, "irv", {}),
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
    client.post(reverse("polls:edit", args=[poll.pk]), form(**{"q-0-kind": "ranking", "q-0-options": "A\nB"}))
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
    client.post(reverse("polls:edit", args=[poll.pk]), form(**{"q-0-kind": "ranking"}, mode="open", results="live"))
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


def many(**changes: Any) -> dict[str, Any]:
    """A form with five questions of different kinds, as a browser sends it."""
    return form(
        title="Survey",
        **{
            "q-TOTAL_FORMS": "6", "q-0-text": "Which?", "q-0-help": "One only.",
            "q-1-kind": "budget", "q-1-text": "Which projects?", "q-1-required": "on", "q-1-budget": "500000000",
            "q-1-options": "Drain | 200.000.000 | lower street\nLamps | 150000000\nHall | 400000000", "q-1-unit": "Rp",
            "q-1-rule": "budget_equal_shares",
            "q-2-kind": "consent", "q-2-text": "Shall we?", "q-2-objections": "10", "q-2-required": "on",
            "q-3-kind": "number", "q-3-text": "How many?", "q-3-high": "30", "q-3-after": "1", "q-3-answers": "1, 3",
            "q-4-kind": "text", "q-4-text": "Why?", "q-4-after": "3", "q-4-answers": "4",
            "q-5-kind": "single", "q-5-required": "on",
        } | changes,
    )  # fmt: skip


def test_poll_of_several_questions_is_prepared_read_and_changed(client: Client, organiser: Any) -> None:
    consultation = make_consultation(organiser)
    client.cookies["django_language"] = "en"
    answer = client.post(reverse("polls:create", args=[consultation.slug]), many(), follow=True)
    poll = Poll.objects.get()
    assert [(one.key, one.kind, one.rule, one.required) for one in poll.sheet] == [
        ("q1", "single", "plurality", True), ("q2", "budget", "budget_equal_shares", True),
        ("q3", "consent", "consent", True), ("q4", "number", "", False), ("q5", "text", "", False),
    ]  # fmt: skip
    assert [one.show_if for one in poll.sheet[3:]] == [
        {"question": "q1", "options": ["o1", "o3"]}, {"question": "q3", "options": ["object"]},
    ]  # fmt: skip
    assert poll.sheet[1].settings == {"budget": 500_000_000, "unit": "Rp", "increment": 10_000}
    first = poll.sheet[1].choices[0]
    assert (first.text, first.cost, first.note) == (
        "Drain",
        200_000_000,
        "lower street",
    )
    page = answer.content.decode()
    assert "Counted by equal shares" in page
    assert "A tie may be decided by lot." in page
    shown = client.get(reverse("polls:edit", args=[poll.pk])).content.decode()
    again = dict(re.findall(r'name="(q-[0-9]-(?:after|answers|budget|objections))" value="([^"]*)"', shown))
    assert again == {
        "q-1-budget": "500000000", "q-2-objections": "10", "q-3-after": "1", "q-3-answers": "1, 3", "q-4-after": "3",
        "q-4-answers": "4",
    }  # fmt: skip
    assert "Drain | 200000000 | lower street" in shown
    client.post(reverse("polls:edit", args=[poll.pk]), many(**{"q-1-DELETE": "on", "q-4-after": "", "q-4-answers": ""}))
    assert [one.kind for one in Poll.objects.get().sheet] == ["single", "consent", "number", "text"]


def test_question_is_added_without_a_script_and_nothing_typed_is_lost(client: Client, organiser: Any) -> None:
    consultation = make_consultation(organiser)
    answer = client.post(reverse("polls:create", args=[consultation.slug]), form(act="add"))
    page = answer.content.decode()
    assert (answer.status_code, Poll.objects.count(), page.count('id="question-')) == (200, 0, 2)
    assert ("What should the square be?" in page, "Parking" in page) == (True, True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"q-0-text": ""}, {"q-1-budget": ""}, {"q-1-budget": "1"}, {"q-1-options": "Drain\nLamps"},
        {"q-1-options": "Drain | -5\nLamps | 3"}, {"q-1-rule": "irv"}, {"q-2-objections": "90"}, {"q-3-high": ""},
        {"q-3-high": "-1"}, {"q-3-after": "4"}, {"q-3-after": "9"}, {"q-3-answers": "7"}, {"q-3-answers": ""},
        {"q-4-kind": "lottery"}, {"q-TOTAL_FORMS": "99"}, {"q-TOTAL_FORMS": "x"},
        {"q-0-kind": "score", "q-0-high": "1000"}, {"q-0-kind": "quadratic", "q-0-credits": "99999"},
        {"q-0-kind": "ranking", "q-0-seats": "2"}, {"q-0-kind": "ranking", "q-0-rule": "stv", "q-0-seats": "3"},
        {"q-0-kind": "several", "q-0-max_choices": "2", "q-0-min_choices": "3"},
    ],
)  # fmt: skip
def test_wrong_settings_of_a_question_are_told(client: Client, organiser: Any, wrong: dict[str, str]) -> None:
    consultation = make_consultation(organiser)
    answer = client.post(reverse("polls:create", args=[consultation.slug]), many(**wrong))
    assert (answer.status_code, Poll.objects.count(), 'role="alert"' in answer.content.decode()) == (422, 0, True)


def test_texts_alone_are_no_vote(client: Client, organiser: Any) -> None:
    consultation = make_consultation(organiser)
    answer = client.post(reverse("polls:create", args=[consultation.slug]), form(**{"q-0-kind": "text"}))
    assert (answer.status_code, Poll.objects.count()) == (422, 0)
