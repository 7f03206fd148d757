"""A browser, the seeded site, and visitors who look at it. Every test here carries the marker `browser`."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.site import Site, opened
from tests.browser.visitor import Visitor
from tests.needs import CHROMIUM

SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

LONG = ["test_town.py", "test_every_page.py", "test_policymaker.py", "test_screenshots.py", "test_weights.py"]
PATIENCE = 15_000  # ms in which something must appear; machines that test do other things as well
Visit = Callable[..., Visitor]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, so that no process begins one when the others are done."""
    items.sort(key=lambda item: LONG.index(item.path.name) if item.path.name in LONG else len(LONG))


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The seeded site. Journeys leave their traces in it, so each keeps to what no other counts."""
    with opened(tmp_path_factory.mktemp("site")) as found:
        yield found


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One browser for all journeys; it ends with this package, because its event loop would disturb other tests."""
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def visit(site: Site, chromium: Browser) -> Iterator[Visit]:
    """Calls a visitor: `visit("resident", phone=False, language="en")`. At the end nothing may have gone wrong."""
    visitors: list[Visitor] = []

    def call(role: str = "", **how: object) -> Visitor:
        visitors.append(Visitor(site, chromium, role, **how))
        return visitors[-1]

    yield call
    problems = [line for visitor in visitors for line in visitor.problems]
    for visitor in visitors:
        visitor.leave()
    assert problems == []
