"""Hostile texts in every field: whatever page shows them, nothing in it can run."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.permissions.places import clients
from tests.permissions.world import World
from tests.safety.pages import Page, body_of, is_html, read_all
from tests.safety.payloads import CLASSICS, corpus, plant

pytestmark = pytest.mark.django_db
LISTS = [
    "/consultations/", "/polls/", "/search/?q=alert", "/search/?q=%3Cscript%3E", "/forums/bus/", "/moderation/",
    "/moderation/log/", "/forums/bus/{talk.pk}/", "/polls/{poll.pk}/results/", "/polls/{live_poll.pk}/results/",
    "/opinions/{conversation.pk}/statements/", "/consultations/clauses/{clause.pk}/", "/consultations/bus/draft/",
    "/consultations/bus/draft/{document.pk}/{new_version.number}/changes/", "/summaries/bus/",
    "/summaries/bus/{build.pk}/contributions/", "/summaries/bus/{build.pk}/", "/polls/{open_poll.pk}/",
    "/consultations/bus/prepare/", "/consultations/bus/text/{document.pk}/", "/polls/{live_poll.pk}/",
]  # fmt: skip
DATA = ["/api/consultations.xml", "/polls/{poll.pk}/results.csv", "/moderation/log.csv", "/polls/{poll.pk}/qr.svg"]
PAGED = 4  # pages of each list, which is 80 payloads


def sources() -> list[Any]:
    return [pytest.param("", id="classics"), pytest.param("corpus", id="corpus", marks=pytest.mark.realdata)]


@pytest.fixture(params=sources())
def planted(request: pytest.FixtureRequest, closed_world: World, realdata: Path) -> World:
    """The world with payloads in every field."""
    plant(closed_world, corpus(realdata, 60) if request.param else CLASSICS)
    return closed_world


def test_parser_finds_what_would_run():
    raw = [one for one in CLASSICS if one.startswith(("<", "'", '"', "]"))]
    assert len([one for one in raw if Page(f'<p title="x">{one}</p>').dangers()]) >= 12


def test_no_page_lets_a_text_run(planted: World):
    browsers: dict[str, Client] = clients(planted)
    wrong: dict[str, list[str]] = {}
    shown = 0
    for pattern in LISTS:
        url = pattern.format(**vars(planted.it))
        role = "moderator" if url.startswith("/moderation") else "organiser"
        for number in range(1, PAGED + 1):
            answer = browsers[role].get(url, {"page": number} if number > 1 else {})
            page = body_of(answer)
            shown += page.count("alert")
            if Page(page).dangers():
                wrong[f"{url} {number}"] = Page(page).dangers()[:3]
            if "page=" not in page:
                break
    assert wrong == {}
    assert shown > 300


def test_pages_of_single_rows_let_no_text_run(closed_world: World):
    planted = closed_world
    plant(planted, CLASSICS)
    browsers = clients(planted)
    wrong: dict[str, list[str]] = {}
    urls = [one.get_absolute_url() for one in planted.it.consultations[:12]]
    for role in ("anonymous", "organiser"):
        answers = {name: answer for name, answer in read_all(planted, browsers[role]).items() if is_html(answer)}
        for name, answer in answers.items():
            if Page(body_of(answer)).dangers():
                wrong[name] = Page(body_of(answer)).dangers()[:3]
        for url in urls:
            page = Page(body_of(browsers[role].get(url)))
            if page.dangers():
                wrong[url] = page.dangers()[:3]
    assert wrong == {}


def test_files_hold_texts_as_texts(planted: World):
    client = clients(planted)["organiser"]
    for pattern in DATA:
        answer = client.get(pattern.format(**vars(planted.it)))
        assert answer.status_code == 200
        if answer["Content-Type"].startswith(("application/atom", "image/svg")):
            assert "<script" not in body_of(answer)
