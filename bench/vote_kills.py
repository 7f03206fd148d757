"""Twenty times kill -9 while eight writers vote, on SQLite and on PostgreSQL: what was acknowledged, lost, doubled.

Prints votes and kills, how many sendings were cut off and made again, what was lost or doubled (budget: nothing),
receipts that another sending of the same form changed (nothing), and whether the poll can be settled and verified.
"""

import tempfile
from pathlib import Path

from measure import noise, postgres

from tests.databases import on_sqlite, postgres_database
from tests.polls.crowd import Crowd
from tests.servers import Installation

VOTERS, KILLS = 420, 20


def kills(home: Installation, database: str) -> None:
    """All kills on one poll; see the module."""
    try:
        crowd = Crowd(home, VOTERS)
        crowd.vote(KILLS)
        again = crowd.again()
        turnout, roll, ballots, verified = crowd.settle()
    finally:
        home.end()
    kept = set(crowd.receipts.values())
    print(
        f"{KILLS} kills on {database} among {VOTERS} votes, {crowd.broken} sendings cut off: "
        f"{len(kept - set(ballots))} acknowledged votes lost, {len(ballots) - VOTERS} ballots too many "
        f"(turnout {turnout}, roll {roll}), {sum(again[one] != crowd.receipts[one] for one in again)} receipts changed"
    )
    print(f"  settled and verified: {verified}")


def main() -> None:
    """On both databases, where they are."""
    with tempfile.TemporaryDirectory() as folder:
        kills(on_sqlite(Path(folder)), "SQLite")
    url = postgres()
    if not url:
        print("PostgreSQL was left out: DATABASE_URL names none, and none answers on 127.0.0.1:5432.")
        return
    with tempfile.TemporaryDirectory() as folder, postgres_database(url) as database:
        home = Installation(Path(folder), DATABASE_URL=database)
        home.manage("migrate", "-v0")
        kills(home, "PostgreSQL")
    print(noise())


if __name__ == "__main__":
    main()
