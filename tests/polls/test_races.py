"""One person one vote under real threads and real HTTP, on PostgreSQL and on a SQLite file.

Check-then-insert would give double votes on PostgreSQL and none on SQLite, so both are asked.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.needs import ROOT
from tests.polls.races import check, race, race_for_codes


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("mode", ["open", "confidential", "detached"])
def test_race_on_postgres_leaves_one_ballot_each(live_server: Any, mode: str) -> None:
    check(*race(live_server, mode))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_race_for_codes_on_postgres_gives_each_place_one_vote() -> None:
    race_for_codes("confidential")


@pytest.mark.sqlite_file
def test_race_on_a_sqlite_file_leaves_one_ballot_each(tmp_path: Path) -> None:
    """In a process of its own, because the suite's SQLite lives in memory on one connection."""
    env = os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path / 'race.sqlite3'}", "VAR_DIR": str(tmp_path), "CI": ""}
    env.pop("REDIS_URL", None)
    config = ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT), "-p", "no:cacheprovider"]
    call = [sys.executable, "-m", "pytest", *config, str(ROOT / "tests/polls/races.py")]
    done = subprocess.run(call, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
