"""A policymaker has the summary built, follows quotes to their sources, takes it out as files, decides, publishes."""

import csv
import io
import json
import re
import zipfile

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser


def built(visitor: Visitor, slug: str) -> str:
    """The address of the newest finished summary, as its analyst reads it."""
    page = visitor.go(f"/summaries/{slug}/work/")
    link = page.locator(f"main a[href^='/summaries/{slug}/']").filter(has_not_text="work").first
    address = link.get_attribute("href")
    assert address
    return address


def test_summary_is_built_with_progress_that_survives_a_reload(visit: Visit) -> None:
    analyst = visit("analyst", phone=False, language="en")
    page = analyst.go("/summaries/bus-koridor-3/work/")
    page.locator("main form[action$='/start/'] button").click()
    expect(page.locator("progress")).to_be_visible()
    page.reload()
    draft = page.locator("main a[href*='/summaries/bus-koridor-3/']:not([href$='/work/'])").first
    expect(draft).to_be_visible(timeout=60_000)  # the page says so itself: nobody reloads it
    draft.click()
    expect(page.locator("[data-bench-glance]").first).to_be_visible()

    page.goto(f"{analyst.at()}?preview=1")
    quote = page.locator("figure.quote").first
    words = quote.locator("blockquote").inner_text().strip(" …\n")
    quote.locator("figcaption a").first.click()
    assert re.sub(r"\s+", " ", words)[:60] in re.sub(r"\s+", " ", analyst.text("main"))


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx", "csv", "json"])
def test_summary_is_taken_out_as_a_file(visit: Visit, kind: str) -> None:
    analyst = visit("analyst", phone=False, language="en")
    page = analyst.go("/summaries/alun-alun-wetan/work/")
    page.locator("#export-format").select_option(kind)
    analyst.press("Make the file")
    ready = page.get_by_role("link", name="Show the result")
    expect(ready).to_be_visible(timeout=60_000)
    address = ready.get_attribute("href")
    assert address
    answer = analyst.context.request.get(address)
    assert answer.status == 200
    open_file(kind, answer.body())
    stranger = visit()
    assert stranger.context.request.get(address).status == 404


def open_file(kind: str, content: bytes) -> None:
    """Read the file as programs do that people open it with."""
    if kind == "pdf":
        assert content.startswith(b"%PDF-")
        assert content.rstrip().endswith(b"%%EOF")
    elif kind in ("docx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert archive.testzip() is None
            assert "[Content_Types].xml" in archive.namelist()
    elif kind == "csv":
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        assert len(rows) > 10
        assert {len(row) for row in rows} == {len(rows[0])}
    else:
        assert json.loads(content)["themes"] != []


def glances(visitor: Visitor) -> list[str]:
    """The names of the themes in the list of the workbench."""
    return [
        " ".join(name.split()) for name in visitor.page.locator("[data-bench-glance] .glance__name").all_inner_texts()
    ]


def open_theme(visitor: Visitor, number: int) -> None:
    """Open a theme of the list, in place, and wait until it is there."""
    with visitor.page.expect_response(re.compile("fragment=1")):
        visitor.page.locator("[data-bench-open]").nth(number - 1).click()
    expect(visitor.page.locator("#pane:not([aria-busy]) .theme__number").first).to_have_text(f"{number}.")


def test_themes_are_merged_split_moved_undone_and_reviewed(visit: Visit) -> None:
    analyst = visit("analyst", phone=False, language="en")
    page = analyst.go(built(analyst, "alun-alun-wetan"))
    before = glances(analyst)
    marks = page.locator("[data-bench-glance] input[name=theme]")
    marks.nth(0).check()
    marks.nth(1).check()
    analyst.press("Merge the marked")
    analyst.press("Merge", within="main form")
    expect(page.locator("[role=status], .notice--success").first).to_contain_text("merged into")
    assert len(glances(analyst)) == len(before) - 1

    open_theme(analyst, 2)
    open_theme(analyst, 1)
    rows = page.locator("[data-bench-row]")
    rows.nth(0).locator("input").focus()
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("[data-bench-chosen]")).to_have_text("2 chosen")
    page.keyboard.press("m")
    expect(page.locator("#bench-to")).to_be_focused()
    page.locator("#bench-to").select_option("new")
    page.fill("#bench-label", "Dipisahkan dengan tangan")
    analyst.press("Move", within="[data-bench-bar]")
    expect(page.locator("[data-bench-list]")).to_contain_text("Dipisahkan dengan tangan")

    page.locator("[data-bench-row] input").first.check()
    page.locator("#bench-to").select_option("none")
    analyst.press("Move", within="[data-bench-bar]")
    expect(page.locator("[data-bench-undo]")).to_contain_text("into no theme")
    for _edit in range(3):
        page.locator("h1").click()
        with page.expect_navigation():
            page.keyboard.press("u")
    assert glances(analyst) == before

    open_theme(analyst, 2)
    open_theme(analyst, 1)
    page.keyboard.press("r")
    expect(page.locator("[data-bench-glance]").first).to_contain_text("reviewed")


