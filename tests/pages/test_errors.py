"""Errors say what happened and what to do, and lose nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.rules import TooMany
from pages import errors, health
from tests.factories import make_person, sign_in

pytestmark = pytest.mark.django_db


def test_unknown_address_offers_search(client):
    answer = client.get("/no/such/page/")
    assert answer.status_code == 404
    assert reverse("pages:search") in answer.content.decode()


def test_form_without_token_keeps_what_was_typed():
    client = Client(enforce_csrf_checks=True)
    sign_in(client, make_person("Lama"))
    answer = client.post(reverse("accounts:profile"), {"name": "<b>Nama baru</b>", "password": "rahasia"})
    text = answer.content.decode()
    assert answer.status_code == 403
    assert "&lt;b&gt;Nama baru&lt;/b&gt;" in text
    assert "rahasia" not in text


def test_too_many_names_the_wait(client, settings, monkeypatch):
    def refuse(*_args, **_options):
        raise TooMany(42)

    monkeypatch.setattr("pages.views.open_now", refuse)
    answer = client.get(reverse("pages:home"))
    assert (answer.status_code, answer["Retry-After"]) == (429, "42")
    assert "42" in answer.content.decode()


def test_server_error_stands_without_database(rf, django_db_blocker):
    with django_db_blocker.block():
        answer = errors.server_error(rf.get("/"))
    assert answer.status_code == 500
    assert "Terjadi gangguan" in answer.content.decode()


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413])
def test_every_error_has_a_title_and_a_way_on(rf, status):
    request = rf.get("/")
    request.person = None
    text = errors.page(request, status).content.decode()
    assert text.count("<h1>") == 1
    assert f'href="{reverse("pages:home")}"' in text


def test_health_and_readiness(client):
    assert client.get(reverse("pages:health")).json() == {"status": "ok"}
    answer = client.get(reverse("pages:ready"))
    assert answer.json() == {"status": "ok", "database": True, "layer": True, "migrations": True}
    assert "no-store" in answer["Cache-Control"]


def test_not_ready_without_database(client, monkeypatch):
    monkeypatch.setattr(health, "database_answers", lambda: False)
    answer = client.get(reverse("pages:ready"))
    assert (answer.status_code, answer.json()["status"]) == (503, "unavailable")


@pytest.mark.parametrize("name", ["help", "accessibility", "privacy", "robots"])
def test_pages_answer_in_both_languages(client, name):
    for language in ("id", "en"):
        answer = client.get(reverse(f"pages:{name}"), headers={"accept-language": language})
        assert answer.status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        {"name": "x" * (2 * 1024 * 1024)},
        {f"field{number}": "x" for number in range(2000)},
        {f"file{number}": SimpleUploadedFile("a.txt", b"x") for number in range(200)},
    ],
    ids=["long", "many fields", "many files"],
)
@pytest.mark.parametrize("checked", [False, True])
def test_what_is_too_large_gets_a_page_that_says_so(sent, checked):
    client = sign_in(Client(enforce_csrf_checks=checked), make_person("Lama"))
    answer = client.post(reverse("accounts:profile"), sent)
    text = answer.content.decode()
    assert (answer.status_code, text.count("<h1>")) == (413, 1)
    assert f'href="{reverse("pages:home")}"' in text
