"""The page of a poll and the form that sends a vote: what works, and what hostile or stale forms get."""

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Participant
from polls.models import Ballot, Poll, Remark, RollEntry, WaitingRemark
from tests.factories import make_consultation, make_person, sign_in
from tests.polls.factories import cast, close, make_poll

pytestmark = pytest.mark.django_db
RECEIPT = re.compile(r'class="receipt__code">([0-9A-F-]{19})<')


def hidden_fields(client: Client, poll: Poll) -> dict[str, str]:
    page = client.get(poll.get_absolute_url()).content.decode()
    return dict(re.findall(r'<input type="hidden" name="(form_key|replaces)" value="([^"]*)"', page))


def send(client: Client, poll: Poll, /, **fields: Any) -> Any:
    return client.post(reverse("polls:vote", args=[poll.pk]), fields)


def voter(client: Client, **fields: Any) -> Participant:
    person = make_person(**fields)
    sign_in(client, person)
    return person


def test_vote_by_the_form_of_the_page_gives_a_receipt(client: Client) -> None:
    poll = make_poll(mode="confidential")
    voter(client)
    answer = send(client, poll, q1="o2", **hidden_fields(client, poll))
    assert answer.status_code == 200
    assert RECEIPT.search(answer.content.decode())
    assert answer["Cache-Control"].count("no-store") == 1
    assert json.loads(Ballot.objects.get().choice) == ["o2"]


def test_same_form_again_shows_the_same_receipt(client: Client) -> None:
    poll = make_poll()
    voter(client)
    fields = hidden_fields(client, poll)
    codes = {RECEIPT.findall(send(client, poll, q1="o2", **fields).content.decode())[0] for _ in range(3)}
    assert (len(codes), Ballot.objects.count()) == (1, 1)


def test_same_form_of_a_visitor_without_session_is_one_guest(client: Client) -> None:
    poll = make_poll(level=0)
    fields = hidden_fields(client, poll)
    codes = {RECEIPT.findall(send(Client(), poll, q1="o2", **fields).content.decode())[0] for _ in range(2)}
    assert (len(codes), Ballot.objects.count(), Participant.objects.filter(user=None).count()) == (1, 1, 1)


def test_vote_is_changed_by_a_fresh_form(client: Client) -> None:
    poll = make_poll(mode="confidential")
    voter(client)
    send(client, poll, q1="o1", **hidden_fields(client, poll))
    page = client.get(poll.get_absolute_url()).content.decode()
    assert ("Send changed vote" in page or "Kirim" in page, " checked" in page) == (True, False)
    send(client, poll, q1="o3", **hidden_fields(client, poll))
    assert [json.loads(ballot.choice) for ballot in Ballot.objects.all()] == [["o3"]]


def test_stale_form_gets_409_and_keeps_what_was_chosen(client: Client) -> None:
    poll = make_poll()
    person = voter(client)
    fields = hidden_fields(client, poll)
    cast(poll, "o1", person=person)
    answer = send(client, poll, q1="o2", **fields)
    assert answer.status_code == 409
    assert 'value="o2" checked' in answer.content.decode()
    assert json.loads(Ballot.objects.get().choice) == ["o1"]


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("single", {}),
        ("single", {"q1": "o9"}),
        ("single", {"q1": ["o1", "o2"]}),
        ("single", {"q1": "x" * 100_000}),
        ("single", {"q1": "o1\x00"}),
        ("single", {"q1": "o1", "form_key": "x" * 65}),
        ("single", {"q1": "o1", "form_key": "<script>alert(1)</script>"}),
        ("single", {"q1": "o1", "replaces": "y" * 5000}),
        ("single", {"q1": "o1", "remark": "z" * 2001}),
        ("single", {"q1-o1": "1"}),
        ("several", {"q1": ["o1", "o2", "o3"]}),
        ("several", {"q1": ["o1", "o1"]}),
        ("several", {"q1": ["o1"] * 900}),
        ("ranking", {"q1": "o1"}),
        ("ranking", {"q1-o1": "1", "q1-o2": "1"}),
        ("ranking", {"q1-o1": "4"}),
        ("ranking", {"q1-o1": "0"}),
        ("ranking", {"q1-o1": "-1"}),
        ("ranking", {"q1-o1": "١"}),
        ("ranking", {"q1-o1": "first"}),
        ("ranking", {"q1-o1": "1", "q1-o9": "2"}),
    ],
)
def test_hostile_form_gets_422_with_a_reason(client: Client, kind: str, fields: dict[str, Any]) -> None:
    poll = make_poll(kind=kind, max_choices=2, asks_remark=True)
    voter(client)
    answer = send(client, poll, **fields)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert (Ballot.objects.count(), RollEntry.objects.count(), Poll.objects.get().ballot_count) == (0, 0, 0)


