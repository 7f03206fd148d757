"""Pictures of the main pages for people to look at, on telephones and at desks, light and dark: artefacts/.

Four of them are kept in docs/screenshots/ by hand and shown in the README.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.servers import ROOT

pytestmark = pytest.mark.browser

FOLDER = ROOT / "artefacts"
PUBLIC = {
    "home": "/",
    "consultation": "/consultations/bus-koridor-3/",
    "draft": "/consultations/bus-koridor-3/draft/",
    "changes": "/consultations/jam-sekolah/draft/",
    "poll": "/polls/2/",
    "tally": "/polls/1/results/",
    "rounds": "/polls/7/results/",
    "forum": "/forums/bus-koridor-3/",
    "summary": "/summaries/jam-sekolah/",
    "opinions": "/opinions/1/",
    "log": "/moderation/log/",
    "sign-in": "/account/login/",
}
WORK = {
    "moderator": {"queue": "/moderation/"},
    "analyst": {"work": "/summaries/alun-alun-wetan/work/"},
    "organiser": {"prepare": "/consultations/bus-koridor-3/prepare/"},
    "resident": {"inbox": "/inbox/", "mine": "/consultations/mine/"},
}


def take(page: Page, name: str, phone: bool, theme: str, whole: bool = False) -> Path:
    """Keep what is on the screen as a PNG."""
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{name}-{360 if phone else 1280}-{theme}.png"
    page.screenshot(path=path, full_page=whole)
    return path


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("phone", [True, False], ids=["360", "1280"])
@pytest.mark.parametrize("role", ["", *WORK])
def test_main_pages_are_pictured(visit: Visit, role: str, phone: bool, theme: str) -> None:
    visitor = visit(role, phone=phone, theme=theme)
    for name, path in (WORK[role] if role else PUBLIC).items():
        picture = take(visitor.go(path), name, phone, theme)
        assert picture.read_bytes().startswith(b"\x89PNG")
    if not role:
        page = visitor.go(PUBLIC["draft"])
        clause = page.locator(".clause").filter(has_text="Halte Pasar Wetan ditempatkan")
        clause.locator("a.clause__count").first.click()
        page.locator("dialog[open] [data-sheet-focus]").wait_for()
        take(page, "sheet", phone, theme)
