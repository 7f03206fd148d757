"""A resident reads the draft, comments on a clause, replies, supports, and talks in the forum."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

BUS = "/consultations/bus-koridor-3/"


def test_comment_on_a_clause_beside_the_draft(visit: Visit) -> None:
    resident = visit("resident")
    page = resident.go(BUS)
    resident.press("Baca dan komentari rancangan", role="link", within="main .rows")
    page.locator("#article-4 a.clause__count").click()
    sheet = page.locator("dialog[open]")
    expect(sheet.get_by_role("heading").first).to_be_focused()
    sheet.locator("input[name=stance][value=changes]").check()
    sheet.locator("textarea[name=body]").fill("Setuju, asal halte di Pasal 4 juga dekat dengan pasar pagi.")
    sheet.get_by_role("button", name="Kirim komentar").click()
    expect(page.locator("h1")).to_have_text("Komentar Anda telah ditampilkan")
    expect(page.locator(".receipt__code")).to_be_visible()
    resident.press("Kembali ke rancangan", role="link")
    expect(page).to_have_url(re.compile("/draft/.*#"))


def test_sheet_opens_and_closes_by_keyboard(visit: Visit) -> None:
    resident = visit(phone=False)
    page = resident.go(BUS + "draft/")
    button = page.locator("a.clause__count").nth(3)
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("dialog[open] [data-sheet-focus]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(button).to_be_focused()


def test_reply_and_support(visit: Visit) -> None:
    resident = visit("resident")
    page = resident.go(BUS + "draft/")
    page.locator("a.clause__count:not(:has(.number:text-is('0')))").first.click()
    others = page.locator("dialog[open] article.comment:has(button[aria-pressed=false])")
    support = others.first.locator("button[aria-pressed=false]").first
    before = int(support.locator(".number").inner_text())
    support.click()
    pressed = page.locator("button[aria-pressed=true]", has_text=str(before + 1)).first
    expect(pressed).to_contain_text("Anda mendukung ini")
    page.get_by_role("link", name="Balas").first.click()
    page.fill("textarea[name=body]", "Terima kasih. Di kampung kami juga begitu.")
    resident.press("Kirim balasan")
    expect(page.locator(".receipt__code")).to_be_visible()


def test_thread_with_tags_and_a_reply(visit: Visit) -> None:
    resident = visit("resident", phone=False)
    page = resident.go(BUS)
    page.locator("main .rows a[href^='/forums/']").click()
    resident.press("Mulai utas", role="link")
    page.fill("#id_title", "Rambu jadwal untuk tunanetra")
    page.fill("#id_body", "Halte perlu papan jadwal yang dapat diraba dan didengar.")
    page.fill("#id_tags", "halte, aksesibilitas")
    resident.press("Mulai utas ini")
    expect(page.locator("h1")).to_have_text("Kiriman Anda sudah diterima")
    expect(page.locator(".receipt")).to_be_visible()
    resident.press("Lihat di utas", role="link")
    expect(page.locator("h1")).to_have_text("Rambu jadwal untuk tunanetra")
    assert page.locator("a.tag").all_inner_texts() == ["aksesibilitas", "halte"]
    page.fill("#id_body", "Saya bersedia membantu mengujinya.")
    resident.press("Kirim balasan")
    resident.press("Lihat di utas", role="link")
    expect(page.locator("article.post")).to_have_count(2)


def test_new_posts_are_announced_in_an_open_thread(visit: Visit) -> None:
    reader = visit(phone=False)
    page = reader.go("/forums/bus-koridor-3/")
    page.locator(".row h2 a").first.click()
    thread = reader.at()
    posts = page.locator("article.post").count()
    writer = visit("resident")
    writer.go(thread).fill("#id_body", "Apakah ada kabar tentang halte ini?")
    writer.press("Kirim balasan")
    fresh = page.locator("[data-live-refresh]")
    expect(fresh).to_be_visible()
    fresh.click()
    expect(page.locator("article.post")).to_have_count(posts + 1)


def test_guest_comments_without_javascript_and_waits_for_a_moderator(visit: Visit) -> None:
    guest = visit(javascript=False)
    guest.awaits(422)
    guest.awaits(400)
    page = guest.go(BUS + "draft/")
    page.locator("a.clause__count").nth(6).click()
    text = "Mohon jalur landai di setiap halte, ya."
    page.fill("textarea[name=body]", text)
    guest.press("Kirim komentar")  # without a stance: what was typed stays
    expect(page.locator("textarea[name=body]")).to_have_value(text)
    page.locator("input[name=stance][value=support]").check()
    guest.press("Kirim komentar")
    expect(page.locator("h1")).to_have_text("Komentar Anda menunggu moderator")


def test_typed_text_survives_going_away(visit: Visit) -> None:
    resident = visit("resident")
    page = resident.go(BUS + "comments/")
    page.fill("textarea[name=body]", "Belum selesai ditulis")
    page.goto("/")
    page.goto(BUS + "comments/")
    expect(page.locator("textarea[name=body]")).to_have_value("Belum selesai ditulis")