def test_ranking_is_sent_by_numbers_with_gaps_closed(client: Client) -> None:
    poll = make_poll(kind="ranking")
    voter(client)
    fields = {"q1-o1": "3", "q1-o2": "", "q1-o3": "1"}
    assert send(client, poll, **fields, **hidden_fields(client, poll)).status_code == 200
    assert json.loads(Ballot.objects.get().choice) == ["o3", "o1"]


def test_wrong_ranking_keeps_its_numbers(client: Client) -> None:
    poll = make_poll(kind="ranking")
    voter(client)
    page = send(client, poll, **{"q1-o1": "2", "q1-o2": "2"}).content.decode()
    assert page.count('<option value="2" selected>') == 2


def test_more_fields_than_the_form_has_change_nothing(client: Client) -> None:
    poll, other = make_poll(mode="confidential"), make_person()
    voter(client)
    send(client, poll, q1="o1", voter=other.pk, person=other.pk, pseudonym="x", poll=99, ballot_count=50, weight=9)
    assert (Ballot.objects.get().question.poll, Poll.objects.get().ballot_count) == (poll, 1)
    assert RollEntry.objects.filter(voter=other).count() == 0


def test_get_of_the_sending_address_changes_nothing(client: Client) -> None:
    poll = make_poll()
    voter(client)
    answer = client.get(reverse("polls:vote", args=[poll.pk]), {"q1": "o1"})
    assert (answer.status_code, answer.url, Ballot.objects.count()) == (302, poll.get_absolute_url(), 0)


def test_vote_without_token_is_refused() -> None:
    client, poll = Client(enforce_csrf_checks=True), make_poll()
    voter(client)
    assert (send(client, poll, q1="o1").status_code, Ballot.objects.count()) == (403, 0)


def test_visitor_chooses_first_signs_in_and_finds_the_choice_again(client: Client) -> None:
    poll = make_poll(level=1, asks_remark=True)
    answer = send(client, poll, q1="o2", remark="Because of the shade.", **hidden_fields(client, poll))
    assert answer.status_code == 302
    assert parse_qs(urlsplit(answer.url).query) == {"next": [poll.get_absolute_url()]}
    assert (Ballot.objects.count(), Participant.objects.count()) == (0, 0)
    voter(client)
    page = client.get(poll.get_absolute_url()).content.decode()
    assert ('value="o2" checked' in page, "Because of the shade." in page) == (True, True)
    done = send(client, poll, q1="o2", **hidden_fields(client, poll))
    assert RECEIPT.search(done.content.decode())
    assert 'value="o2" checked' not in client.get(poll.get_absolute_url()).content.decode()


def test_kept_choice_ends_after_30_minutes(client: Client) -> None:
    poll = make_poll(level=1)
    answer = send(client, poll, q1="o2")
    cookie = answer.cookies[f"vote-{poll.pk}"]
    assert (cookie["max-age"], cookie["httponly"], cookie["path"]) == (1800, True, poll.get_absolute_url())


def test_wrong_choice_of_a_visitor_is_told_before_signing_in(client: Client) -> None:
    assert send(client, make_poll(level=1), q1="o9").status_code == 422


def test_person_of_too_low_a_level_is_told_what_is_missing(client: Client) -> None:
    poll = make_poll(level=5)
    voter(client, level=1)
    assert (send(client, poll, q1="o1").status_code, Ballot.objects.count()) == (409, 0)


@pytest.mark.parametrize("state", ["planned", "closed"])
def test_vote_outside_the_time_is_told(client: Client, state: str) -> None:
    poll = make_poll(state=state)
    voter(client)
    assert (client.get(poll.get_absolute_url()).status_code, send(client, poll, q1="o1").status_code) == (200, 409)
    assert Ballot.objects.count() == 0


