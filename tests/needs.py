"""What tests need beside Python, and what is said of those that were left out.

A test that needs something which is not here is left out and named; under `CI=true` with PostgreSQL and Redis nothing
may be left out.
"""

import os
import shutil
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
REALDATA = Path(os.environ.get("REMBUK_DATA") or ROOT.parent / "shared" / "data")
ORACLES = ROOT / ".venv-oracles" / "bin" / "python"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
NEEDS = {
    "realdata": (REALDATA.is_dir(), "set REMBUK_DATA to the folder of real conversations and elections"),
    "postgres": (
        os.environ.get("DATABASE_URL", "").startswith("postgres"),
        "set DATABASE_URL=postgres://postgres@127.0.0.1:5432/postgres (any PostgreSQL in which databases can be made)",
    ),
    "redis": (bool(os.environ.get("REDIS_URL")), "set REDIS_URL=redis://127.0.0.1:6379/9 (an empty Redis database)"),
    "oracle": (ORACLES.is_file(), "make oracles (other libraries that count votes, in an environment of their own)"),
    "browser": (bool(CHROMIUM), "install Chromium (Debian: apt-get install chromium)"),
}
left_out: Counter[str] = Counter()


def leave_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take out of `items` the tests whose needs are not met; raises UsageError where CI lacks something."""
    missing = {name for name, (here, _how) in NEEDS.items() if not here}
    kept, taken = [], []
    for item in items:
        lacks = sorted(missing & {marker.name for marker in item.iter_markers()})
        if lacks:
            taken.append(item)
            left_out[lacks[0]] += 1
        else:
            kept.append(item)
    services = {"postgres", "redis"}
    allowed = services if services <= missing else set()  # the run on SQLite is followed by one on PostgreSQL
    if os.environ.get("CI") == "true" and set(left_out) - allowed:
        raise pytest.UsageError(f"CI may leave nothing out, but this is not here: {', '.join(sorted(left_out))}")
    items[:] = kept
    config.hook.pytest_deselected(items=taken)


def lines() -> list[str]:
    """What was left out and how to get it, for the end of the run."""
    return [f"Left out: {count} tests that need {name}: {NEEDS[name][1]}." for name, count in left_out.items()]
