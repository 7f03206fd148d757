"""Every page of every room, as people see it: headers, nothing inline, one heading, honest addresses."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.permissions.places import ask
from tests.permissions.world import World
from tests.safety.pages import Page, addresses, admin_addresses, body_of, is_html, read_all

pytestmark = pytest.mark.django_db
EXTENSIONS = {
    "application/json": ".json", "text/csv": ".csv", "image/svg+xml": ".svg", "application/atom+xml": ".xml",
    "application/vnd.oai.openapi": ".yaml", "application/vnd.oai.openapi+json": ".json", "text/plain": ".txt",
    "application/zip": ".zip", "application/x-ndjson": ".jsonl",
}  # fmt: skip
# Rows of the interface answer in JSON under plain addresses, as REST does; health checks by custom.
PLAIN = ("api:", "pages:health", "pages:ready", "mfa_download_recovery_codes")
FRAGMENTS = {
    "consultations:sheet", "consultations:clause_comments", "polls:results_live", "jobs:progress",
}  # fmt: skip
ERRORS = ["/nowhere/", "/api/v1/nowhere", "/polls/999999/", "/live/nobody.7.json", "/inbox/unsubscribe/nobody/"]


@pytest.fixture(scope="module")
def answers(closed_world: World, browsers: dict[str, Client]) -> dict[tuple[str, str], Any]:
    """Every address as anonymous, moderator and organiser see it, errors included."""
    found = {}
    for role in ("anonymous", "moderator", "organiser"):
        found |= {(role, name): answer for name, answer in read_all(closed_world, browsers[role]).items()}
    for url in ERRORS:
        found["anonymous", url] = browsers["anonymous"].get(url)
    found["anonymous", "400"] = browsers["anonymous"].post("/language/", {"x": "1"}, HTTP_HOST="elsewhere.example")
    found["anonymous", "403"] = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "a@example.org"})
    for name in ("polls:vote", "consultations:clause", "forums:reply", "moderation:flag", "consultations:whole"):
        found["organiser", f"POST {name}"] = ask(closed_world, browsers["organiser"], "POST", name)
    for answer in found.values():
        answer.text_ = body_of(answer)
    return found


def test_every_answer_carries_the_headers(answers):
    wrong = {}
    for key, answer in answers.items():
        policy = answer.get("Content-Security-Policy", "")
        ok = "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
        ok = ok and answer.get("X-Content-Type-Options") == "nosniff" and answer.get("Referrer-Policy") == "same-origin"
        if not ok or answer.get("X-Frame-Options") != "DENY":
            wrong[key] = dict(answer.headers)
    assert wrong == {}


def test_no_page_has_anything_inline(answers):
    pages = {key: Page(answer.text_) for key, answer in answers.items() if is_html(answer) or ".svg" in key[1]}
    assert {key: page.dangers() for key, page in pages.items() if page.dangers()} == {}
    assert len(pages) > 150


def test_every_page_has_one_first_heading(answers):
    pages = {key: answer for key, answer in answers.items() if is_html(answer) and key[1] not in FRAGMENTS}
    found = {key: Page(answer.text_).count("h1") for key, answer in pages.items() if answer.text_}
    assert {key: count for key, count in found.items() if count != 1} == {}


def test_no_answer_is_a_server_error(answers):
    assert [key for key, answer in answers.items() if answer.status_code >= 500] == []


def test_what_is_no_page_says_so_in_its_address(closed_world, answers):
    urls = addresses(closed_world)
    wrong = {}
    for (role, name), answer in answers.items():
        kind = answer.get("Content-Type", "").partition(";")[0]
        if name in urls and kind and kind != "text/html" and answer.status_code == 200 and not name.startswith(PLAIN):
            ending = EXTENSIONS.get(kind, "?")
            if not urls[name].endswith(ending):
                wrong[role, name] = (kind, urls[name])
    assert wrong == {}


def test_operators_pages_work_under_the_policy(closed_world: World, client: Client):
    client.force_login(User.objects.create_superuser("root@example.org"))
    for url in admin_addresses():
        answer = client.get(url)
        assert answer.status_code in (200, 302, 403), url
        policy = answer.get("Content-Security-Policy", "")
        assert "unsafe" not in policy, url
        assert "frame-ancestors 'none'" in policy, url
        assert Page(body_of(answer)).dangers() == [], url
    assert len(admin_addresses()) > 15


def test_operators_see_no_ballots(closed_world: World, client: Client):
    client.force_login(User.objects.create_superuser("root@example.org"))
    urls = " ".join(admin_addresses())
    assert not [word for word in ("ballot", "rollentry", "vote", "spending", "citation") if f"/{word}/" in urls]
    page = body_of(client.get(reverse("admin:polls_poll_change", args=[closed_world.it.poll.pk])))
    assert "released" not in page
    assert "pending" not in page


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_link_of_an_anonymous_reader_is_broken(closed_world: World, language: str):
    client = Client()
    client.cookies["django_language"] = language
    seen: dict[str, int] = {}
    waiting = ["/"]
    while waiting:
        url = waiting.pop()
        answer: Any = client.get(url, follow=True)
        seen[url] = answer.status_code
        if not is_html(answer) or len(seen) > 400:
            continue
        for link in Page(body_of(answer)).links():
            link = link.partition("#")[0]
            plain = link.startswith("/") and not link.startswith(("//", "/static/", "/account/"))
            if plain and "?" not in link and link not in seen and link not in waiting:
                waiting.append(link)
    assert {url: status for url, status in seen.items() if status >= 400} == {}
    assert len(seen) > 25
