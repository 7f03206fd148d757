"""Practising: every kind of ballot is read and counted before one's eyes, and nothing of it is kept."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Participant
from polls.models import Ballot, Poll
from polls.practice import BOXES, KINDS, OTHERS, box_with

pytestmark = pytest.mark.django_db
SENT: dict[str, dict[str, Any]] = {
    "single": {"q1": "o2"},
    "several": {"q1": ["o1", "o2"]},
    "approval": {"q1": ["o2", "o3", "o4"]},
    "score": {"q1-o1": "0", "q1-o2": "5"},
    "ranking": {"q1-o2": "1", "q1-o3": "2"},
    "budget": {"q1": ["o2", "o4"]},
    "quadratic": {"q1-o2": "4"},
    "consent": {"q1": "agree"},
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_read_counted_and_forgotten(client: Client, kind: str) -> None:
    client.cookies["django_language"] = "en"
    address = reverse("polls:practice", args=[kind])
    assert "See how it is counted" in client.get(address).content.decode()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = client.post(address, SENT[kind]).content.decode()
    assert not [one["sql"] for one in asked if not one["sql"].startswith("SELECT")]
    assert ("This is how your ballot is read" in page, "I agree" in page or "Papaya" in page) == (True, True)
    assert (Poll.objects.count(), Ballot.objects.count(), Participant.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("kind", KINDS)
def test_box_holds_nine_others_and_the_own_ballot(kind: str) -> None:
    assert sum(BOXES[kind].values()) == OTHERS
    first = next(iter(BOXES[kind]))
    assert box_with(kind, first) == {**BOXES[kind], first: BOXES[kind][first] + 1}


def test_what_cannot_be_a_ballot_is_given_back_with_a_reason(client: Client) -> None:
    client.cookies["django_language"] = "en"
    answer = client.post(reverse("polls:practice", args=["ranking"]), {"q1-o1": "1", "q1-o2": "1"})
    assert (answer.status_code, "Two answers have the place 1" in answer.content.decode()) == (422, True)
    assert client.post(reverse("polls:practice", args=["single"]), {"q1": "o99"}).status_code == 422
    assert client.post(reverse("polls:practice", args=["single"]), {}).status_code == 422
    assert client.get(reverse("polls:practice", args=["lottery"])).status_code == 404
    assert client.get(reverse("polls:practice", args=["number"])).status_code == 404