def test_remark_of_an_open_poll_waits_for_a_moderator(client: Client) -> None:
    poll = make_poll(asks_remark=True)
    person = voter(client)
    send(client, poll, q1="o1", remark="The **shade** of the trees.")
    remark = Remark.objects.get()
    assert (remark.author, remark.is_shown) == (person, False)
    assert remark.html == "<p>The <strong>shade</strong> of the trees.</p>"


def test_remark_of_a_confidential_poll_waits_unnamed_and_is_dated_by_the_day(client: Client) -> None:
    from polls.actions import close_polls

    poll = make_poll(asks_remark=True, mode="confidential")
    voter(client)
    send(client, poll, q1="o1", remark="The shade of the trees.")
    assert (Remark.objects.count(), WaitingRemark.objects.get().author) == (0, None)
    close(poll)
    close_polls()
    remark = Remark.objects.get()
    local = remark.created_at.astimezone()
    assert (remark.author, remark.is_shown, WaitingRemark.objects.count()) == (None, False, 0)
    assert (local.minute, local.second, local.microsecond) == (0, 0, 0)
    assert remark.held_at == remark.created_at


def test_page_says_who_can_see_the_vote_and_what_is_not_protected(client: Client) -> None:
    client.cookies["django_language"] = "en"
    page = client.get(make_poll(mode="confidential").get_absolute_url()).content.decode()
    assert "whoever runs the server could find out; then the link is destroyed." in page
    assert "What this does not protect against" in page
    page = client.get(make_poll(mode="open").get_absolute_url()).content.decode()
    assert "your name stands beside your vote" in page


def test_controls_are_real_and_the_page_has_one_heading(client: Client) -> None:
    for kind, control in (("single", 'type="radio"'), ("several", 'type="checkbox"'), ("ranking", "<select")):
        page = client.get(make_poll(kind=kind, max_choices=2).get_absolute_url()).content.decode()
        assert (page.count(control), page.count("<h1")) == (3, 1)
        assert re.findall(r"\sstyle=|\son[a-z]+=|<script>", page) == []


@pytest.mark.parametrize("count", [1, 3])
def test_list_needs_the_same_queries_for_one_and_three(
    client: Client, count: int, django_assert_num_queries: Any
) -> None:
    consultation = make_consultation()
    for _ in range(count):
        make_poll(consultation)
    address = reverse("polls:list")
    client.get(address)
    with django_assert_num_queries(3):
        assert client.get(address).content.decode().count('class="row"') == count


def test_list_is_narrowed_by_state_and_says_when_it_is_empty(client: Client) -> None:
    make_poll()
    make_poll(state="closed")
    make_poll(state="draft")
    counts = {
        state: client.get(reverse("polls:list"), {"state": state}).content.decode().count('class="row"')
        for state in ("", "open", "closed", "nonsense")
    }
    assert counts == {"": 2, "open": 1, "closed": 1, "nonsense": 2}


def test_empty_list_says_so(client: Client) -> None:
    assert 'class="empty"' in client.get(reverse("polls:list")).content.decode()


@pytest.mark.parametrize("mode", ["open", "confidential", "detached"])
def test_vote_post_asks_eight_times_from_session_to_receipt(client: Client, mode: str) -> None:
    poll = make_poll(mode=mode)
    voter(client)
    fields = hidden_fields(client, poll)
    with CaptureQueriesContext(connection) as asked:
        assert send(client, poll, q1="o1", **fields).status_code == 200
    tables = [
        re.search(r'(?:FROM|INTO|UPDATE) "(\w+)"', query["sql"])[1]
        for query in asked
        if not re.match("BEGIN|COMMIT|SAVEPOINT|RELEASE", query["sql"])
    ]
    assert tables == [
        "django_session",
        "accounts_membership",  # whether there are any: part of the query that reads account and person
        "polls_poll",
        "polls_question",
        "polls_rollentry",
        "polls_pendingpaper" if poll.is_detached else "polls_ballot",
        "polls_poll",
        "realtime_topicversion",
    ]
