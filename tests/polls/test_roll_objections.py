"""Objections to a roll: by those with an account or a code, answered once with a reason, counted without names."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from moderation.models import AuditEntry
from polls.actions import answer_objection, close_polls, object_to_roll, publish_poll
from polls.models import Elector, Poll, RollObjection
from polls.privacy import export
from polls.rules import PollFrozen, RollRefused
from tests.factories import make_consultation, make_organisation, make_person, sign_in
from tests.polls.factories import close, make_poll, make_roll

pytestmark = pytest.mark.django_db
TEXT = {"objection-text": "House 13 is missing."}


def planned(**fields: Any) -> Poll:
    soon = timezone.now() + timedelta(hours=5)
    return make_poll(**{"state": "planned", "electorate": "invited", "level": 3, "objections_until": soon} | fields)


def browser(person: Any = None) -> Client:
    client = sign_in(Client(), person) if person else Client()
    client.cookies["django_language"] = "en"
    return client


def test_objection_is_made_answered_and_read_by_its_author_alone() -> None:
    organisation = make_organisation()
    poll = planned(consultation=make_consultation(organisation))
    author, organiser = make_person(), make_person(role="organiser", organisation=organisation)
    page, path = reverse("polls:may_vote", args=[poll.pk]), reverse("polls:roll_object", args=[poll.pk])
    assert "Is somebody missing on the roll?" in browser().get(poll.get_absolute_url()).content.decode()
    assert "organisers have your objection" in browser(author).post(path, TEXT, follow=True).content.decode()
    objection = RollObjection.objects.get()
    answers = reverse("polls:roll_answer", args=[poll.pk])
    office = browser(organiser)
    incomplete = office.post(answers, {"objection": objection.pk, "accepted": "no"})
    assert (incomplete.status_code, TEXT["objection-text"] in incomplete.content.decode()) == (422, True)
    sent = {"objection": objection.pk, "accepted": "no", "reason": "It is empty since May."}
    assert office.post(answers, sent).status_code == 302
    again = office.post(answers, sent | {"accepted": "yes"})
    assert (again.status_code, "answered already" in again.content.decode()) == (422, True)
    seen = [
        "It is empty since May." in browser(person).get(page).content.decode()
        for person in (author, make_person(), None)
    ]
    assert seen == [True, False, False]
    assert "Objections to the roll: 1, accepted 0, refused 1." in browser().get(page).content.decode()
    told = {"poll": poll.title, "text": TEXT["objection-text"], "accepted": False, "reason": "It is empty since May."}
    assert export(author)["roll_objections"] == [told]
    entry = AuditEntry.objects.get(verb="poll.objection")
    assert (entry.facts, "empty" in str(entry.facts)) == ({"objection": objection.pk, "accepted": False}, False)


def test_without_an_account_a_code_is_needed_and_not_used_up() -> None:
    poll = planned()
    code = make_roll(poll)[0]
    path = reverse("polls:roll_object", args=[poll.pk])
    refused = browser().post(path, TEXT)
    assert (refused.status_code, TEXT["objection-text"] in refused.content.decode()) == (422, True)
    assert "Please sign in, or enter your code." in refused.content.decode()
    assert browser().post(path, TEXT | {"objection-code": code}).status_code == 302
    assert (RollObjection.objects.count(), Elector.objects.exclude(voter=None).count()) == (1, 0)
    client = browser(make_person())
    assert [client.post(path, TEXT).status_code for _ in range(4)] == [302, 302, 302, 429]


@pytest.mark.parametrize("poll", [{"objections_until": None}, {"state": "open"}, {"published_at": None}])
def test_objections_have_their_time(poll: dict[str, Any]) -> None:
    past = {"objections_until": timezone.now() - timedelta(days=2)} if poll.get("state") == "open" else {}
    with pytest.raises(RollRefused):
        object_to_roll(poll=planned(**poll | past), person=make_person(), text="Sari is missing.")


def test_accepted_objection_puts_an_account_on_the_roll_until_the_poll_opens() -> None:
    poll = planned(electorate="everyone", level=4, fixes_roll=True, published_at=None)
    for _ in range(3):
        make_person(level=4)
    poll = publish_poll(poll=poll)
    author = make_person()
    objection, late = (object_to_roll(poll=poll, person=author, text="I am missing.") for _ in range(2))
    answer_objection(objection=objection, accepted=True, reason="Yes.", person=None)
    assert (Elector.objects.filter(voter=author).count(), Poll.objects.get().roll_size) == (1, 4)
    Poll.objects.update(opens_at=timezone.now(), objections_until=None)
    with pytest.raises(PollFrozen):
        answer_objection(objection=late, accepted=True, reason="Too late.", person=None)
    close(poll)
    close_polls()
    assert set(RollObjection.objects.values_list("author", "text", "reason")) == {(None, "", "")}
