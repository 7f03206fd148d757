"""Who may open which page of moderation."""

import pytest
from django.test import Client
from django.urls import reverse

from forums.models import Post
from moderation.models import Case, Decision
from tests.factories import make_person, sign_in
from tests.moderation.factories import make_flagged, make_held, make_moderator

pytestmark = pytest.mark.django_db
PAGES = [("queue", False), ("case", True)]
POSTS = [("start", False), ("bulk", False), ("claim", True), ("decide", True)]


def address(name: str, case: Case, with_case: bool) -> str:
    return reverse(f"moderation:{name}", args=[case.pk] if with_case else [])


@pytest.mark.parametrize(("name", "with_case"), PAGES + POSTS)
def test_visitors_are_asked_to_sign_in(client, name, with_case):
    url = address(name, make_flagged(), with_case)
    answer = client.get(url) if (name, with_case) in PAGES else client.post(url, {"outcome": "approve"})
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize(("name", "with_case"), PAGES + POSTS)
@pytest.mark.parametrize("role", ["", "organiser", "analyst", "auditor"])
def test_other_roles_are_refused(client, name, with_case, role):
    case = make_flagged()
    sign_in(client, make_person(roles={case.space.organisation: [role]} if role else None))
    url = address(name, case, with_case)
    answer = client.get(url) if (name, with_case) in PAGES else client.post(url, {"outcome": "approve"})
    assert answer.status_code == 403
    assert (Decision.objects.count(), Case.objects.get().claimed_by) == (0, None)


@pytest.mark.parametrize("name", ["case", "claim", "decide"])
def test_moderators_of_others_find_nothing(client, name):
    case = make_flagged()
    sign_in(client, make_person(role="moderator"))
    url = address(name, case, True)
    answer = client.get(url) if name == "case" else client.post(url, {"outcome": "approve"})
    assert answer.status_code == 404


@pytest.mark.parametrize(("name", "with_case"), POSTS)
def test_changes_are_refused_by_get(client, name, with_case):
    case = make_flagged()
    sign_in(client, make_moderator(case))
    assert client.get(address(name, case, with_case)).status_code == 405


def test_author_cannot_decide_even_as_a_moderator(client):
    case = make_flagged()
    moderator = make_moderator(case)
    Case.objects.update(author=moderator)
    Post.objects.filter(pk=case.object_id).update(author=moderator)
    sign_in(client, moderator)
    answer = client.post(address("decide", case, True), {"outcome": "approve"})
    assert (answer.status_code, Decision.objects.count()) == (403, 0)


def test_hidden_text_cannot_be_reported_by_strangers(client):
    case = make_held()
    assert client.get(reverse("moderation:flag", args=["post", case.object_id])).status_code == 404


def test_unknown_kinds_cannot_be_reported(client):
    for kind in ("user", "participant", "case", "nothing"):
        assert client.get(reverse("moderation:flag", args=[kind, 1])).status_code == 404


def test_posting_needs_a_form_token(client):
    case = make_flagged()
    strict = Client(enforce_csrf_checks=True)
    sign_in(strict, make_moderator(case))
    assert strict.post(address("decide", case, True), {"outcome": "approve"}).status_code == 403
    assert Case.objects.get().closed_at is None
