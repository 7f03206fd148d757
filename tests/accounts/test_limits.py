"""Rate limits: a hall full of people behind one address takes part, one visitor with many addresses does not flood."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.actions import address_of, spend
from accounts.adapter import AccountAdapter
from accounts.rules import TooMany
from consultations.models import Comment
from forums.models import Post
from moderation.models import Flag
from polls.models import RollEntry
from tests.factories import make_comment, make_consultation, make_person
from tests.forums.factories import make_board, make_thread
from tests.polls.factories import make_poll

pytestmark = pytest.mark.django_db

HALL = 60  # honest people behind one address, all at once


@pytest.fixture(autouse=True)
def _fresh_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def visitor(**meta: str) -> Any:
    request = RequestFactory().post("/", **meta)
    request.person = None
    return request


def test_a_hall_of_visitors_votes() -> None:
    poll = make_poll(level=0)
    for _ in range(HALL):
        assert Client().post(reverse("polls:vote", args=[poll.pk]), {"q1": "o1"}).status_code == 200
    assert RollEntry.objects.count() == HALL


def test_a_hall_of_visitors_comments() -> None:
    consultation = make_consultation()
    path = reverse("consultations:whole", args=[consultation.slug])
    for number in range(HALL):
        form = {"body": f"Halte nomor {number} perlu atap.", "stance": "support", "form_key": f"form-key-{number:08}"}
        assert Client().post(path, form).status_code == 302
    assert Comment.objects.count() == HALL


def test_a_hall_of_visitors_reports_and_answers() -> None:
    comment = make_comment(make_consultation())
    thread = make_thread(make_board())
    for number in range(HALL):
        report = reverse("moderation:flag", args=["comment", comment.pk])
        assert Client().post(report, {"reason": "spam", "note": ""}).status_code == 302
        answer = reverse("forums:reply", args=[thread.board.consultation.slug, thread.pk])
        assert Client().post(answer, {"body": f"Saya nomor {number} juga begitu."}).status_code in (302, 303)
    assert (Flag.objects.count(), Post.objects.filter(author__user=None).count()) == (HALL, HALL)


def test_a_hall_signs_up_and_asks_for_codes() -> None:
    for number in range(HALL):
        make_person(email=f"hall{number}@example.org")
        form = {"email": f"new{number}@example.org", "name": f"Warga {number}", "consent": "on"}
        assert Client().post(reverse("account_signup"), form).status_code == 302
        asked = Client().post(reverse("account_request_login_code"), {"email": f"hall{number}@example.org"})
        assert asked.status_code == 302


def test_people_behind_a_proxy_are_not_one_address_to_the_sign_in(settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1
    path = reverse("account_login")
    wrong = {"login": "nobody@example.org", "password": "not-this-one"}
    statuses = {
        Client(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=f"36.68.1.{number}")
        .post(path, wrong | {"login": f"nobody{number}@example.org"})
        .status_code
        for number in range(200)
    }
    assert statuses == {200}


@pytest.mark.parametrize("trusted", [0, 1])
def test_a_forged_header_is_not_another_address(settings: Any, trusted: int) -> None:
    settings.TRUSTED_PROXIES = trusted
    added = ", 36.68.1.1" if trusted else ""
    requests = [visitor(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=f"1.2.3.{number}{added}") for number in range(100)]
    assert len({address_of(request) for request in requests}) == 1
    assert len({AccountAdapter().get_client_ip(request) for request in requests}) == 1
    for request in requests[:3]:
        spend(key="test", request=request, limit=3, seconds=3600)
    with pytest.raises(TooMany):
        spend(key="test", request=requests[50], limit=3, seconds=3600)


def test_addresses_of_one_subscriber_count_as_one() -> None:
    for number in range(3):
        spend(key="six", request=visitor(REMOTE_ADDR=f"2001:db8:1:2::{number + 1:x}"), limit=3, seconds=3600)
    with pytest.raises(TooMany):
        spend(key="six", request=visitor(REMOTE_ADDR="2001:db8:1:2:ffff::1"), limit=3, seconds=3600)
    spend(key="six", request=visitor(REMOTE_ADDR="2001:db8:1:3::1"), limit=3, seconds=3600)
    assert address_of(visitor(REMOTE_ADDR="::ffff:36.68.1.1")) == "36.68.1.1"


def test_wrong_passwords_are_still_counted_after_a_flood_of_other_addresses() -> None:
    person = make_person(email="siti@example.org")
    assert person.user is not None
    person.user.set_password("a long true password")
    person.user.save()
    path = reverse("account_login")
    for number in range(6):
        Client(REMOTE_ADDR=f"36.68.2.{number}").post(path, {"login": "siti@example.org", "password": "wrong"})
    for number in range(1000):
        cache.set(f"somebody-else-{number}", [1.0], 300)
    form = {"login": "siti@example.org", "password": "a long true password"}
    assert Client(REMOTE_ADDR="36.68.3.1").post(path, form).status_code == 200  # refused, not let in
