"""Who gets which answer at the addresses and topics of this room, in every state of a poll; `tests/permissions` names
them all."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from polls.models import Poll
from polls.urls import urlpatterns
from realtime.snapshots import may_listen
from tests.factories import make_consultation, make_organisation, make_person, sign_in
from tests.polls.factories import make_poll

pytestmark = pytest.mark.django_db
ROLES = ["anonymous", "citizen", "moderator", "analyst", "auditor", "staff", "stranger", "organiser"]
STATES = ["draft", "planned", "open", "closed"]
# Of a poll with hidden results: answers to everybody but organisers, in the order of STATES, and to organisers.
GET = {
    "list": ([200, 200, 200, 200], [200, 200, 200, 200]),
    "poll": ([404, 200, 200, 200], [200, 200, 200, 200]),
    "vote": ([404, 302, 302, 302], [302, 302, 302, 302]),
    "results": ([404, 403, 403, 200], [403, 403, 403, 200]),
    "results_live": ([404, 403, 403, 200], [403, 403, 403, 200]),
    "results_csv": ([404, 403, 403, 200], [403, 403, 403, 200]),
    "receipts_csv": ([404, 403, 403, 200], [403, 403, 403, 200]),
    "ledger": ([404, 200, 200, 200], [200, 200, 200, 200]),
    "ledger_lines": ([404, 200, 200, 200], [200, 200, 200, 200]),
    "package_zip": ([404, 404, 404, 404], [404, 404, 404, 404]),
    "package_file": ([404, 404, 404, 404], [404, 404, 404, 404]),
    "asides": ([404, 200, 200, 200], [200, 200, 200, 200]),
    "decide_aside": ([405, 405, 405, 405], [405, 405, 405, 405]),
    "qr": ([404, 200, 200, 200], [200, 200, 200, 200]),
    "edit": ([404, 403, 403, 403], [200, 200, 302, 302]),
    "correct": ([404, 403, 403, 403], [302, 302, 200, 302]),
    "create": ([403, 403, 403, 403], [200, 200, 200, 200]),
    "publish": ([405, 405, 405, 405], [405, 405, 405, 405]),
    "roll": ([404, 403, 403, 403], [200, 200, 200, 200]),
    "roll_strike": ([405, 405, 405, 405], [405, 405, 405, 405]),
    "roll_answer": ([405, 405, 405, 405], [405, 405, 405, 405]),
    "roll_object": ([405, 405, 405, 405], [405, 405, 405, 405]),
    "slips": ([405, 405, 405, 405], [405, 405, 405, 405]),
    "code": ([404, 200, 200, 200], [200, 200, 200, 200]),
    "may_vote": ([404, 200, 200, 200], [200, 200, 200, 200]),
}
POST = {
    "poll": ([405, 405, 405, 405], [405, 405, 405, 405]),
    "edit": ([404, 403, 403, 403], [422, 422, 302, 302]),
    "correct": ([404, 403, 403, 403], [302, 302, 422, 302]),
    "create": ([403, 403, 403, 403], [422, 422, 422, 422]),
    "publish": ([404, 403, 403, 403], [302, 302, 302, 302]),
    "results": ([405, 405, 405, 405], [405, 405, 405, 405]),
    "asides": ([404, 403, 403, 403], [422, 422, 422, 422]),
    "decide_aside": ([404, 403, 403, 403], [404, 404, 404, 404]),
    "roll": ([404, 403, 403, 403], [422, 422, 422, 422]),
    "roll_strike": ([404, 403, 403, 403], [404, 404, 404, 404]),
    "roll_answer": ([404, 403, 403, 403], [404, 404, 404, 404]),
    "roll_object": ([404, 422, 422, 422], [422, 422, 422, 422]),
    "slips": ([404, 403, 403, 403], [302, 302, 302, 302]),
}


def address(name: str, poll: Poll) -> str:
    if name == "list":
        return reverse("polls:list")
    if name == "package_file":
        return reverse("polls:package_file", args=[poll.pk, "result.json"])
    if name == "decide_aside":
        return reverse("polls:decide_aside", args=[poll.pk, 1])
    return reverse(f"polls:{name}", args=[poll.consultation.slug if name == "create" else poll.pk])


def person_as(role: str, organisation: Any) -> Any:
    if role == "anonymous":
        return None
    if role == "stranger":
        return make_person(role="organiser", organisation=make_organisation())
    if role in ("citizen", "staff"):
        return make_person(staff=role == "staff")
    return make_person(role=role, organisation=organisation)


def status(client: Client, method: str, path: str) -> int:
    return int(getattr(client, method)(path).status_code)


def test_every_address_of_the_table_exists() -> None:
    """That none is missing is asked by `tests/permissions`, which has every address of every room."""
    assert set(GET) - {pattern.name for pattern in urlpatterns} == set()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("method", "table"), [("get", GET), ("post", POST)])
def test_answers_are_those_of_the_table(client: Client, role: str, method: str, table: dict[str, Any]) -> None:
    organisation = make_organisation()
    consultation = make_consultation(organisation)
    person = person_as(role, organisation)
    if person:
        sign_in(client, person)
    found, wanted = {}, {}
    for name, (others, organisers) in table.items():
        wanted[name] = organisers if role == "organiser" else others
        if role == "auditor" and "aside" in name:
            wanted[name] = [others[0], *organisers[1:]]  # drafts are the organisers'
        found[name] = [
            status(client, method, address(name, make_poll(consultation, state=state, results="after_closing")))
            for state in STATES
        ]
    assert found == wanted


@pytest.mark.parametrize("role", ROLES)
def test_polls_of_unpublished_consultations_are_seen_by_organisers_only(client: Client, role: str) -> None:
    organisation = make_organisation()
    poll = make_poll(make_consultation(organisation, published=False), state="closed")
    person = person_as(role, organisation)
    if person:
        sign_in(client, person)
    own = role == "organiser"
    assert status(client, "get", poll.get_absolute_url()) == (200 if own else 404)
    assert status(client, "get", reverse("polls:results", args=[poll.pk])) == (403 if own else 404)
    assert (may_listen(person, poll.topic), may_listen(person, poll.results_topic)) == (own, False)


@pytest.mark.parametrize("role", ROLES)
def test_topics_follow_the_rules_of_the_pages(role: str) -> None:
    organisation = make_organisation()
    consultation = make_consultation(organisation)
    person = person_as(role, organisation)
    heard = {}
    for state in STATES:
        hidden = make_poll(consultation, state=state, results="after_closing")
        live = make_poll(consultation, state=state, results="live")
        topics = (hidden.topic, hidden.results_topic, live.results_topic)
        heard[state] = [may_listen(person, topic) for topic in topics]
    assert heard == {
        "draft": [role == "organiser", False, False],
        "planned": [True, False, False],
        "open": [True, False, True],
        "closed": [True, True, True],
    }


@pytest.mark.parametrize("key", ["poll.0", "poll.x", "poll.-1", "poll.99999999999999999999", "poll.results.x", "poll."])
def test_topics_that_mean_nothing_are_refused(key: str) -> None:
    assert not may_listen(None, key)


def test_ballots_have_no_page_for_operators(client: Client) -> None:
    from django.contrib import admin

    names = {model.__name__ for model in admin.site._registry if model._meta.app_label == "polls"}
    assert names == {"Poll"}
