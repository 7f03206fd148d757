"""A moderator decides by keyboard; the author reads why; the public log names nobody."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

WHOLE = "/consultations/bus-koridor-3/comments/"
RUDE = "Orang yang mengusulkan ini pemalas semua, buang saja ke laut."


def walk_to(page: Page, text: str) -> None:
    """Press j until the row with `text` has the focus."""
    for _row in range(40):
        page.keyboard.press("j")
        if text in page.locator(":focus").inner_text():
            return
    raise AssertionError(f"No row with {text!r} can be reached by keyboard.")


def test_reported_comment_is_hidden_by_keyboard_and_the_author_reads_why(visit: Visit) -> None:
    author = visit("resident")
    page = author.go(WHOLE)
    page.fill("textarea[name=body]", RUDE)
    author.press("Kirim komentar")
    expect(page.locator(".receipt__code")).to_be_visible()
    receipt = author.at()

    citizen = visit("citizen")
    page = citizen.go(WHOLE + "?sort=newest")
    page.locator("article.comment", has_text=RUDE).get_by_role("link", name="Laporkan").first.click()
    page.locator("input[name=reason]").first.check()
    page.locator("main form button").click()
    expect(page.locator("h1")).to_be_visible()

    moderator = visit("moderator", phone=False, language="en")
    page = moderator.go("/moderation/")
    walk_to(page, RUDE)
    page.keyboard.press("o")
    expect(page.locator("article.post")).to_contain_text(RUDE)
    page.keyboard.press("1")
    statement = page.locator("textarea[name=reasons]").input_value()
    assert statement != ""
    page.keyboard.press("h")
    expect(page.locator(".notice--success").first).to_contain_text("hidden")

    page = author.go(receipt)
    expect(page.locator("h1")).to_have_text("Komentar Anda disembunyikan")
    expect(page.locator("dl.facts")).to_contain_text(statement[:40])
    page = author.go("/inbox/")
    notice = page.locator("main li", has_text=re.compile("sembunyi", re.I)).first
    expect(notice).to_be_visible()

    page = visit().go("/moderation/log/")
    newest = page.locator("ol.rows > li").first
    expect(newest).to_contain_text("disembunyikan")
    expect(newest).to_contain_text(statement[:40])
    for name in ("Bagus Prakoso", "Laras Widyaningrum", "Rini Astuti"):
        assert name not in page.locator("main").inner_text()


def test_decision_is_taken_back_by_one_key(visit: Visit) -> None:
    moderator = visit("moderator", phone=False, language="en")
    page = moderator.go("/moderation/")
    waiting = page.locator("[data-queue-row]").count()
    moderator.press("Review the oldest one")
    page.wait_for_url("**/moderation/cases/*/")
    page.keyboard.press("a")
    expect(page.locator("[data-queue-undo]")).to_be_visible()
    page.keyboard.press("u")
    expect(page.locator("[data-queue-undo]")).to_have_count(0)
    moderator.go("/moderation/")
    assert page.locator("[data-queue-row]").count() == waiting


def test_keys_are_off_in_fields(visit: Visit) -> None:
    moderator = visit("moderator", phone=False, language="en")
    page = moderator.go("/moderation/")
    moderator.press("Review the oldest one")
    page.wait_for_url("**/moderation/cases/*/")
    case = moderator.at()
    reasons = page.locator("textarea[name=reasons]")
    reasons.focus()
    page.keyboard.type("aha 1")
    expect(reasons).to_have_value("aha 1")
    assert moderator.at() == case


def test_others_may_not_see_the_queue(visit: Visit) -> None:
    citizen = visit("citizen")
    citizen.awaits(403)
    page = citizen.go("/moderation/")
    expect(page.locator("h1")).to_have_count(1)
    stranger = visit()
    stranger.go("/moderation/")
    assert stranger.at() == "/account/login/"
