"""Nothing that somebody wrote or was called is left in any table after their account was deleted."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import Participant
from moderation.actions import flag
from tests.factories import make_comment, make_consultation, make_person, sign_in
from tests.forums.factories import make_board, make_post, make_thread
from tests.polls.factories import cast, make_poll

pytestmark = pytest.mark.django_db
MARK = "Zanzibar"


def traces() -> list[str]:
    """Tables in which the mark stands."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            if any(MARK.lower() in str(row).lower() for row in cursor.fetchall()):
                found.append(table)
    return sorted(found)


def test_no_trace_of_an_erased_person_is_left() -> None:
    cache.clear()
    person = make_person(f"{MARK} Siti", email=f"{MARK}@example.org".lower())
    consultation = make_consultation()
    comment = make_comment(consultation, author=person, body=f"{MARK} has no bus stop at all.")
    make_comment(consultation, parent=comment, body="I think so too.")
    thread = make_thread(make_board(), author=person, title=f"{MARK} market")
    make_post(thread, author=person, body=f"{MARK} needs a market.")
    make_post(thread, body="Yes.")
    cast(make_poll(asks_remark=True), "o1", person=person, remark=f"Because of {MARK}.")
    flag(item=make_comment(consultation), person=person, reason="spam", note=f"{MARK} again")
    assert len(traces()) > 4
    client = sign_in(Client(), person)
    assert client.post(reverse("accounts:erase"), {"word": "DELETE"}).status_code == 302
    assert traces() == []
    assert Participant.objects.get(pk=person.pk).name == ""
