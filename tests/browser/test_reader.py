"""A reader of a published summary: from a number to its list, by clause, without campaigns, easy language, paper."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import findings
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

SUMMARY = "/summaries/jam-sekolah/"


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no js"])
def test_reader_leaves_campaigns_away_and_comes_from_a_number_to_its_list(visit: Visit, javascript: bool) -> None:
    reader = visit(language="en", javascript=javascript)
    page = reader.go(SUMMARY)
    counted = page.locator("article.theme:has(.tag:text('campaign'))").first
    name = counted.locator("h3 a").inner_text()
    before = int(re.match(r"\d+", counted.locator("p.meta a").first.inner_text())[0])  # type: ignore[index]
    reader.press("without campaigns", role="link")
    page.wait_for_url("**campaigns=without**")
    number = (
        page.locator("article.theme", has=page.get_by_role("link", name=name, exact=True)).locator("p.meta a").first
    )
    after = int(re.match(r"\d+", number.inner_text())[0])  # type: ignore[index]
    assert 0 < after < before
    number.click()
    expect(page.locator("#said")).to_have_text(re.compile(rf"^{after} contribution"))
    page.go_back()
    reader.press("by clause", role="link")
    page.wait_for_url("**by=clause**")
    expect(page.locator(".theme__clause").first).to_be_visible()


def test_reader_finds_easy_language_and_its_way_back(visit: Visit) -> None:
    reader = visit(language="en")
    page = reader.go(SUMMARY)
    reader.press("In easy language", role="link")
    expect(page.locator("h1")).to_have_text("What people said, in easy language")
    reader.press("Bahasa Indonesia", role="link", within="main")
    expect(page.locator("main .written")).to_have_attribute("lang", "id")
    reader.press("Read the whole summary", role="link")
    assert reader.at() == SUMMARY


def test_pictures_are_legible_on_a_small_screen(visit: Visit) -> None:
    reader = visit()
    page = reader.go(SUMMARY)
    page.set_viewport_size({"width": 320, "height": 640})
    sizes = page.eval_on_selector_all(
        "svg.figure__drawing text", "texts => texts.map(one => one.getBoundingClientRect().height)"
    )
    assert len(sizes) > 50
    assert min(sizes) >= 11
    outside = page.eval_on_selector_all(
        "svg.figure__drawing text", "texts => texts.filter(one => one.getBoundingClientRect().right > 321).length"
    )
    assert outside == 0
    page.eval_on_selector_all("main details", "all => all.forEach(one => { one.open = true })")
    assert findings(page) == []


def test_summary_is_printed_on_a4_with_what_was_folded(visit: Visit) -> None:
    page = visit(phone=False).go(SUMMARY)
    page.emulate_media(media="print")
    assert page.locator(".toolbar").first.is_hidden()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF-")
    folded = page.locator(".decision details .difference").first
    assert page.evaluate("one => one.checkVisibility({contentVisibilityAuto: true})", folded.element_handle()) is True


def test_analyst_adds_census_figures_and_is_told_the_line_that_is_wrong(visit: Visit) -> None:
    analyst = visit("analyst", language="en")
    page = analyst.go("/summaries/jam-sekolah/work/census/")
    analyst.awaits(422)
    wrong = {
        "name": "penduduk.csv",
        "mimeType": "text/csv",
        "buffer": b"33.98.01,Utara,17600\n33.98.02,Tengah,banyak\n",
    }
    page.locator("input[type=file]").set_input_files(wrong)  # type: ignore[arg-type] (a TypedDict of these three)
    analyst.press("Keep the figures")
    expect(page.locator("[role=alert]")).to_contain_text("Line 2")
    rows = page.locator("textarea[name=rows]")
    expect(rows).to_have_value(re.compile("banyak"))
    rows.fill("33.98.01,Utara,17600\n33.98.02,Tengah,19390\n33.98.03,Selatan,27170")
    analyst.press("Keep the figures")
    expect(page.locator("main")).to_contain_text("The figures are kept")
    page = analyst.go(f"{SUMMARY}?preview=1")
    expect(page.locator("section:has(> #voices)")).to_contain_text("27,170")
