"""Many at the same moment: one comment for a double press, one support a person, one tag for all spellings."""

import threading

import pytest
from django.db import connection
from django.test import Client

from consultations.actions import ensure_tags
from consultations.models import Comment, Support, Tag
from tests import factories

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
]


def at_once(number, act):
    """Runs `act(index)` in `number` threads that start together; returns what they return."""
    gate, results = threading.Barrier(number), [None] * number

    def run(index):
        gate.wait()
        try:
            results[index] = act(index)
        except Exception as problem:
            results[index] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_same_form_ten_times_at_once_is_one_comment_with_one_receipt():
    clause = factories.make_document().versions.get().clauses.first()
    person = factories.make_person()
    clients = [factories.sign_in(Client(), person) for _ in range(10)]
    data = {"stance": "support", "body": "The stop should stand before the school.", "language": "en"}
    answers = at_once(10, lambda index: clients[index].post(clause.get_absolute_url(), data))
    clause.refresh_from_db()
    assert ({answer.status_code for answer in answers}, len({answer.url for answer in answers})) == ({302}, 1)
    assert (Comment.objects.count(), clause.comment_count) == (1, 1)


def test_support_pressed_ten_times_at_once_counts_once():
    comment = factories.make_comment(clause=factories.make_document().versions.get().clauses.first())
    person = factories.make_person()
    clients = [factories.sign_in(Client(), person) for _ in range(10)]
    path = f"/consultations/comments/{comment.pk}/support/"
    answers = at_once(10, lambda index: clients[index].post(path).status_code)
    comment.refresh_from_db()
    assert (answers, comment.support_count, Support.objects.count()) == ([302] * 10, 1, 1)


def test_sixteen_spellings_at_once_are_one_tag():
    spellings = [
        "Bus kota",
        "bus kota",
        "BUS  KOTA",
        "Bus Kota",
        " bus kota",
        "ＢＵＳ kota",
        "bus KOTA",
        "bUS kOTA",
    ]
    answers = at_once(16, lambda index: ensure_tags(names=[spellings[index % 8]])[0].slug)
    assert (answers, Tag.objects.count()) == (["bus kota"] * 16, 1)
