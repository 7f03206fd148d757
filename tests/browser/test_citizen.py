"""A citizen votes: from home to the receipt, with a second browser that watches; kept choices; without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.site import Site
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

OPEN = "Halte mana yang perlu dibangun lebih dahulu?"  # by name, without an account, result live
SIGNED = "Perbaikan mana yang paling Anda perlukan?"  # confidential, with an account


def figures(page: Page) -> tuple[list[int], int]:
    """The votes of each answer on a result page, and how many are in the box."""
    votes = page.locator("td[data-live-field$='.votes']").all_inner_texts()
    return [int(text) for text in votes], int(page.locator("[data-live-field=cast]").inner_text())


def watch(visit: Visit) -> Visitor:
    """Somebody at a desk with the result of the open poll before them."""
    watcher = visit(phone=False)
    watcher.go("/polls/").get_by_role("link", name=OPEN).click()
    watcher.press("Lihat hasil sementara", role="link")
    return watcher


def to_poll(visitor: Visitor, question: str) -> Page:
    """From home to the poll: one press."""
    visitor.go("/").get_by_role("link", name=question).click()
    expect(visitor.page.locator("#vote")).to_be_visible()
    return visitor.page


def test_vote_from_home_moves_the_tally_in_another_browser(visit: Visit) -> None:
    watcher = watch(visit)
    before, cast = figures(watcher.page)
    assert sum(before) == cast

    citizen = visit()
    page = to_poll(citizen, OPEN)
    address = page.url
    page.get_by_label("RSUD Rejamulya").check()
    citizen.press("Kirim suara")
    expect(page.locator("h1")).to_have_text("Suara Anda sudah masuk kotak")
    code = page.locator(".receipt__code").inner_text()
    assert re.fullmatch(r"[0-9A-Z-]{8,}", code)

    expect(watcher.page.locator("[data-live-field=cast]")).to_have_text(str(cast + 1))
    assert figures(watcher.page) == ([*before[:2], before[2] + 1, *before[3:]], cast + 1)

    page.goto(address)
    page.get_by_label("SMP Negeri 3").check()
    citizen.press("Kirim perubahan suara")
    expect(page.locator("h1")).to_have_text("Perubahan suara Anda sudah masuk kotak")
    expect(page.locator(".receipt__code")).not_to_have_text(code)
    expect(watcher.page.locator("td[data-live-field='questions.0.rows.1.votes']")).to_have_text(str(before[1] + 1))
    assert figures(watcher.page) == ([before[0], before[1] + 1, *before[2:]], cast + 1)


def test_vote_without_connection_is_kept_and_never_shown_as_cast(visit: Visit) -> None:
    citizen = visit()
    page = to_poll(citizen, OPEN)
    citizen.context.set_offline(True)
    page.get_by_label("SMP Negeri 3").check()
    citizen.press("Kirim suara")
    expect(page.locator("[data-offline]")).to_be_visible()
    expect(page.locator(".receipt__code")).to_have_count(0)
    citizen.context.set_offline(False)
    page.reload()
    expect(page.locator("[data-kept]")).to_be_visible()
    expect(page.get_by_label("SMP Negeri 3")).to_be_checked()
    address = page.url
    citizen.press("Kirim suara")
    expect(page.locator(".receipt__code")).to_be_visible()
    page.goto(address)
    expect(page.locator("[data-kept]")).to_be_hidden()
    assert page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('keep:'))") == []


def test_two_presses_on_send_give_one_vote(visit: Visit) -> None:
    watcher = watch(visit)
    before, cast = figures(watcher.page)
    citizen = visit()
    page = to_poll(citizen, OPEN)
    page.get_by_label("Pasar Wetan").check()
    page.locator("button[form=vote]").dblclick()
    expect(page.locator(".receipt__code")).to_be_visible()
    page.go_back()
    page.get_by_label("Pasar Wetan").check()
    page.locator("button[form=vote]").click()
    expect(page.locator("h1")).to_be_visible()
    watcher.page.reload()
    assert figures(watcher.page) == ([before[0] + 1, *before[1:]], cast + 1)


def test_choice_is_kept_while_signing_in_with_an_emailed_code(visit: Visit, site: Site) -> None:
    citizen = visit()
    page = to_poll(citizen, SIGNED)
    poll = citizen.at()
    page.get_by_label("Halte beratap dan terang").check()
    citizen.press("Kirim suara")
    expect(page).to_have_url(re.compile("/account/login/"))
    page.fill("#id_email", "citizen@rembuk.example")
    page.locator("main form button").first.click()
    page.fill("#id_code", site.code_for("citizen@rembuk.example"))
    page.locator("main form button").first.click()
    expect(page).to_have_url(re.compile(poll + "$"))
    expect(page.get_by_label("Halte beratap dan terang")).to_be_checked()
    citizen.press("Kirim suara")
    expect(page.locator(".receipt__code")).to_be_visible()
    page.goto(poll)
    expect(page.get_by_text("Suara itu tidak ditampilkan lagi")).to_be_visible()
    assert page.locator("#vote input:checked").count() == 0


def test_figures_of_a_confidential_poll_move_in_steps(visit: Visit) -> None:
    watcher = visit(phone=False)
    watcher.go("/polls/").get_by_role("link", name=SIGNED).click()
    watcher.press("Lihat hasil sementara", role="link")
    counted = int(watcher.page.locator("[data-live-field=counted]").inner_text())
    assert counted % 10 == 0
    expect(watcher.page.get_by_text("Angka ini tidak mengikuti setiap suara.")).to_be_visible()


def test_empty_vote_says_what_is_missing_and_keeps_the_page(visit: Visit) -> None:
    citizen = visit()
    citizen.awaits(422)
    page = to_poll(citizen, OPEN)
    citizen.press("Kirim suara")
    expect(page.locator("[role=alert]").first).to_be_visible()
    expect(page.locator("#vote")).to_be_visible()


def test_vote_without_javascript(visit: Visit) -> None:
    watcher = watch(visit)
    before, cast = figures(watcher.page)
    citizen = visit(javascript=False)
    page = to_poll(citizen, OPEN)
    page.get_by_label("Terminal Karangjati").check()
    citizen.press("Kirim suara")
    expect(page.locator(".receipt__code")).to_be_visible()
    expect(watcher.page.locator("[data-live-field=cast]")).to_have_text(str(cast + 1))
    assert figures(watcher.page) == ([*before[:4], before[4] + 1], cast + 1)


def test_language_is_switched_on_the_page_and_remembered(visit: Visit) -> None:
    citizen = visit()
    page = citizen.go("/polls/")
    expect(page.locator("html")).to_have_attribute("lang", "id")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_have_text("Polls")
    assert citizen.at() == "/polls/"
    citizen.go("/")
    expect(page.locator("h1")).to_have_text("What is being decided now")
