"""Quorum and majority: chosen with their base, frozen, told as met or not on page, in interface, table and package."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from polls.actions import close_polls, read_result, use_code
from polls.models import Poll
from polls.promises import rules_in_words
from polls.requirements import unwise
from tests.factories import make_consultation, make_organisation, make_person, sign_in
from tests.polls.factories import cast, close, make_poll, make_roll
from tests.polls.test_preparing import form

pytestmark = pytest.mark.django_db
BOTH = {
    "quorum": {"share": "50/100", "of": "roll"},
    "majority": {"share": "2/3", "of": "cast", "more": False},
}


@pytest.fixture
def organiser(client: Client) -> Any:
    organisation = make_organisation()
    sign_in(client, make_person(role="organiser", organisation=organisation))
    client.cookies["django_language"] = "en"
    return organisation


def voted(votes: str, size: int = 30, **fields: Any) -> Poll:
    """A closed poll of a list in which `votes` (numbers of options) were cast."""
    poll = make_poll(**{"electorate": "invited", "mode": "confidential", "requirements": BOTH} | fields)
    for code, option in zip(make_roll(poll, size), votes, strict=False):
        person = make_person(guest=True)
        use_code(poll=poll, code=code, person=person)
        cast(poll, f"o{option}", person=person)
    close(poll)
    close_polls()
    return Poll.objects.get(pk=poll.pk)


def test_wizard_keeps_both_and_shows_them_again(client: Client, organiser: Any) -> None:
    consultation = make_consultation(organiser)
    chosen = {"quorum": "50", "quorum_of": "roll", "majority": "two-thirds", "majority_of": "cast"}
    client.post(reverse("polls:create", args=[consultation.slug]), form(electorate="invited", **chosen))
    poll = Poll.objects.get()
    assert poll.requirements == BOTH
    with translation.override("en"):
        assert rules_in_words(poll)[4:6] == [
            "Quorum: the result holds only if at least 50 of a hundred on the electoral roll vote.",
            "Who wins must be chosen by at least two thirds of all ballots, empty ones too.",
        ]
    page = client.get(reverse("polls:edit", args=[poll.pk])).content.decode()
    assert ('value="50"' in page, '<option value="two-thirds" selected' in page) == (True, True)
    draft = client.get(poll.get_absolute_url()).content.decode()
    assert "those who are against can win by staying away" in draft


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"quorum": "20", "quorum_of": "roll"}, "quorum_of"),
        ({"quorum": "101", "quorum_of": "roll", "fixes_roll": "on"}, "quorum"),
        ({"quorum": "0"}, "quorum"),
        ({"majority": "half", "majority_of": "roll"}, "majority_of"),
        ({"majority": "nearly all"}, "majority"),
    ],
)
def test_what_no_roll_can_hold_is_refused(client: Client, organiser: Any, changes: dict[str, str], field: str) -> None:
    answer = client.post(reverse("polls:create", args=[make_consultation(organiser).slug]), form(**changes))
    assert (answer.status_code, f'href="#id_{field}"' in answer.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("votes", "quorum", "majority"),
    [
        ("1" * 12 + "2" * 3, "The quorum is met: 15 voted, 15 were needed.", "The majority is reached: 12 votes, 10"),
        ("1" * 9 + "2" * 5, "The quorum is not met, so the result does not hold: 14 voted, 15 were needed.",
         "The majority is not reached, so nothing is decided: 9 votes, 10"),
    ],
)  # fmt: skip
def test_met_or_not_stands_on_page_in_table_interface_and_package(
    client: Client, votes: str, quorum: str, majority: str
) -> None:
    client.cookies["django_language"] = "en"
    poll = voted(votes)
    page = client.get(reverse("polls:results", args=[poll.pk])).content.decode()
    assert (quorum in page, majority in page, f"{len(votes)} of 30 on the electoral roll voted" in page) == (
        True, True, True,
    )  # fmt: skip
    table = client.get(reverse("polls:results_csv", args=[poll.pk])).content.decode()
    met = "met" if len(votes) == 15 else "not met"
    assert f"quorum,{met},has,{len(votes)},needs,15" in table
    assert "places on the roll,30" in table
    told = client.get(f"/api/v1/polls/{poll.pk}/result/").json()
    (question,) = told["questions"]
    package = json.loads(bytes(poll.package.get(name="result.json").content))["questions"]["q1"]["requirements"]
    assert {
        one["name"]: {key: one[key] for key in ("has", "needs", "met")} for one in question["requirements"]
    } == package
    assert told["roll_size"] == 30
    assert json.loads(poll.rules)["requirements"] == BOTH


def test_few_ballots_show_the_decision_only() -> None:
    poll = voted("111112222", requirements={"majority": {"share": "1/2", "of": "valid", "more": True}})
    (one,) = read_result(poll).questions[0].requirements
    assert (one.met, one.has, one.needs) == (True, None, None)
    assert not any(number in one.sentence for number in "459")


def test_nothing_is_said_before_closing() -> None:
    poll = make_poll(requirements={"quorum": {"share": "1", "of": "ballots"}})
    cast(poll, "o1")
    assert read_result(poll).questions[0].requirements == []


def test_unwise_choices_are_told() -> None:
    asked = {"quorum": {"share": "60/100", "of": "roll"}, "majority": {"share": "1/2", "of": "roll", "more": True}}
    assert len(unwise(make_poll(electorate="invited", requirements=asked))) == 4
    too_many = {"quorum": {"share": "40", "of": "ballots"}}
    assert len(unwise(make_poll(electorate="invited", roll_size=30, requirements=too_many))) == 2
    assert unwise(make_poll()) == []
