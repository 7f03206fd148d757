"""Every page that people can reach: accessible in both themes and languages, quiet, one heading, no scrolling sideways.

Pages are found by following links from where each role begins; of pages of one kind a few are looked at.
"""

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from tests.browser.axe import findings
from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

BEGINNINGS = {
    "": [
        "/", "/polls/1/", "/polls/3/", "/polls/3/results/",
        "/search/?q=halte", "/search/", "/opinions/1/", "/account/signup/", "/account/login/code/",
    ],
    "resident": ["/inbox/", "/account/", "/consultations/mine/", "/polls/2/", "/account/2fa/"],
    "moderator": ["/moderation/"],
    "analyst": ["/summaries/alun-alun-wetan/work/", "/summaries/jam-sekolah/work/", "/jobs/"],
    "organiser": [
        "/consultations/new/", "/consultations/bus-koridor-3/prepare/", "/polls/new/bus-koridor-3/", "/polls/4/roll/",
        "/polls/6/results/", "/polls/6/paper/", "/polls/6/paper/1/", "/polls/6/paper/sheet/",
        "/opinions/new/bus-koridor-3/",
    ],
}  # fmt: skip
ROOMS = {  # where a role looks at more than where it begins
    "": None,  # everywhere
    "resident": {"accounts", "notifications", "forums", ""},
    "moderator": {"moderation"},
    "analyst": {"summaries", "jobs"},
    "organiser": {"consultations"},
}
OF_A_KIND = {("", "id"): 2}


def is_page(path: str) -> str:
    """The name of the page at `path`; empty for files and what is not ours to look at."""
    if "." in path.rsplit("/", 1)[-1] or path.startswith(("/admin/", "/api/v1", "/live/", "/static/")):
        return ""
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def walk(visitor: Visitor, role: str, most: int) -> Iterator[Page]:
    """Open the pages of a role, one after the other, at most so many of a kind."""
    waiting, seen, kinds = list(BEGINNINGS[role]), set(BEGINNINGS[role]), Counter[str]()
    while waiting:
        path = waiting.pop(0)
        page = visitor.go(path)
        kinds[resolve(urlsplit(page.url).path).view_name] += 1
        yield page
        for link in page.eval_on_selector_all("a[href]", "links => links.map(one => one.href)"):
            parts = urlsplit(link)
            name = is_page(parts.path) if link.startswith(visitor.site.address) else ""
            room = name.rpartition(":")[0]
            wanted = bool(name) and (ROOMS[role] is None or room in ROOMS[role])
            if wanted and parts.path not in seen and kinds[name] < most:
                kinds[name] += 1
                seen.add(parts.path)
                waiting.append(parts.path)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("role", BEGINNINGS)
def test_pages_are_accessible_and_quiet(visit: Visit, role: str, language: str) -> None:
    visitor = visit(role, language=language)
    found: list[str] = []
    addresses = []
    for page in walk(visitor, role, OF_A_KIND.get((role, language), 1)):
        addresses.append(page.url)
        found += findings(page)
        if page.locator("html").get_attribute("lang") != language:
            found.append(f"{page.url}: not in {language}")
    assert len(addresses) >= len(BEGINNINGS[role])
    assert found == []
