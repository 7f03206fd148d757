"""Pages of conversations: voting without an account, writing, lists, organisers' forms, and what goes wrong."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Participant
from moderation.models import Case
from opinions.models import Conversation, Statement, Vote
from tests.factories import make_consultation, make_person, sign_in
from tests.opinions.factories import make_conversation, make_statement, make_votes

pytestmark = pytest.mark.django_db
KEY = "k" * 20


def send(client, conversation, number, value, **data):
    address = reverse("opinions:vote", args=[conversation.pk])
    return client.post(address, {"number": number, "value": value, "form_key": KEY} | data)


def test_visitor_votes_and_gets_the_next_statement(client):
    conversation = make_conversation(statements=3)
    page = client.get(conversation.get_absolute_url()).content.decode()
    first = conversation.statements.get(number=1)
    assert page.count("<h1") == 1
    assert page.count(first.body) == 1
    answer = send(client, conversation, 1, "1")
    assert (answer.status_code, answer.url) == (302, f"/opinions/{conversation.pk}/?after=1")
    guest = Participant.objects.get(user=None)
    vote = Vote.objects.get()
    assert (vote.person, vote.statement, vote.value) == (guest, first, 1)
    page = client.get(answer.url).content.decode()
    assert conversation.statements.get(number=2).body in page
    assert first.body not in page
    conversation.refresh_from_db()
    assert conversation.voter_count == 1


def test_all_answered_says_so(client):
    conversation = make_conversation(statements=2)
    send(client, conversation, 1, "1")
    send(client, conversation, 2, "0")
    client.cookies["django_language"] = "en"
    page = client.get(conversation.get_absolute_url()).content.decode()
    assert "You have answered all statements" in page
    assert "There are 2 statements so far." in page


def test_statement_with_fewest_answers_is_asked_first(client):
    conversation = make_conversation(statements=3)
    make_votes(conversation.statements.get(number=1), 1, 1)
    make_votes(conversation.statements.get(number=2), 1)
    assert client.get(conversation.get_absolute_url()).context["statement"].number == 3


def test_own_statement_is_not_asked(client):
    person = make_person()
    conversation = make_conversation(statements=0)
    make_statement(conversation, author=person)
    other = make_statement(conversation)
    context = sign_in(client, person).get(conversation.get_absolute_url()).context
    assert (context["statement"], context["total"]) == (other, 1)


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"number": "1", "value": "2"}, 400),
        ({"number": "1", "value": ""}, 400),
        ({"number": "x", "value": "1"}, 400),
        ({"number": "9" * 30, "value": "1"}, 400),
        ({"number": "99", "value": "1"}, 409),
        ({"number": "1", "value": "1", "form_key": "<script>"}, 400),
        ({"number": "1\x00", "value": "1"}, 400),
    ],
)
def test_bad_vote_changes_nothing_and_says_why(client, data, status):
    conversation = make_conversation(statements=1)
    answer = client.post(reverse("opinions:vote", args=[conversation.pk]), data)
    assert answer.status_code == status
    assert answer.context["problem"]
    assert Vote.objects.count() == 0
    assert Participant.objects.filter(user=None).count() == 0


@pytest.mark.parametrize("phase", ["draft", "deliberation", "closed", "answered"])
def test_vote_outside_the_open_phase_is_refused(client, phase):
    conversation = make_conversation(make_consultation(phase=phase), statements=1)
    assert send(client, conversation, 1, "1").status_code == 409
    assert Vote.objects.count() == 0


def test_hidden_statement_cannot_be_voted_on(client):
    conversation = make_conversation(statements=1)
    conversation.statements.update(hidden_at=conversation.created_at)
    answer = send(client, conversation, 1, "1")
    assert (answer.status_code, Vote.objects.count()) == (409, 0)


def test_vote_by_get_is_refused(client):
    conversation = make_conversation(statements=1)
    assert client.get(reverse("opinions:vote", args=[conversation.pk])).status_code == 405


def test_the_same_form_of_a_visitor_makes_one_guest(client):
    conversation = make_conversation(statements=2)
    send(client, conversation, 1, "1")
    client.cookies.clear()
    send(client, conversation, 1, "1")
    assert (Participant.objects.filter(user=None).count(), Vote.objects.count()) == (1, 1)


def test_answer_is_changed_on_the_page_of_the_statement(client):
    person = make_person()
    conversation = make_conversation(statements=1)
    sign_in(client, person)
    send(client, conversation, 1, "1")
    answer = send(client, conversation, 1, "-1", stay="1")
    one = conversation.statements.get()
    assert answer.url == one.get_absolute_url()
    assert (one.agree_count, one.disagree_count, one.pass_count) == (0, 1, 0)
    client.cookies["django_language"] = "en"
    page = client.get(answer.url).content.decode()
    assert "1 person answered: 0 (0 %) agree, 1 (100 %) disagree, 0 (0 %) pass." in page


def test_guest_writes_and_it_is_held(client):
    conversation = make_conversation(statements=1)
    body = "  The bus should\nalso run on Sundays. "
    answer = client.post(reverse("opinions:write", args=[conversation.pk]), {"body": body, "form_key": KEY})
    one = Statement.objects.get(number=2)
    assert answer.url == one.get_absolute_url()
    assert (one.body, one.is_shown) == ("The bus should also run on Sundays.", False)
    assert Case.objects.get().item == one
    assert client.get(answer.url).status_code == 200
    client.cookies.clear()
    assert client.get(answer.url).status_code == 404


def test_person_writes_and_it_is_shown_and_once(client):
    person = make_person()
    conversation = make_conversation(statements=0)
    sign_in(client, person)
    for _ in range(2):
        client.post(reverse("opinions:write", args=[conversation.pk]), {"body": "The bus should run on Sundays."})
    one = Statement.objects.get()
    assert (one.author, one.number, one.is_shown) == (person, 1, True)


def test_what_somebody_said_already_is_shown_instead(client):
    conversation = make_conversation(statements=0)
    other = make_statement(conversation, body="The bus should run on Sundays.")
    sign_in(client, make_person())
    answer = client.post(reverse("opinions:write", args=[conversation.pk]), {"body": "the BUS should run on sundays."})
    assert (answer.status_code, answer.context["same"]) == (400, other)
    assert Statement.objects.count() == 1


@pytest.mark.parametrize("body", ["", "short", "x" * 281, "   \n  ", "\u202e" * 20])
def test_bad_statement_is_kept_and_refused(client, body):
    conversation = make_conversation(statements=0)
    sign_in(client, make_person())
    answer = client.post(reverse("opinions:write", args=[conversation.pk]), {"body": body})
    assert (answer.status_code, Statement.objects.count()) == (400, 0)
    assert answer.context["form"].data["body"] == body
    assert answer.context["form"].errors["body"]


def test_list_shows_counts_orders_and_hides(client):
    conversation = make_conversation(statements=3)
    one, two, three = conversation.statements.all()
    make_votes(one, 1, 1, -1)
    make_votes(two, -1, -1, -1, 0)
    Statement.objects.filter(pk=three.pk).update(hidden_at=conversation.created_at)
    address = reverse("opinions:statements", args=[conversation.pk])
    orders = {order: [row.number for row, _ in client.get(address, {"order": order}).context["rows"]]
              for order in ("answers", "agree", "disagree", "divided", "newest", "'; DROP")}  # fmt: skip
    assert orders == {
        "answers": [2, 1], "agree": [1, 2], "disagree": [2, 1], "divided": [1, 2], "newest": [2, 1], "'; DROP": [2, 1],
    }  # fmt: skip
    client.cookies["django_language"] = "en"
    page = client.get(address).content.decode()
    assert "Of 3 people who answered, 2 (67 %) agree, 1 (33 %) disagree and 0 (0 %) pass." in page
    assert three.body not in page


def test_list_has_twenty_a_page_and_an_empty_state(client):
    conversation = make_conversation(statements=21)
    address = reverse("opinions:statements", args=[conversation.pk])
    assert [len(client.get(address, {"page": page}).context["rows"]) for page in ("1", "2", "zzz")] == [20, 1, 20]
    empty = make_conversation(statements=0)
    client.cookies["django_language"] = "en"
    assert "No statements yet" in client.get(reverse("opinions:statements", args=[empty.pk])).content.decode()


@pytest.mark.parametrize("name", ["opinions:conversation", "opinions:statements"])
def test_query_count_does_not_grow(client, name):
    counts = []
    for statements in (1, 3):
        conversation = make_conversation(statements=statements)
        for one in conversation.statements.all():
            make_votes(one, 1, 0)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse(name, args=[conversation.pk]))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 8


def test_organiser_prepares_and_publishes(client):
    consultation = make_consultation()
    person = make_person(role="organiser", organisation=consultation.organisation)
    sign_in(client, person)
    answer = client.post(
        reverse("opinions:create", args=[consultation.slug]),
        {"question": "What should change?", "seeds": "The bus is late.\n\n The bus is dear. \n"},
    )
    conversation = Conversation.objects.get()
    assert answer.url == conversation.get_absolute_url()
    assert [one.body for one in conversation.statements.all()] == ["The bus is late.", "The bus is dear."]
    assert (conversation.state, conversation.last_number) == ("draft", 2)
    assert client.get(answer.url).status_code == 200
    assert send(client, conversation, 1, "1").status_code == 409
    client.post(reverse("opinions:publish", args=[conversation.pk]))
    conversation.refresh_from_db()
    assert conversation.state == "open"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("seeds", "only one"),
        ("seeds", "same\nSAME"),
        ("seeds", "x" * 281 + "\nsecond"),
        ("seeds", "\n".join(f"seed {n}" for n in range(101))),
        ("question", ""),
        ("question", "q" * 241),
        ("closes_at", "2020-01-01T00:00"),
        ("opens_at", "tomorrow"),
    ],
)
def test_bad_conversation_is_refused_and_kept(client, field, value):
    consultation = make_consultation()
    sign_in(client, make_person(role="organiser", organisation=consultation.organisation))
    data = {"question": "What?", "seeds": "One thing.\nTwo things.", "opens_at": "2026-01-01T00:00"} | {field: value}
    answer = client.post(reverse("opinions:create", args=[consultation.slug]), data)
    assert (answer.status_code, Conversation.objects.count()) == (400, 0)
    assert field in answer.context["form"].errors
    assert answer.context["form"].data[field] == value