def test_colleague_sees_an_edit_at_once_and_a_stale_form_loses_nothing(visit: Visit) -> None:
    analyst, organiser = (visit(role, phone=False, language="en") for role in ("analyst", "organiser"))
    address = built(analyst, "alun-alun-wetan")
    analyst.go(address)
    open_theme(analyst, 2)
    name = analyst.page.locator("[data-bench-key=e]").get_attribute("href")
    assert name
    analyst.go(name)
    page = organiser.go(address)
    analyst.page.fill("#id_label", "Nama pertama")
    analyst.press("Keep it")
    shown = page.get_by_role("button", name="A colleague changed something")
    expect(shown).to_be_visible()
    shown.click()
    expect(page.locator("[data-bench-list]")).to_contain_text("Nama pertama")

    page = organiser.go(name)
    analyst.go(name)
    analyst.page.fill("#id_label", "Nama kedua")
    analyst.press("Keep it")
    page.fill("#id_description", "Kalimat yang panjang.")
    organiser.awaits(409)
    organiser.press("Keep it")
    expect(page.locator("h1")).to_have_text("Somebody was faster")
    expect(page.locator("main")).to_contain_text("Kalimat yang panjang.")


def test_workbench_works_without_javascript_on_a_telephone(visit: Visit) -> None:
    analyst = visit("analyst", javascript=False, language="en")
    page = analyst.go(built(analyst, "alun-alun-wetan"))
    page.locator("[data-bench-open]").first.click()
    expect(page.locator("#pane-head")).to_be_visible()
    page.locator("[data-bench-row] input").first.check()
    page.locator("#bench-to").select_option("none")
    analyst.press("Move", within="[data-bench-bar]")
    expect(page.locator(".notice--success").first).to_contain_text("into no theme")
    page.locator("[data-bench-undo] button").click()
    expect(page.locator(".notice--success").first).to_contain_text("Taken back")


def test_sample_is_read_blind_by_key(visit: Visit) -> None:
    analyst = visit("analyst", phone=False, language="en")
    address = built(analyst, "alun-alun-wetan")
    analyst.go(f"{address}audit/")
    analyst.press(re.compile("Draw"))
    expect(analyst.page.locator("h1")).to_have_text("Does this stand in the right place?")
    first = analyst.page.locator("input[name=item]").get_attribute("value")
    analyst.page.wait_for_load_state("networkidle")  # keys work once the module is there
    analyst.page.keyboard.press("1")
    expect(analyst.page.locator("main")).to_contain_text("You have read 1 of")
    assert analyst.page.locator("input[name=item]").get_attribute("value") != first


def test_decision_is_published_and_stands_beside_the_words(visit: Visit) -> None:
    analyst = visit("analyst", phone=False, language="en")
    page = analyst.go(built(analyst, "alun-alun-wetan"))
    page.locator("[data-bench-glance]", has_text="not yet decided").first.locator("a").click()
    expect(page.locator("#pane .decision--open")).to_be_visible()
    name = page.locator("#pane-head span[lang]").inner_text()
    page.locator("#pane .decision--open a.button").click()
    expect(page.locator("h1")).to_contain_text(name)
    analyst.awaits(422)
    analyst.press("Keep the decision")  # nothing chosen: nothing kept
    expect(page.locator("[role=alert]").first).to_be_visible()
    page.locator("input[name=outcome][value=partly]").check()
    page.fill("textarea[name=reason]", "Sebagian lapak dibuka pagi hari mulai bulan depan.")
    analyst.press("Keep the decision")
    expect(page.locator("#pane .decision")).to_contain_text("Sebagian lapak dibuka pagi hari")

    analyst.press("Publish the summary", role="link")
    analyst.press("Publish now")
    reader = visit()
    page = reader.go("/summaries/alun-alun-wetan/")
    expect(page.locator("h1")).to_have_text("Apa yang disampaikan dan bagaimana dijawab")
    expect(page.locator("article.theme", has_text=name).first).to_contain_text("Sebagian lapak dibuka pagi hari")
