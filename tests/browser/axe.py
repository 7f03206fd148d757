"""What axe-core, and a few rules of our own, find on a page that is open."""

from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

SOURCE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def findings(page: Page) -> list[str]:
    """Everything that is wrong with the page: all rules in light colours, contrast in dark ones, headings, width."""
    where = page.url.split("/", 3)[3]
    page.emulate_media(color_scheme="light")
    page.evaluate(SOURCE)
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")  # where the bar of the main act covers nothing
    found = _axe(page, {"runOnly": {"type": "tag", "values": TAGS}})
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {line}" for line in _axe(page, {"runOnly": {"type": "rule", "values": ["color-contrast"]}})]
    headings = page.locator("h1").count()
    if headings != 1:
        found.append(f"{headings} headings of the first level")
    found += _wider_than(page, 320)
    return [f"/{where}: {line}" for line in found]


def _axe(page: Page, options: dict[str, Any]) -> list[str]:
    result = page.evaluate("options => axe.run(document, options)", options | {"resultTypes": ["violations"]})
    return [
        f"{one['id']}: {node['target'][0]} {node['html'][:120]}"
        for one in result["violations"]
        for node in one["nodes"]
    ]


def _wider_than(page: Page, width: int) -> list[str]:
    """Whether one must scroll sideways on a screen of `width` px, and because of what."""
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": 640})
    wide = page.evaluate(
        """width => document.documentElement.scrollWidth <= width ? [] :
        [...document.querySelectorAll('main *, header *, footer *')]
          .filter(one => !one.closest('.table-scroll, .visually-hidden'))
          .filter(one => one.getBoundingClientRect().right > width + 1)
          .slice(0, 3).map(one => one.outerHTML.slice(0, 100))""",
        width,
    )
    if before:
        page.set_viewport_size(before)
    return [f"wider than {width} px: {element}" for element in wide]
