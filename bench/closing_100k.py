"""What follows when a confidential poll of 100,000 rankings over ten options closes, on SQLite and on PostgreSQL.

Prints seconds of each step with the budget of all, memory, and the ratio to the least that must be written: every
ballot and every roll entry deleted and inserted once as it stands.
"""

import random
import resource
import secrets
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

from measure import ROOT, noise, postgres

BALLOTS, LISTED, BATCH, BUDGET = 100_000, 99_950, 50, 30.0
SETTINGS = {"DEBUG": "0", "SECRET_KEY": "only-for-this-benchmark" * 3, "DJANGO_SETTINGS_MODULE": "config.settings"}
OPTIONS = [f"o{number}" for number in range(1, 11)]


def main() -> None:
    """One process for each database; see the module."""
    from tests.databases import on_sqlite, postgres_database
    from tests.servers import Installation

    print(noise())
    with tempfile.TemporaryDirectory() as folder:
        closing(on_sqlite(Path(folder)))
    url = postgres()
    if not url:
        print("PostgreSQL was left out: DATABASE_URL names none, and none answers on 127.0.0.1:5432.")
        return
    with tempfile.TemporaryDirectory() as folder, postgres_database(url) as database:
        home = Installation(Path(folder), DATABASE_URL=database)
        home.manage("migrate", "-v0")
        closing(home)


def closing(home: Any) -> None:
    """A process that fills the box, and another that settles the poll, so that its memory can be seen."""
    env = home.environment | SETTINGS
    command = [sys.executable, __file__]
    filled = subprocess.run([*command, "fill"], cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True)
    subprocess.run([*command, "settle", filled.stdout], cwd=ROOT, env=env, check=True)


def settle(least: float) -> None:
    """Measures the settling of the poll, then its verification. least: the seconds that the peer took."""
    from django.core.management import call_command
    from django.db import connection

    from polls.actions.closing import unlink_poll
    from polls.actions.ledger import close_ledger, publish_package
    from polls.models import Poll
    from tests.polls.factories import close

    number, before, cpu = close(Poll.objects.get()).pk, megabytes(), time.process_time()
    steps = {
        "unlink": seconds(lambda: unlink_poll(poll_id=number)),
        "close ledger": seconds(lambda: close_ledger(poll=Poll.objects.get(pk=number))),
        "count and package": seconds(lambda: publish_package(poll=Poll.objects.get(pk=number))),
    }
    cpu, after, total = time.process_time() - cpu, megabytes(), sum(steps.values())
    assert Poll.objects.get(pk=number).seed
    told = ", ".join(f"{name} {taken:.1f} s" for name, taken in steps.items())
    print(f"{BALLOTS:,} rankings settled on {connection.vendor}: {total:.1f} s (budget {BUDGET:.0f} s): {told}")
    print(f"  processor of this process {cpu:.1f} s; {total / least:.1f} times writing all rows once ({least:.1f} s)")
    print(f"  memory at most {after:.0f} MB ({before:.0f} MB before)")
    print(f"  verified in {seconds(lambda: call_command('verify', stdout=StringIO())):.1f} s")


def fill() -> None:
    """Makes the poll; prints the seconds of the peer."""
    from polls.models import Ballot, RollEntry

    filled()
    print(rewritten(Ballot) + rewritten(RollEntry))


def filled() -> Any:
    """An open poll with all its ballots, listed in batches but for the newest."""
    from accounts.models import Participant
    from methods import ledger
    from polls.actions import keep_ledgers
    from polls.models import Ballot, Poll, RollEntry
    from tests.polls.factories import make_poll

    draw = random.Random(7)
    poll = make_poll(mode="confidential", kind="ranking", options=[f"Answer {one}" for one in OPTIONS])
    keep_ledgers()
    people = [Participant(key=uuid.uuid4(), name=f"Person {number}") for number in range(BALLOTS)]
    people = Participant.objects.bulk_create(people, batch_size=1000)
    RollEntry.objects.bulk_create([RollEntry(poll=poll, voter=one) for one in people], batch_size=1000)
    papers = [ledger.seal("q1", draw.sample(OPTIONS, draw.randint(1, 10))) for _ in people]
    rows = [
        Ballot(
            question=poll.question("q1"), choice=one.ballot, nonce=one.nonce, commitment=one.commitment,
            pseudonym=secrets.token_hex(32), form_hash=secrets.token_hex(32), listed=number < LISTED,
        )
        for number, one in enumerate(papers)
    ]  # fmt: skip
    Ballot.objects.bulk_create(rows, batch_size=1000)
    chain(poll, [one.commitment for one in papers[:LISTED]])
    Poll.objects.filter(pk=poll.pk).update(ballot_count=BALLOTS)
    return poll


def chain(poll: Any, codes: list[str]) -> None:
    """Entries that list `codes` in batches; in each one vote replaces an earlier one, which the batch before listed."""
    from methods import ledger
    from polls.models import LedgerEntry

    head, lines = LedgerEntry.objects.get(poll=poll).hash, []
    gone: list[str] = []
    for start in range(0, len(codes), BATCH):
        old = secrets.token_hex(32)
        lines.append(ledger.batch(head, "q1", [*codes[start : start + BATCH], old]))
        if gone:
            lines.append(ledger.replaced(ledger.head_of(lines[-1]), "q1", gone))
        head, gone = ledger.head_of(lines[-1]), [old]
    entries = [
        LedgerEntry(poll=poll, number=number, line=line, hash=ledger.head_of(line))
        for number, line in enumerate(lines, 2)
    ]
    LedgerEntry.objects.bulk_create(entries, batch_size=1000)


def rewritten(model: Any) -> float:
    """Seconds to delete all rows of `model` and insert them again: the peer, undone afterwards."""
    from django.db import transaction

    rows = list(model.objects.all())

    def write() -> None:
        model.objects.all().delete()
        model.objects.bulk_create(rows, batch_size=1000)

    with transaction.atomic():
        taken = seconds(write)
        transaction.set_rollback(True)
    return taken


def seconds(act: Callable[[], object]) -> float:
    """How long `act` takes."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def megabytes() -> float:
    """The most memory that this process has used."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    if len(sys.argv) > 1:
        import django

        django.setup()
        fill() if sys.argv[1] == "fill" else settle(float(sys.argv[2]))
    else:
        main()
