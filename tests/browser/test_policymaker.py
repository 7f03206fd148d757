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
    expect(page.locator("article.theme").first).to_be_visible()

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


def test_decision_is_published_and_stands_beside_the_words(visit: Visit) -> None:
    analyst = visit("analyst", phone=False, language="en")
    page = analyst.go(built(analyst, "alun-alun-wetan"))
    theme = page.locator("article.theme:has(.decision--open)").first
    name = theme.locator("h3 a").inner_text()
    theme.locator(".decision--open a.button").click()
    expect(page.locator("h1")).to_contain_text(name)
    analyst.awaits(422)
    analyst.press("Keep the decision")  # nothing chosen: nothing kept
    expect(page.locator("[role=alert]").first).to_be_visible()
    page.locator("input[name=outcome][value=partly]").check()
    page.fill("textarea[name=reason]", "Sebagian lapak dibuka pagi hari mulai bulan depan.")
    analyst.press("Keep the decision")
    decided = page.locator("article.theme", has_text=name).first
    expect(decided).to_contain_text("Sebagian lapak dibuka pagi hari")

    analyst.press("Publish the summary", role="link")
    analyst.press("Publish now")
    reader = visit()
    page = reader.go("/summaries/alun-alun-wetan/")
    expect(page.locator("h1")).to_have_text("Apa yang disampaikan dan bagaimana dijawab")
    expect(page.locator("article.theme", has_text=name).first).to_contain_text("Sebagian lapak dibuka pagi hari")
