"""A large consultation goes its whole way in the browser. Its times are told by `bench/town.py`, at its full size."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.journey import Journey, changed_bytes_found, reading
from tests.browser.site import Site
from tests.needs import REALDATA

pytestmark = [pytest.mark.browser, pytest.mark.realdata]

SIZE = 1200
CHANGED = 3  # places in each file of the package


@pytest.fixture(scope="module")
def planted(site: Site, chromium: Browser) -> Iterator[tuple[Journey, dict[str, Any]]]:
    journey = Journey(site, chromium)
    yield journey, journey.run("plant", SIZE, str(REALDATA))
    problems = journey.analyst.problems
    journey.analyst.leave()
    assert problems == []


def test_build_goes_on_after_a_reload_and_a_killed_worker(planted: tuple[Journey, dict[str, Any]]) -> None:
    journey, _facts = planted
    journey.begin()
    journey.reload_half_way()
    journey.kill_worker()
    assert journey.run("forget_life") == 1
    journey.built()
    ledger = journey.run("ledger")
    assert (ledger["n"], journey.run("attempts")) == (SIZE, 2)
    assert ledger["themed"] + ledger["unassigned"] + ledger["left_out"] == SIZE


def test_minority_texts_are_in_the_lens(planted: tuple[Journey, dict[str, Any]]) -> None:
    """Among few texts much is unlike the rest, and one of the twelve may be missed; `bench/town.py` asks for all."""
    journey, facts = planted
    found = journey.lens_holds(facts["minority"])
    assert len(found) >= 11, set(facts["minority"]) - set(found)


def test_three_petitions_show_their_three_counts(planted: tuple[Journey, dict[str, Any]]) -> None:
    journey, facts = planted
    for keys in facts["petitions"]:
        wanted = journey.run("campaign_of", keys)
        assert list(journey.campaign_counts(wanted["words"])) == wanted["counts"]
        assert wanted["strangers"] == 0
        assert wanted["counts"][0] >= 0.9 * len(keys)


def test_report_is_four_clicks_away(planted: tuple[Journey, dict[str, Any]]) -> None:
    journey, _facts = planted
    journey.review()
    assert journey.decide(most=2) == 2
    clicks, _seconds, _report = journey.report_in_clicks()
    assert clicks <= 4


def test_files_are_made_while_pages_answer_and_the_package_finds_every_changed_byte(
    planted: tuple[Journey, dict[str, Any]], tmp_path: Path
) -> None:
    journey, _facts = planted
    journey.publish()
    with reading(journey.site.address, "/", "/summaries/tata-kota/") as walls:
        journey.documents()
    assert walls
    assert changed_bytes_found(journey.fetch_package(), tmp_path, CHANGED) > 30


def test_one_account_with_a_hundred_paraphrases_moves_no_theme(planted: tuple[Journey, dict[str, Any]]) -> None:
    journey, _facts = planted
    person = journey.run("one_account_speaks", 100)
    journey.begin()
    journey.built()
    rows = journey.run("places", person)
    assert {count - others for _key, count, others in rows} == {0, 1}
    assert all(first[2] >= second[2] - 1 for first, second in pairwise(rows))  # it counts as one person, no more
