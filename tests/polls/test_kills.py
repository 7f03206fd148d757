"""The server is killed with -9 while eight writers vote: what was acknowledged is kept, once, and the poll is settled.

In a detached poll the clock is killed too, in the middle of a release.

Twenty kills in a row are `bench/vote_kills.py`.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import on_sqlite, postgres_database
from tests.polls.crowd import Crowd
from tests.servers import Installation

VOTERS, KILLS = 64, 3


@pytest.fixture
def on_a_file(tmp_path: Path) -> Iterator[Installation]:
    home = on_sqlite(tmp_path)
    yield home
    home.end()


@pytest.fixture
def on_postgres(tmp_path: Path) -> Iterator[Installation]:
    with postgres_database(os.environ["DATABASE_URL"], migrated=True) as database:
        home = Installation(tmp_path, DATABASE_URL=database)
        yield home
        home.end()


def check(home: Installation, mode: str) -> None:
    crowd = Crowd(home, VOTERS, mode)
    crowd.vote(KILLS)
    assert crowd.broken > 0
    assert crowd.torn >= (1 if mode == "detached" else 0)
    assert crowd.again() == crowd.receipts
    turnout, roll, ballots, verified = crowd.settle()
    assert (turnout, roll, sorted(ballots)) == (VOTERS, VOTERS, sorted(crowd.receipts.values()))
    assert "entries hold" in verified


@pytest.mark.sqlite_file
def test_killed_server_loses_and_doubles_no_vote(on_a_file: Installation) -> None:
    check(on_a_file, "detached")


@pytest.mark.postgres
@pytest.mark.parametrize("mode", ["confidential", "detached"])
def test_killed_server_on_postgres_loses_and_doubles_no_vote(on_postgres: Installation, mode: str) -> None:
    check(on_postgres, mode)
