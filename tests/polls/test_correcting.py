"""Words of an open poll are put right with a public note; what counts stays as it is."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from moderation.models import AuditEntry
from polls.actions import correct_wording, wordings
from polls.models import Correction, Poll, Question
from polls.rules import CorrectionRefused
from tests.factories import make_consultation, make_organisation, make_person, sign_in
from tests.polls.factories import cast, make_poll
from tests.polls.kinds import make_survey

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser(client: Client) -> Any:
    organisation = make_organisation()
    sign_in(client, make_person(role="organiser", organisation=organisation))
    return organisation


def test_correction_is_shown_to_everybody_and_changes_nothing_that_counts(client: Client, organiser: Any) -> None:
    poll = make_poll(make_consultation(organiser))
    cast(poll, "o2")
    before = Question.objects.values("key", "kind", "rule", "settings", "position").get()
    fields = {"place": "q1-o2", "text": "Park with <b>trees</b>", "note": "The trees were forgotten."}
    client.post(reverse("polls:correct", args=[poll.pk]), fields)
    assert Question.objects.get().options == [
        {"key": "o1", "text": "Market"},
        {"key": "o2", "text": "Park with <b>trees</b>"},
        {"key": "o3", "text": "Parking"},
    ]  # fmt: skip
    assert Question.objects.values("key", "kind", "rule", "settings", "position").get() == before
    for name in ("polls:poll", "polls:results"):
        page = Client().get(reverse(name, args=[poll.pk])).content.decode()
        assert "“Park” → “Park with &lt;b&gt;trees&lt;/b&gt;”" in page
        assert "The trees were forgotten." in page
    assert AuditEntry.objects.filter(verb="poll.correct").count() == 1


def test_title_and_only_question_stay_the_same_words() -> None:
    poll = make_poll()
    person = make_person(role="organiser", organisation=poll.consultation.organisation)
    correct_wording(poll=poll, place="q1", text="What shall the square be?", note="Grammar.", person=person)
    assert (Poll.objects.get().title, Question.objects.get().text) == ("What shall the square be?",) * 2


def test_every_wording_of_a_survey_can_be_corrected() -> None:
    poll = make_survey()
    person = make_person(role="organiser", organisation=poll.consultation.organisation)
    places = wordings(poll)
    for place in places:
        correct_wording(poll=poll, place=place, text=f"New {place}", note="All.", person=person)
    assert wordings(Poll.objects.get()) == {place: f"New {place}" for place in places}
    assert Correction.objects.count() == len(places) == 1 + 10 + 7 * 3


@pytest.mark.parametrize("state", ["draft", "planned", "closed"])
def test_nothing_is_corrected_while_the_poll_is_not_open(client: Client, organiser: Any, state: str) -> None:
    poll = make_poll(make_consultation(organiser), state=state)
    fields = {"place": "q1", "text": "Another?", "note": "Why not."}
    assert client.post(reverse("polls:correct", args=[poll.pk]), fields).status_code == 302
    assert (Poll.objects.get().title, Correction.objects.count()) == (poll.title, 0)


@pytest.mark.parametrize(
    "wrong",
    [{"place": "q9"}, {"place": ""}, {"text": ""}, {"text": "x" * 241}, {"note": ""}, {"note": "x" * 301},
     {"text": "What should the square be?"}],
)  # fmt: skip
def test_wrong_correction_is_told(client: Client, organiser: Any, wrong: dict[str, str]) -> None:
    poll = make_poll(make_consultation(organiser))
    fields = {"place": "q1", "text": "Another?", "note": "Grammar."} | wrong
    answer = client.post(reverse("polls:correct", args=[poll.pk]), fields)
    assert (answer.status_code, Correction.objects.count()) == (422, 0)


def test_others_correct_nothing(client: Client) -> None:
    poll = make_poll()
    sign_in(client, make_person(role="organiser", organisation=make_organisation()))
    fields = {"place": "q1", "text": "Another?", "note": "Grammar."}
    assert client.post(reverse("polls:correct", args=[poll.pk]), fields).status_code == 403
    with pytest.raises(CorrectionRefused):
        correct_wording(poll=poll, person=make_person(), **fields)
