"""A town's consultation of 10,000 contributions in the browser: built, reviewed, decided, published, checked.

    python bench/town.py [NUMBER OF CONTRIBUTIONS]

On SQLite, or on what DATABASE_URL and REDIS_URL name. Prints each figure beside its budget; ends with 1 where a promise
that is not a time is broken.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

from measure import ROOT, noise, resident_megabytes

DATA = Path(os.environ.get("REMBUK_DATA") or ROOT.parent / "shared/data")
BUILD_S, CLICKS, FILES_S, PARAPHRASES = 15.0, 4, 30.0, 100
broken: list[str] = []


def tell(what: str, figure: str, budget: str = "") -> None:
    """One line."""
    print(f"  {what}: {figure}" + (f" (budget {budget})" if budget else ""), flush=True)


def promise(what: str, step: Callable[[], Any]) -> Any:
    """Do a step; where it breaks a promise say so, and go on with the next."""
    try:
        return step()
    except AssertionError as problem:
        broken.append(what)
        tell(what, f"BROKEN: {str(problem).splitlines()[0] if str(problem) else 'see the step'}")
        return None


def main() -> None:
    """The whole journey; see the module."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("SECRET_KEY", "only-for-this-benchmark")
    import django
    import psycopg  # noqa: F401 (before the settings shut out what this site does not use)
    import redis  # noqa: F401

    django.setup()
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import SWITCHES
    from tests.browser.site import opened
    from tests.needs import CHROMIUM

    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    print(noise())
    with (
        tempfile.TemporaryDirectory() as folder,
        opened(Path(folder)) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        where = "PostgreSQL" if os.environ.get("DATABASE_URL") else "SQLite"
        print(f"{number:,} contributions on {where}{' and Redis' if os.environ.get('REDIS_URL') else ''}")
        travel(site, browser, number, Path(folder))
        browser.close()
    print(noise())
    if broken:
        sys.exit(f"Broken: {'; '.join(broken)}")


def travel(site: Any, browser: Any, number: int, folder: Path) -> None:
    """Every step in order."""
    from tests.browser.journey import Journey

    journey = Journey(site, browser)
    began = time.monotonic()
    planted = journey.run("plant", number, str(DATA))
    tell("planted", f"{time.monotonic() - began:.0f} s")
    made, seconds = journey.embed()
    tell("vectors made beforehand", f"{made:,} in {seconds:.0f} s, {made / seconds:.0f} a second", "150 a second")
    build(journey, planted)
    work(journey)
    take_out(journey, site, folder)
    speak(journey)
    promise("nothing went wrong in the browser", lambda: check_problems(journey))


def build(journey: Any, planted: dict[str, Any]) -> None:
    """Build with a reload half way; the lens and the campaigns."""
    journey.begin()
    promise("progress survives a reload", journey.reload_half_way)
    seconds = journey.built()
    ledger = journey.run("ledger")
    tell("the summary is built, vectors kept", f"{seconds:.1f} s", f"{BUILD_S:.0f} s")
    promise("the ledger adds up", lambda: check_ledger(ledger))
    tell("ledger", ", ".join(f"{name} {value:,}" for name, value in ledger.items()))
    promise("the minority's texts are in the lens", lambda: check_lens(journey, planted["minority"]))
    for keys in planted["petitions"]:
        promise("a petition shows its three counts", lambda keys=keys: check_petition(journey, keys))


def check_ledger(ledger: dict[str, int]) -> None:
    assert ledger["n"] == ledger["themed"] + ledger["unassigned"] + ledger["left_out"], ledger


def check_lens(journey: Any, keys: list[str]) -> None:
    found = journey.lens_holds(keys)
    tell("minority texts in the lens", f"{len(found)} of {len(keys)}", f"{len(keys)}")
    assert set(found) == set(keys), sorted(set(keys) - set(found))


def check_petition(journey: Any, keys: list[str]) -> None:
    wanted = journey.run("campaign_of", keys)
    shown = journey.campaign_counts(wanted["words"])
    tell(f"petition sent {len(keys)} times", "{} contributions, {} distinct texts, {} contributors".format(*shown))
    assert list(shown) == wanted["counts"], wanted
    assert (wanted["strangers"], shown[0] >= 0.9 * len(keys)) == (0, True), wanted


def work(journey: Any) -> None:
    """Review, decide, the report in four clicks."""
    from tests.browser.journey import reading, spread

    began = time.monotonic()
    promise("themes are merged, taken back, reviewed", journey.review)
    tell("merged, taken back, reviewed", f"{time.monotonic() - began:.1f} s")
    began = time.monotonic()
    count = promise("every theme is decided", journey.decide) or 1
    tell("decided", f"{count} themes, {(time.monotonic() - began) / count * 1000:.0f} ms each, two pages")
    found = promise("the report is made", journey.report_in_clicks)
    if found:
        clicks, seconds, report = found
        tell("report", f"{clicks} clicks, {seconds:.1f} s, {len(report) / 1024:,.0f} KB", f"{CLICKS} clicks")
    tell("published", f"{journey.publish():.1f} s")
    with reading(journey.site.address, "/", "/summaries/tata-kota/", "/consultations/tata-kota/draft/") as walls:
        seconds, files = journey.documents()
    tell("all documents", f"{seconds:.1f} s", f"{FILES_S:.0f} s")
    for kind, each in journey.run("seconds_by_file").items():
        tell(f"  {kind}", f"{each:.1f} s, {len(files[kind]) / 1024:,.0f} KB")
    tell("pages meanwhile", spread(walls))
    assert journey.site.process is not None
    tell("memory of the server", f"{resident_megabytes(journey.site.process.pid):.0f} MB")


def take_out(journey: Any, site: Any, folder: Path) -> None:
    """The published package checks itself, and finds every changed byte."""
    from tests.browser.journey import changed_bytes_found

    package = journey.fetch_package()
    tried = promise("one changed byte ends with 1", lambda: changed_bytes_found(package, folder / "package", 9))
    tell("verify.py", f"0 for the package ({len(package) / 1024:,.0f} KB), 1 for {tried} of {tried} changed bytes")


def speak(journey: Any) -> None:
    """One account says one thing in a hundred ways; the summary is built again, and its worker is killed half way."""
    person = journey.run("one_account_speaks", PARAPHRASES)
    journey.begin()
    promise("progress survives a reload", journey.reload_half_way)
    journey.kill_worker()
    began = time.monotonic()
    journey.built()
    tell("worker killed half way", f"done {time.monotonic() - began:.0f} s later by worker {journey.run('attempts')}")
    promise("the ledger adds up", lambda: check_ledger(journey.run("ledger")))
    promise("one account moves no theme's place", lambda: check_places(journey.run("places", person)))


def check_places(rows: list[list[Any]]) -> None:
    grown = [(key, count - others) for key, count, others in rows if count != others]
    tell("one account, a hundred paraphrases", f"one contributor more in {len(grown)} of {len(rows)} themes")
    assert all(more == 1 for _key, more in grown), grown
    for (first, _all, before), (second, _more, after) in pairwise(rows):
        assert before >= after - 1, f"{first} stands before {second}, of which {after} others speak, not {before}"


def check_problems(journey: Any) -> None:
    assert journey.analyst.problems == [], journey.analyst.problems[:3]


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
