"""Forged requests: no form without its token, no change by GET, no field that the form does not have."""

import hashlib
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from accounts.models import Participant, User
from consultations.models import Comment, Consultation
from forums.models import Post, Thread
from moderation.models import Decision
from opinions.models import Conversation, Statement
from polls.models import Poll
from summaries.models import ThemeDecision
from tests.factories import make_consultation, make_document, make_person, sign_in
from tests.permissions import tables
from tests.permissions.places import SENT, address, value_of
from tests.permissions.world import World

pytestmark = pytest.mark.django_db
POSTED = [name for room in tables.ROOMS for name, method in tables.read(room) if method == "POST"]
READ = [name for room in tables.ROOMS for name, method in tables.read(room) if method == "GET"]
# Two preferences of a browser, and links of a mail program whose signature is the permission.
WITHOUT_TOKEN = {"pages:language", "pages:theme", "notifications:unsubscribe", "notifications:stop"}
COUNTED = {"sessions.Session", "accounts.Spending"}
FORGED = {
    "is_staff": "on", "is_superuser": "on", "is_active": "on", "status": "approved", "author": "1", "person": "1",
    "owner": "1", "user": "1", "level": "5", "published_at": "2001-01-01 00:00", "hidden_at": "2001-01-01 00:00",
    "held_at": "", "created_at": "2001-01-01 00:00", "support_count": "99", "agree_count": "99", "id": "1", "pk": "1",
    "space": "1", "moderator": "1", "decided_by": "1", "origin": "forged", "receipt": "AAAA-AAAA-AAAA", "html": "<b>x",
    "pinned_at": "2001-01-01 00:00", "ballot_count": "99", "number_of": "99", "listed_at": "2001-01-01 00:00",
}  # fmt: skip


def digest() -> dict[str, str]:
    """A hash of all rows of each table, but sessions and counters of rate limits."""
    found = {}
    for model in apps.get_models():
        if model._meta.label not in COUNTED and model._meta.managed:
            rows = sorted(map(repr, model._base_manager.values_list()))
            found[model._meta.label] = f"{len(rows)} {hashlib.sha256(repr(rows).encode()).hexdigest()[:12]}"
    return found


@pytest.mark.parametrize("name", POSTED)
def test_post_without_token_is_refused(closed_world: World, name: str):
    client = Client(enforce_csrf_checks=True)
    sign_in(client, closed_world.people["organiser"])
    data = {key: value_of(closed_world, word) for key, word in SENT.get(name, {}).items()}
    response = client.post(address(closed_world, name), data)
    assert (response.status_code in (403, 404)) != (name in WITHOUT_TOKEN), response.status_code


@pytest.mark.parametrize("role", ["anonymous", "author", "moderator", "organiser"])
def test_reading_changes_no_row(closed_world: World, browsers: dict[str, Client], role: str):
    before = digest()
    for name in READ:
        browsers[role].get(address(closed_world, name))
    browsers[role].head("/")
    assert digest() == before


def test_forged_fields_change_nothing(closed_world: World, browsers: dict[str, Client]):
    """Everything that people can send, sent by an organiser with fields that no form has."""
    organiser: Any = closed_world.people["organiser"]
    for name in POSTED:
        if name in ("account_logout", "accounts:erase", "accounts:profile", "account_email"):
            continue
        data = {key: value_of(closed_world, word) for key, word in SENT.get(name, {}).items()}
        browsers["organiser"].post(address(closed_world, name), FORGED | data)
    person = Participant.objects.select_related("user").get(pk=organiser.pk)
    assert (person.user.is_staff, person.user.is_superuser, person.level) == (False, False, 1)
    assert not User.objects.filter(is_superuser=True).exists()
    for model in (Comment, Post, Statement):
        assert not model.objects.filter(origin="forged").exists()
        assert not model.objects.filter(created_at__year=2001).exists()
    for model in (Consultation, Poll, Conversation):
        assert not model.objects.filter(published_at__year=2001).exists()
    assert not Comment.objects.filter(support_count=99).exists()
    assert not Comment.objects.filter(receipt="AAAA-AAAA-AAAA").exists()
    assert not Thread.objects.filter(pinned_at__year=2001).exists()
    assert not Statement.objects.filter(agree_count=99).exists()
    assert not Poll.objects.filter(ballot_count=99).exists()
    assert set(Decision.objects.values_list("moderator", flat=True)) == {closed_world.people["moderator"].pk}
    assert set(ThemeDecision.objects.values_list("decided_by", flat=True)) == {organiser.pk}


def test_forged_author_of_what_is_written_is_who_sends(client: Client):
    author, other = make_person(), make_person()
    document = make_document(make_consultation())
    clause = document.versions.get().clauses.first()
    forged = FORGED | {"author": str(other.pk), "person": str(other.pk), "hidden_at": "", "stance": "support"}
    sign_in(client, author).post(f"/consultations/clauses/{clause.pk}/", forged | {"body": "Mine."})
    comment = Comment.objects.get(author=author)
    assert (comment.author, comment.hidden_at, comment.held_at, comment.origin) == (author, None, None, "")
    assert (comment.support_count, comment.created_at.year) == (0, timezone.now().year)


def test_profile_takes_name_language_and_area_only(client: Client):
    person = make_person()
    sign_in(client, person).post("/account/", FORGED | {"name": "Sari", "language": "en"})
    person = Participant.objects.select_related("user").get(pk=person.pk)
    assert (person.name, person.level, person.user.is_staff, person.user.is_superuser) == ("Sari", 1, False, False)
