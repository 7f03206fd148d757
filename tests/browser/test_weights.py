"""What pages weigh on the way to somebody who comes for the first time, as bytes that pass the network."""

import pytest

from tests.browser.conftest import Visit
from tests.browser.site import Site
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

KB = 1024
ANYTHING = 100 * KB
MAKE_DRAFT = """
from consultations.actions import publish_version, save_draft
from consultations.models import Consultation
from demo.stories import STORIES
from methods.anchoring import parse

blocks = ("\\n\\n".join(story.text("draft-1.md") for story in STORIES) + "\\n\\n").split("\\n\\n") * 2
lengths = range(1, len(blocks))
source = next(text for text in ("\\n\\n".join(blocks[:end]) for end in lengths) if len(parse(text)) == 100)
consultation = Consultation.objects.get(slug="bus-koridor-3")
version = save_draft(person=None, consultation=consultation, document=None, title="Seratus", source=source)
publish_version(person=None, version=version)
print(version.document_id)
"""


def weight(visitor: Visitor, path: str) -> int:
    """The bytes of the page with everything that it loads: heads and bodies, as they were sent."""
    session = visitor.context.new_cdp_session(visitor.page)
    sizes: list[int] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    session.send("Network.enable")
    visitor.page.goto(path, wait_until="networkidle")
    session.detach()
    return sum(sizes)


def test_vote_page_weighs_at_most_35_kb_and_10_kb_after(visit: Visit) -> None:
    citizen = visit()
    first = weight(citizen, "/polls/1/")
    again = weight(citizen, "/polls/2/")
    assert (first <= 35 * KB, again <= 10 * KB) == (True, True), f"{first / KB:.1f} KB, then {again / KB:.1f} KB"


def test_draft_of_100_clauses_weighs_at_most_60_kb(visit: Visit, site: Site) -> None:
    document = site.python(MAKE_DRAFT).strip()
    reader = visit()
    found = weight(reader, f"/consultations/bus-koridor-3/draft/{document}/")
    assert reader.page.locator(".clause").count() == 100
    assert found <= 60 * KB, f"{found / KB:.1f} KB"


@pytest.mark.parametrize(
    ("role", "path"),
    [
        ("", "/"),
        ("", "/consultations/bus-koridor-3/"),
        ("", "/summaries/jam-sekolah/"),
        ("", "/polls/7/results/"),
        ("", "/api/"),
        ("resident", "/consultations/bus-koridor-3/draft/"),
        ("resident", "/summaries/jam-sekolah/"),
        ("analyst", "/summaries/alun-alun-wetan/work/"),
        ("moderator", "/moderation/"),
    ],
)
def test_no_page_weighs_more_than_100_kb(visit: Visit, role: str, path: str) -> None:
    found = weight(visit(role), path)
    assert found <= ANYTHING, f"{found / KB:.1f} KB"
