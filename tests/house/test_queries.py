"""Lists and written texts of every room: how many queries they take for somebody signed in, session included."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import make_comment, make_consultation, make_person, sign_in
from tests.forums.factories import fill, make_board, make_post, make_thread
from tests.moderation.factories import make_flagged
from tests.polls.factories import make_poll

pytestmark = pytest.mark.django_db
LISTS = 8
TEXTS = 11


def count(act) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert act().status_code in (200, 302)
    return len([query for query in queries if "SAVEPOINT" not in query["sql"]])


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("role", ["", "moderator", "organiser"])
def test_lists_take_at_most_eight_queries_for_people_with_and_without_roles(client, role, number):
    board = make_board()
    organisation = board.consultation.organisation
    for _ in range(number):
        make_thread(board, tags=["shade", "market"])
        make_poll(board.consultation)
        make_comment(make_consultation(organisation))
    sign_in(client, make_person(role=role, organisation=organisation) if role else make_person())
    pages = [
        reverse("consultations:list"),
        reverse("polls:list"),
        reverse("forums:board", args=[board.consultation.slug]),
        reverse("moderation:log"),
    ]
    assert {page: found for page in pages if (found := count(lambda page=page: client.get(page))) > LISTS} == {}


@pytest.mark.parametrize("number", [1, 3])
def test_queue_takes_at_most_eight_queries_for_texts_of_one_kind(client, number):
    thread = make_thread()
    for _ in range(number):
        make_flagged(make_post(thread))
    sign_in(client, make_person(role="moderator", organisation=thread.board.space.organisation))
    client.get(reverse("moderation:queue"))  # kinds of texts are read once in a process
    assert count(lambda: client.get(reverse("moderation:queue"))) <= LISTS


def test_reply_takes_few_queries(client):
    thread = make_thread()
    fill(thread, 3, make_person())
    sign_in(client, make_person())
    path = reverse("forums:reply", args=[thread.board.consultation.slug, thread.pk])
    words = {"body": "The stop should be nearer to the school, because children walk along the road."}
    assert count(lambda: client.post(path, words)) <= TEXTS
