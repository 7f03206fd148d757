"""A poll of several kinds of questions: answered with scripts and without, by touch and by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

POLL = "Dana lingkungan untuk halte Koridor 3"


def open_poll(visitor: Visitor) -> Page:
    page = visitor.go("/polls/")
    page.get_by_role("link", name=POLL).click()
    expect(page.locator("#vote")).to_be_visible()
    return page


def test_scripts_add_up_hide_what_is_not_asked_and_ask_for_the_reason(visit: Visit) -> None:
    citizen = visit("resident")
    citizen.awaits(422)
    page = open_poll(citizen)
    expect(page.locator("#q6")).to_be_hidden()
    expect(page.locator("[data-reason]")).to_be_hidden()
    page.get_by_label("Parkir sepeda di Terminal Karangjati").check()
    page.get_by_label("Papan kedatangan bus di lima halte").check()
    expect(page.locator("[data-budget-total]")).to_contain_text("135.000.000")
    page.locator("#q3 [data-step='1']").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#q3 input").first).to_have_value("2")
    page.locator("#q4 input[value=object]").check()
    expect(page.locator("#q6")).to_be_visible()
    citizen.press("Kirim suara")
    expect(page.locator("[role=alert]").first).to_contain_text("Pertanyaan 4")
    expect(page.get_by_label("Parkir sepeda di Terminal Karangjati")).to_be_checked()
    expect(page.locator("#q3 input").first).to_have_value("2")
    page.locator("#q4-reason").fill("Halte terlalu sempit untuk lapak.")
    citizen.press("Kirim suara")
    expect(page.locator(".receipt__code")).to_have_count(5)


def test_survey_is_answered_without_javascript(visit: Visit) -> None:
    citizen = visit("citizen", javascript=False)
    page = open_poll(citizen)
    expect(page.locator("#q6")).to_contain_text("Hanya bila Anda memilih")
    page.get_by_label("Saluran air di Jalan Kenanga").check()
    page.get_by_label("Tidak menghalangi").check()
    page.locator("#q5-number").fill("7")
    citizen.press("Kirim suara")
    expect(page.locator(".receipt__code")).to_have_count(5)
