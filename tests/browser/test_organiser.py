"""An organiser prepares a consultation from nothing, pastes a draft, makes polls and publishes; people take part."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

DRAFT = """# Bab I Ketentuan umum

Pasal 1

(1) Taman bacaan dibuka setiap hari.

(2) Taman bacaan tidak memungut biaya.

Pasal 2

Warga boleh meminjam tiga buku selama dua minggu.
"""


def moment(days: float) -> str:
    """A local time as fields of date and time take it."""
    return f"{datetime.now(ZoneInfo('Asia/Jakarta')) + timedelta(days=days):%Y-%m-%dT%H:%M}"


def fill_facts(organiser: Visitor) -> None:
    page = organiser.page
    page.fill("#id_title", "Taman bacaan kampung")
    page.fill("#id_slug", "taman-bacaan")
    page.fill("#id_question", "Bagaimana taman bacaan sebaiknya dijalankan?")
    page.fill("#id_decided", "Taman bacaan dibuka di balai warga.")
    page.fill("#id_changeable", "Jam buka dan aturan meminjam.")
    page.fill("#id_responsible", "Perpustakaan kota")
    page.fill("#id_answer_due_at", moment(60))


def test_consultation_from_nothing_to_a_hidden_result(visit: Visit) -> None:
    organiser = visit("organiser", phone=False, language="en")
    organiser.awaits(400)
    page = organiser.go("/consultations/new/")
    page.fill("#id_title", "Taman bacaan kampung")
    organiser.press("Save and go on to the dates")  # most is missing; what was typed stays
    expect(page.locator("#id_title")).to_have_value("Taman bacaan kampung")
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    fill_facts(organiser)
    organiser.press("Save and go on to the dates")

    page.fill("#id_phase-0-starts_at", moment(-0.05))
    page.fill("#id_phase-0-ends_at", moment(21))
    page.fill("#id_phase-1-starts_at", moment(21))
    page.fill("#id_phase-1-ends_at", moment(40))
    page.fill("#id_phase-2-starts_at", moment(40))
    organiser.press("Save")
    expect(page.locator("h1")).to_have_text("Prepare")

    organiser.press("Paste a draft", role="link")
    page.fill("#id_title", "Rancangan aturan taman bacaan")
    page.fill("#id_source", DRAFT)
    organiser.press("Show preview")
    expect(page.locator(".draft .clause")).to_have_count(5)
    organiser.press("Save and publish this version")

    organiser.go("/consultations/taman-bacaan/prepare/")
    organiser.press("Publish the consultation")
    expect(page.locator("h1")).to_have_text("Taman bacaan kampung")

    organiser.go("/polls/new/taman-bacaan/")
    page.fill("#id_title", "Kapan taman bacaan dibuka?")
    page.locator("#id_q-0-kind").select_option("ranking")
    page.fill("#id_q-0-options", "Pagi\nSore\nMalam")
    page.locator("input[name=mode][value=confidential]").check()
    page.locator("input[name=results][value=after_closing]").check()
    page.locator("#id_level").select_option("0")
    page.fill("#id_opens_at", moment(-0.01))
    page.fill("#id_closes_at", moment(20))
    organiser.press("Keep the draft and read its rules")
    expect(page.locator("h1")).to_have_text("Kapan taman bacaan dibuka?")
    poll = organiser.at()
    page.locator("input[name=read]").check()
    organiser.press("Publish this poll")
    rank_and_find_no_result(visit, poll)
    vote_by_slip(visit, organiser)


def vote_by_slip(visit: Visit, organiser: Visitor) -> None:
    """A poll by list: ten houses, slips; a neighbour scans one, whose code leaves the address at once, and votes."""
    page = organiser.go("/polls/new/taman-bacaan/")
    page.fill("#id_title", "Siapa yang menjaga taman bacaan?")
    page.fill("#id_q-0-options", "Karang taruna\nPKK")
    page.locator("#id_electorate").select_option("invited")
    expect(page.locator("#id_level")).to_be_hidden()
    page.locator("input[name=mode][value=confidential]").check()
    page.locator("input[name=results][value=after_closing]").check()
    page.fill("#id_opens_at", moment(-0.01))
    page.fill("#id_closes_at", moment(20))
    organiser.press("Keep the draft and read its rules")
    page.fill("#id_lines", "\n".join(f"Rumah {number}" for number in range(1, 11)))
    organiser.press("Add to the roll")
    organiser.press("Make the next slips and print them")
    expect(page.locator(".receipt__code")).to_have_count(10)
    code = page.locator(".receipt__code").first.inner_text()
    organiser.press("Siapa yang menjaga taman bacaan?", role="link")
    organiser.press("To the poll", role="link")
    poll = organiser.at()
    page.locator("input[name=read]").check()
    organiser.press("Publish this poll")

    neighbour = visit()
    page = neighbour.go(f"{poll}code/#{code.replace('-', '')}")
    expect(page.locator("#id_code")).to_have_value(code.replace("-", ""))
    assert "#" not in page.url
    neighbour.press("Pakai kode ini")
    page.get_by_label("PKK").check()
    neighbour.press("Kirim suara")
    expect(page.locator(".receipt__code")).to_be_visible()


def rank_and_find_no_result(visit: Visit, poll: str) -> None:
    """A citizen ranks by buttons; nobody finds a figure while the result is hidden."""
    citizen = visit()
    citizen.awaits(403)
    page = citizen.go(poll)
    row = page.locator("[data-ranking] li", has_text="Malam")
    row.get_by_role("button", name="Naik").click()
    expect(row.locator("select")).to_have_value("1")
    citizen.press("Urungkan")
    expect(row.locator("select")).to_have_value("")
    row.get_by_role("button", name="Naik").click()
    expect(row.locator("select")).to_have_value("1")
    citizen.press("Kirim suara")
    expect(page.locator(".receipt__code")).to_be_visible()
    page = citizen.go(poll + "results/")
    expect(page.locator("h1")).to_have_text("Hasil belum ditampilkan")
    assert page.locator("table, svg.figure, [data-live-field^=rows]").count() == 0
    number = poll.strip("/").split("/")[-1]
    ask = citizen.context.request.get
    assert ask(f"/live/poll.results.{number}.json").status in (403, 404)
    assert ask(f"{poll}results.csv").status in (403, 404)
    assert ask(f"/api/v1/polls/{number}/result/").status in (403, 404)
    assert "Malam" not in ask(f"/api/v1/polls/{number}/").text().split('"questions"')[0]
