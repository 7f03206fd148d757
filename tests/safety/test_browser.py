"""A real browser reads pages full of hostile texts, without the policy that would stop scripts: nothing fires."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, sync_playwright

from tests.factories import sign_in
from tests.needs import CHROMIUM
from tests.permissions.world import World, make_world
from tests.safety.payloads import CLASSICS, corpus, plant

pytestmark = [pytest.mark.browser, pytest.mark.realdata]
PAGES = [
    "/", "/consultations/", "/consultations/clauses/{clause.pk}/", "/consultations/bus/draft/", "/forums/bus/",
    "/consultations/bus/draft/{document.pk}/{new_version.number}/changes/", "/forums/bus/{talk.pk}/",
    "/polls/{open_poll.pk}/", "/polls/{live_poll.pk}/results/", "/polls/{open_poll.pk}/ledger/", "/polls/new/bus/",
    "/opinions/{conversation.pk}/statements/",
    "/summaries/bus/", "/search/?q=alert", "/moderation/", "/moderation/log/", "/consultations/bus/",
]  # fmt: skip
FIRES = "window.alert = window.prompt = window.confirm = window.print = () => { console.log('FIRED') }"
TOUCH = """document.querySelectorAll('*').forEach(one =>
    ['mouseover', 'pointerenter', 'focus', 'toggle', 'load'].forEach(kind => one.dispatchEvent(new Event(kind))))"""


@pytest.fixture
def world(live_server: Any) -> World:
    """Pages with payloads in every field, and a person who has every role in that office."""
    world = make_world("closed")
    moderator, organiser = world.people["moderator"], world.people["organiser"]
    organiser.user.memberships.create(organisation=world.it.office, role="moderator")
    assert moderator is not None
    return world


@pytest.fixture
def context(world: World, live_server: Any) -> Iterator[BrowserContext]:
    """Chromium, signed in as the organiser. It ignores the policy, so that texts are harmless by themselves."""
    cookie = sign_in(Client(), world.people["organiser"]).cookies["sessionid"].value
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(bypass_csp=True)
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        context.add_init_script(FIRES)
        yield context
        browser.close()


@pytest.fixture(autouse=True)
def _threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Playwright keeps a loop in this thread, which Django takes for a mistake."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def test_no_text_fires_in_a_browser(world: World, context: BrowserContext, live_server: Any, realdata: Path):
    payloads = CLASSICS + corpus(realdata, 30)
    it = plant(world, payloads)
    fired: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: fired.append(page.url) if message.text == "FIRED" else None)
    page.route("**/control/", lambda route: route.fulfill(body="<p>".join(payloads), content_type="text/html"))
    page.goto(f"{live_server.url}/control/", wait_until="load")
    page.wait_for_function("document.readyState === 'complete'")
    assert fired, "the control page did not fire"
    fired.clear()
    for pattern in PAGES:
        answer = page.goto(live_server.url + pattern.format(**vars(it)), wait_until="load")
        assert answer is not None
        assert answer.status == 200, pattern
        page.evaluate(TOUCH)
    assert fired == []
