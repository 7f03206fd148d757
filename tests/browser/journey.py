"""An analyst takes a town's consultation from its last contribution to the open data of its published summary.

Each step asserts the promises that are not times, and returns its figures; a benchmark prints them, tests leave them.
"""

import contextlib
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, expect

from summaries.models.exports import Format
from tests.browser.site import Site
from tests.browser.town import SLUG
from tests.browser.visitor import Visitor
from tests.servers import wait_for

PATIENCE = 300_000  # ms: what takes longer than promised is told, and the journey goes on
DECISION = "Usulan ini masuk ke rencana tahun depan; dinas melaporkannya setiap tiga bulan."
OPENINGS = {"brief": b"%PDF-", "pdf": b"%PDF-", "docx": b"PK", "xlsx": b"PK", "csv": b"\xef\xbb\xbf", "json": b"{",
            "package": b"PK"}  # fmt: skip


class Journey:
    """One consultation of `n` contributions on a served `site`, and the analyst's browser."""

    def __init__(self, site: Site, browser: Browser) -> None:
        self.site = site
        self.analyst = Visitor(site, browser, "analyst", phone=False, language="en")
        self.analyst.context.set_default_timeout(PATIENCE)
        self.page = self.analyst.page
        self.draft = ""

    def run(self, name: str, *arguments: Any) -> Any:
        """What `tests.browser.town.<name>` answers, run in the installation."""
        code = f"import json; from tests.browser import town; print(json.dumps(town.{name}(*{arguments!r})))"
        return json.loads(self.site.python(code).splitlines()[-1])

    def embed(self) -> tuple[int, float]:
        """Let the background make all vectors, as it does every five minutes; how many, in how many seconds."""
        made, began = 0, time.monotonic()
        while more := self.run("embed"):
            made += more
        return made, time.monotonic() - began

    def begin(self) -> None:
        """Press the button that builds the summary (again)."""
        self.analyst.go(f"/summaries/{SLUG}/work/")
        self.analyst.press(re.compile("^Build the summary"))
        expect(self.page.locator("progress")).to_be_visible()

    def reload_half_way(self) -> tuple[int, int]:
        """Reload while the summary is built: the bar is there again, at no less. The two percentages."""
        bar = self.page.locator("progress")
        wait_for(lambda: bar.count() == 0 or int(bar.get_attribute("value") or 0) >= 10, 120, "a tenth of the work")
        before = int(bar.get_attribute("value") or 0)
        self.page.reload()
        after = int(bar.get_attribute("value") or 0) if bar.count() else 100
        assert after >= before >= 10
        return before, after

    def built(self) -> float:
        """Wait until the page itself shows the draft; seconds that the job took by its own row."""
        draft = self.page.locator("#newest")
        expect(draft).to_be_visible(timeout=PATIENCE)
        address = self.page.locator("section:has(> #newest) a").first.get_attribute("href")
        assert address
        self.draft = address
        return float(self.run("seconds_of_job"))

    def kill_worker(self) -> None:
        """SIGKILL for the worker while it works; the server starts another one."""
        assert self.site.process is not None
        children = Path(f"/proc/{self.site.process.pid}/task/{self.site.process.pid}/children").read_text().split()
        children += [pid for task in Path(f"/proc/{self.site.process.pid}/task").iterdir()
                     for pid in (task / "children").read_text().split() if pid not in children]  # fmt: skip
        (worker,) = children
        os.kill(int(worker), signal.SIGKILL)

    def lens_holds(self, keys: list[str]) -> dict[str, str]:
        """Each of `keys` → the list of the workbench's lens in which it stands."""
        self.analyst.go(self.draft)
        links = self.page.locator(".bench__list .glances a[href*='lens='], .bench__list .glances a[href*='stance='], "
                                  ".bench__list .glances a[href*='language=']")  # fmt: skip
        found: dict[str, str] = {}
        for link in links.all():
            count = int(re.sub(r"\D", "", link.locator(".number").inner_text()))
            address = (link.get_attribute("href") or "").partition("#")[0]
            if "language=" in address and count > 20:
                continue  # hundreds who speak another language are no needle in a haystack
            for number in range(1, -(-count // 20) + 1):
                text = self.analyst.context.request.get(f"{address}&fragment=1&page={number}").text()
                for key in keys:
                    if f'value="{key}"' in text:
                        found.setdefault(key, address.partition("?")[2])
        return found

    def campaign_counts(self, words: str) -> tuple[int, int, int]:
        """The three counts of the campaign whose text begins so, as its page shows them."""
        self.analyst.go(f"{self.draft}campaigns/")
        row = self.page.locator("main .rows > li", has_text=words).first
        one, two, three = (int(re.sub(r"\D", "", text)) for text in row.locator(".big").all_inner_texts())
        return one, two, three

    def review(self) -> None:
        """Merge two themes, take that back, rename one, say of one that it was read."""
        self.analyst.go(self.draft)
        names = self.page.locator("[data-bench-glance] .glance__name")
        before = names.all_inner_texts()
        marks = self.page.locator("[data-bench-glance] input[name=theme]")
        marks.nth(0).check()
        marks.nth(1).check()
        self.analyst.press("Merge the marked")
        self.analyst.press("Merge", within="main form")
        expect(self.page.locator(".notice--success").first).to_contain_text("merged into")
        assert len(names.all_inner_texts()) == len(before) - 1
        with self.page.expect_navigation():
            self.page.locator("[data-bench-undo] button").click()
        assert names.all_inner_texts() == before
        self.page.locator("[data-bench-open]").first.click()
        expect(self.page.locator("#pane:not([aria-busy]) .theme__number").first).to_have_text("1.")
        self.page.keyboard.press("r")
        expect(self.page.locator("[data-bench-glance]").first).to_contain_text("reviewed")

    def decide(self, most: int = 1000) -> int:
        """Decide about the biggest themes, at most `most`; how many."""
        self.analyst.go(self.draft)
        links = self.page.locator("[data-bench-open][href*='theme=']").all()[:most]
        keys = [re.search(r"theme=([\w-]+)", link.get_attribute("href") or "")[1] for link in links]  # type: ignore[index]
        for number, key in enumerate(keys):
            self.analyst.go(f"{self.draft}themes/{key}/decide/")
            self.page.locator("input[name=outcome]").nth(number % 3).check()
            self.page.fill("textarea[name=reason]", DECISION)
            self.analyst.press("Keep the decision")
        expect(self.page.locator("#pane .decision")).to_contain_text("dinas melaporkannya")
        return len(keys)

    def report_in_clicks(self) -> tuple[int, float, bytes]:
        """The full report as PDF from the list of summaries on: clicks, seconds, the file."""
        self.analyst.go("/summaries/")
        began = time.monotonic()
        self.page.locator(f"main a[href='/summaries/{SLUG}/work/']").first.click()
        self.page.locator("#export-format").select_option("pdf")
        self.analyst.press("Make the file")
        ready = self.page.get_by_role("link", name="Show the result")
        expect(ready).to_be_visible(timeout=PATIENCE)
        with self.page.expect_download() as download:
            ready.click()
        content = Path(download.value.path()).read_bytes()
        assert content.startswith(b"%PDF-")
        return 4, time.monotonic() - began, content

    def documents(self) -> tuple[float, dict[str, bytes]]:
        """Order every kind of file at once; seconds until the last is there, and the files."""
        began = time.monotonic()
        for kind in Format.values:
            self.analyst.go(f"/summaries/{SLUG}/work/")
            self.page.locator("#export-format").select_option(kind)
            self.analyst.press("Make the file")
        wait_for(lambda: self.run("unfinished") == 0, 300, "all files")
        seconds = float(self.run("seconds_of_files"))
        files = {}
        for kind, address in self.run("addresses_of_files").items():
            files[kind] = self.analyst.context.request.get(address).body()
            assert files[kind].startswith(OPENINGS[kind]), kind
        assert set(files) == set(Format.values)
        return max(seconds, 0.0) or time.monotonic() - began, files

    def publish(self) -> float:
        """Publish in two presses; seconds until the public page is there."""
        self.analyst.go(self.draft)
        self.analyst.press("Publish the summary", role="link")
        began = time.monotonic()
        self.analyst.press("Publish now")
        expect(self.page.locator("h1")).to_contain_text("What was said")
        return time.monotonic() - began

    def fetch_package(self) -> bytes:
        """The open data that everybody may fetch, once it is made."""
        address = f"{self.draft}package.zip"
        request = self.analyst.context.request
        self.analyst.awaits(503)
        wait_for(lambda: request.get(address).status == 200, 300, "the package")
        return request.get(address).body()


def verified(folder: Path, *arguments: str) -> int:
    """How `verify.py` of the package in `folder` ends, run as a stranger would."""
    command = [sys.executable, "-I", "-S", str(folder / "verify.py"), *arguments]
    return subprocess.run(command, capture_output=True, check=False, cwd=folder).returncode


def changed_bytes_found(package: bytes, folder: Path, places: int) -> int:
    """Change one byte at `places` places of every file of the package in turn: each must end with 1. How many."""
    with zipfile.ZipFile(BytesIO(package)) as parts:
        parts.extractall(folder)
        names = parts.namelist()
    assert verified(folder) == 0
    tried = 0
    for name in names:
        content = (folder / name).read_bytes()
        for place in sorted({round(at * (len(content) - 1) / max(1, places - 1)) for at in range(places)}):
            changed = bytearray(content)
            changed[place] ^= 1 << tried % 8
            (folder / name).write_bytes(changed)
            assert verified(folder) == 1, f"{name}, byte {place}"
            tried += 1
        (folder / name).write_bytes(content)
    assert verified(folder) == 0
    return tried


@contextlib.contextmanager
def reading(address: str, *paths: str) -> Iterator[list[float]]:
    """Somebody reads `paths` one after another meanwhile; the seconds of each answer. Fails where one fails."""
    walls: list[float] = []
    problems: list[str] = []
    over = threading.Event()

    def read() -> None:
        number = 0
        while not over.wait(0.2):
            path = paths[number % len(paths)]
            began = time.monotonic()
            try:
                urllib.request.urlopen(address + path, timeout=30).read()
            except OSError as problem:
                problems.append(f"{path}: {problem}")
            walls.append(time.monotonic() - began)
            number += 1

    reader = threading.Thread(target=read)
    reader.start()
    try:
        yield walls
    finally:
        over.set()
        reader.join()
    assert problems == []


def spread(walls: list[float]) -> str:
    """How long answers took, in milliseconds: in the middle and at worst."""
    middle, worst = statistics.median(walls) * 1000, max(walls) * 1000
    return f"{middle:.0f} ms in the middle, {worst:.0f} ms at worst, {len(walls)} pages"
