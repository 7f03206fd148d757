"""Every kind of question from the form to the result: what is sent, what is refused, what is shown."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from polls.actions import cast_ballot, close_polls, read_result
from polls.models import Ballot, Poll, Question, Remark, RollEntry, WaitingRemark
from polls.rules import InvalidChoice
from polls.topics import results
from tests.factories import make_person, sign_in
from tests.polls.factories import close, make_poll
from tests.polls.kinds import PAPERS, QUESTIONS, SENT, make_survey
from tests.polls.test_hidden_results import bodies, everybody

pytestmark = pytest.mark.django_db
WITHOUT = {name: value for name, value in SENT.items() if name not in ("q8-reason", "q10")}


def send(client: Client, poll: Poll, **fields: Any) -> Any:
    return client.post(reverse("polls:vote", args=[poll.pk]), fields)


def papers(poll: Poll) -> dict[str, str]:
    return dict(Ballot.objects.of(poll).values_list("question__key", "choice"))


def vote(poll: Poll, number: int, **more: Any) -> None:
    """A vote of somebody new, different for even and odd numbers."""
    turn = number % 2
    cast_ballot(
        poll=poll, person=make_person(), texts={"q8": "It floods."} if turn else {},
        answers={
            "q1": [f"o{turn + 1}"], "q2": ["o1"] if turn else [], "q3": ["o1", "o2"],
            "q4": {"o1": 5 - turn, "o3": turn},
            "q5": ["o3", "o1"] if turn else ["o2"], "q6": ["o1"] if turn else ["o2", "o3"], "q7": {"o2": 1 + turn},
            "q8": ["object" if turn else "agree"], "q9": str(20 + number),
        } | more,
    )  # fmt: skip


@pytest.mark.parametrize("mode", ["open", "confidential"])
def test_vote_of_every_kind_puts_one_paper_into_each_box(client: Client, mode: str) -> None:
    poll = make_survey(mode=mode, results="after_closing")
    sign_in(client, make_person())
    answer = send(client, poll, **SENT)
    assert answer.status_code == 200
    assert answer.content.decode().count("receipt__code") == 9
    assert papers(poll) == PAPERS
    assert (RollEntry.objects.count(), Poll.objects.get().ballot_count) == (1, 1)
    waiting = WaitingRemark.objects.order_by("question__position").values_list("question__key", "body", "author__name")
    named = [author is None for _key, _body, author in waiting]
    assert [(key, body) for key, body, _author in waiting] == [
        ("q8", "The river floods there."), ("q10", "Because of the trees."),
    ]  # fmt: skip
    assert named == [mode == "confidential"] * 2


def test_question_that_is_not_asked_leaves_a_blank_paper_and_its_answer_is_dropped(client: Client) -> None:
    poll = make_poll(
        questions=[
            {"text": "Do you ride?", "kind": "single"},
            {"text": "Where?", "kind": "single", "show_if": {"question": "q1", "options": ["o1"]}},
            {"text": "How?", "kind": "single", "show_if": {"question": "q2", "options": ["o2"]}, "required": False},
        ]
    )
    sign_in(client, make_person())
    send(client, poll, q1="o2", q2="o2", q3="o1")
    assert papers(poll) == {"q1": '["o2"]', "q2": "[]", "q3": "[]"}
    assert send(Client(), poll, q1="o1").status_code in (302, 422)


@pytest.mark.parametrize(
    "wrong",
    [
        {"q1": ""}, {"q1": "o9"}, {"q2": ["o1", "o2", "o3"]}, {"q3": ["o1", "o1"]}, {"q4-o1": "6"}, {"q4-o1": "-1"},
        {"q4-o1": "five"}, {"q4-o1": "9" * 30}, {"q4-o9": "1"}, {"q5-o1": "1"}, {"q6": ["o1", "o2"]}, {"q6": "o9"},
        {"q7-o1": "4", "q7-o2": ""}, {"q7-o1": "3", "q7-o2": "2"}, {"q7-o1": "-3"}, {"q7-o1": "1e9"},
        {"q8": "veto"}, {"q8-reason": ""}, {"q8-reason": "x" * 8000}, {"q9": "121"}, {"q9": "-1"}, {"q9": "NaN"},
        {"q9": "1e1"}, {"q9": "3.5"}, {"q9": "old"}, {"q9": "9" * 5000}, {"q9": "٣"}, {"q10": ""}, {"q10": "y" * 8000},
        {"q11": "o1"}, {"q4": "o1"},
    ],
)  # fmt: skip
def test_hostile_values_get_422_and_nothing_is_written(client: Client, wrong: dict[str, Any]) -> None:
    poll = make_survey()
    sign_in(client, make_person())
    answer = send(client, poll, **(SENT | wrong))
    page = answer.content.decode()
    assert (answer.status_code, 'role="alert"' in page) == (422, True)
    assert (Ballot.objects.count(), RollEntry.objects.count(), Remark.objects.count()) == (0, 0, 0)
    assert ('value="object" checked' in page) == ("q8" not in wrong)


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("q1", "o1"), ("q1", {"o1": 1}), ("q4", ["o1"]), ("q4", {"o1": True}), ("q4", {"o1": 2.5}), ("q4", {"o9": 1}),
        ("q7", {"o1": 10**9}), ("q9", ["34"]), ("q9", "Infinity"), ("q6", ["o1", "o2", "o3"]), ("q12", ["o1"]),
    ],
)  # fmt: skip
def test_action_refuses_what_no_form_sends(key: str, answer: Any) -> None:
    poll = make_survey()
    with pytest.raises(InvalidChoice):
        vote(poll, 0, **{key: answer})
    assert RollEntry.objects.count() == 0


def test_numbers_have_one_spelling() -> None:
    poll = make_poll(kind="number", options=[], settings={"low": -10, "high": 10, "places": 2})
    for said in ("2", "2.0", "02", "+2", "2,00"):
        cast_ballot(poll=poll, person=make_person(), answers={"q1": said})
    cast_ballot(poll=poll, person=make_person(), answers={"q1": "-0"})
    assert sorted(set(Ballot.objects.values_list("choice", flat=True))) == ["0", "2"]


def test_result_of_every_kind_is_read_in_both_languages(client: Client) -> None:
    poll = make_survey(mode="confidential", results="after_closing")
    for number in range(13):
        vote(poll, number)
    poll = close(poll)
    close_polls()
    found = {one.question.key: one for one in read_result(poll).questions}
    assert {key: one.winners for key, one in found.items()} == {
        "q1": ["Market"], "q2": ["Market"], "q3": ["Market", "Park"], "q4": ["Market"], "q5": ["Park"],
        "q6": ["Playground", "Drain"], "q7": ["Park"], "q8": [], "q9": [],
    }  # fmt: skip
    assert (found["q2"].valid, found["q2"].blank) == (6, 7)
    assert found["q9"].numbers is not None
    assert (str(found["q9"].numbers.median), found["q9"].numbers.valid) == ("26", 13)
    address = reverse("polls:results", args=[poll.pk])
    for language in ("id", "en"):
        client.cookies["django_language"] = language
        page = client.get(address).content.decode()
        assert page.count("<h1") == 1
        assert [one["text"] for one in QUESTIONS[:9] if one["text"] not in page] == []
    for words in ("the proposal does not pass", "Rp\N{NO-BREAK SPACE}100", "Paid", "on average", "Median 26"):
        assert words in page
    table = client.get(reverse("polls:results_csv", args=[poll.pk])).content.decode()
    assert [one["text"] for one in QUESTIONS[:9] if one["text"] not in table] == []


def test_few_ballots_of_every_kind_show_decisions_without_figures(client: Client) -> None:
    poll = make_survey(mode="confidential", results="after_closing")
    for number in range(3):
        vote(poll, number)
    result = read_result(close(poll))
    assert result.decision_only
    assert {(len(one.rows), one.outcome, one.numbers, one.valid, one.blank) for one in result.questions} == {
        (0, None, None, 0, 0)
    }
    client.cookies["django_language"] = "en"
    page = client.get(reverse("polls:results", args=[poll.pk])).content.decode()
    assert ("The proposal does not pass." in page, '<svg class="figure' in page) == (True, False)


@pytest.mark.parametrize("mode", ["open", "confidential"])
def test_two_worlds_with_other_answers_of_every_kind_answer_alike(mode: str) -> None:
    poll = make_survey(mode=mode, results="after_closing")
    people = everybody(poll)
    for number in range(12):
        vote(poll, number)
    one = bodies(poll, people)
    voters = list(RollEntry.objects.select_related("voter"))
    for entry in voters:
        cast_ballot(
            poll=poll, person=entry.voter, texts={"q8": "Other."},
            answers={"q1": ["o3"], "q3": ["o2"], "q4": {"o2": 1}, "q5": ["o1"], "q6": ["o3"], "q7": {"o3": 3},
                     "q8": ["stand_aside"], "q9": "99"},
        )  # fmt: skip
    assert Ballot.objects.filter(choice="99").count() == 12
    assert bodies(poll, people) == one


def test_live_snapshot_has_the_figures_of_each_question() -> None:
    poll = make_survey()
    vote(poll, 0)
    facts = results(str(poll.pk))
    assert [len(one["rows"]) for one in facts["questions"]] == [3, 3, 3, 3, 3, 3, 3, 4, 0]


def test_text_is_not_asked_again_when_a_vote_is_changed_but_a_new_objection_needs_its_reason(client: Client) -> None:
    poll = make_survey(results="after_closing")
    sign_in(client, make_person())
    send(client, poll, **(SENT | {"q8": "agree"}))
    page = client.get(poll.get_absolute_url()).content.decode()
    revision = page.partition('name="replaces" value="')[2].partition('"')[0]
    assert 'id="q10-text"' not in page
    assert send(client, poll, **WITHOUT, **{"q8-reason": "It floods."}, replaces=revision).status_code == 200
    assert papers(poll)["q8"] == '["object"]'
    assert sorted(WaitingRemark.objects.values_list("body", flat=True)) == ["Because of the trees.", "It floods."]


@pytest.mark.parametrize("count", [1, 3])
def test_vote_and_pages_need_the_same_queries_for_one_and_three_questions(client: Client, count: int) -> None:
    poll = make_poll(questions=[{"text": f"Question {number}?"} for number in range(count)])
    sign_in(client, make_person())
    fields = {f"q{number}": "o1" for number in range(1, count + 1)}
    client.get(poll.get_absolute_url())
    asked = []
    for act in (
        lambda: client.get(poll.get_absolute_url()),
        lambda: send(client, poll, **fields),
        lambda: client.get(reverse("polls:results", args=[poll.pk])),
    ):
        with CaptureQueriesContext(connection) as queries:
            assert act().status_code == 200
        asked.append(sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE")) for query in queries))
    assert asked == [6, 8, 9]


def test_page_of_every_kind_has_controls_that_work_without_scripts(client: Client) -> None:
    client.cookies["django_language"] = "en"
    page = client.get(make_survey().get_absolute_url()).content.decode()
    for name in ("q1", "q2", "q3", "q4-o1", "q5-o3", "q6", "q7-o2", "q8", "q8-reason", "q9", "q10"):
        assert f'name="{name}"' in page
    assert (page.count("<fieldset"), page.count("<legend"), page.count("<h1")) == (10, 10, 1)
    assert "Only if you chose “Market” in question 1" in page
    assert Question.objects.count() == 10


def test_shuffled_answers_keep_their_order_within_a_form_and_differ_between_forms(client: Client) -> None:
    options = [f"Answer {number}" for number in range(12)]
    poll = make_poll(options=options, shuffled=True)
    sign_in(client, make_person())

    def order(page: str) -> list[str]:
        return re.findall(r'name="q1" value="(o[0-9]+)"', page)

    pages = [client.get(poll.get_absolute_url()).content.decode() for _ in range(3)]
    assert len({tuple(order(page)) for page in pages}) == 3
    assert sorted(order(pages[0])) == sorted(f"o{number}" for number in range(1, 13))
    key = pages[0].partition('name="form_key" value="')[2].partition('"')[0]
    answer = send(client, poll, form_key=key)
    assert (answer.status_code, order(answer.content.decode())) == (422, order(pages[0]))
