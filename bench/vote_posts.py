"""Vote POSTs through the whole of Django (session, form, ballot, receipt page), one after the other, on SQLite and
(where DATABASE_URL names one) PostgreSQL, beside a bare insert of one row in the same run.

Prints votes per second, p95, CPU time and queries per vote with their budgets, and the noise of the machine.
"""

import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from urllib.parse import urlencode

from measure import noise, p95, postgres

VOTES, ROUNDS = 150, 3
QUERIES, CPU_MS, P95_MS = 8, 6.0, 25.0  # budgets of a vote POST


def main() -> None:
    """Runs itself once for each database: a process knows only one."""
    beside = postgres()
    for url in ["", beside] if beside else [""]:
        with tempfile.TemporaryDirectory() as folder:
            database = url or f"sqlite:///{folder}/bench.sqlite3"
            env = os.environ | {"DATABASE_URL": database, "VAR_DIR": folder, "LOG_LEVEL": "ERROR", "REDIS_URL": ""}
            subprocess.run([sys.executable, __file__, "here"], env=env, cwd=folder, check=True)
    if not beside:
        print("PostgreSQL was left out: DATABASE_URL names none, and none answers on 127.0.0.1:5432.")
    print(noise())


def here() -> None:
    """Measures on the database of the settings."""
    import pytest  # noqa: F401 (its presence puts the settings into their mode for tests: a database of its own)

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    settings.ALLOWED_HOSTS = ["testserver"]  # nothing else is set for tests: pages are drawn as for readers
    name = connection.creation.create_test_db(verbosity=0, serialize=False)
    try:
        measure()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def measure() -> None:
    """Three rounds of votes and of bare inserts in turn."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from polls.models import RollEntry
    from tests.factories import make_person, sign_in
    from tests.polls.factories import make_poll

    voters = [sign_in(Client(), make_person()) for _ in range(VOTES)]
    people = [make_person() for _ in range(VOTES)]
    rates, bare, times, cpus = [], [], [], []
    for number in range(ROUNDS + 1):  # the first round warms up
        poll, other = make_poll(mode="confidential"), make_poll()
        path = reverse("polls:vote", args=[poll.pk])
        started, cpu = time.perf_counter(), time.process_time()
        each = []
        for client in voters:
            at = time.perf_counter()
            form = {"q1": "o2", "form_key": secrets.token_urlsafe(16), "replaces": ""}
            answer = client.post(path, urlencode(form), content_type="application/x-www-form-urlencoded")
            each.append(time.perf_counter() - at)
            assert answer.status_code == 200
        if number:
            rates.append(VOTES / (time.perf_counter() - started))
            cpus.append((time.process_time() - cpu) / VOTES * 1000)
            times += each
        started = time.perf_counter()
        for person in people:
            RollEntry.objects.create(poll=other, voter=person)
        if number:
            bare.append(VOTES / (time.perf_counter() - started))
    client, last = sign_in(Client(), make_person()), make_poll(mode="confidential")
    with CaptureQueriesContext(connection) as captured:
        client.post(reverse("polls:vote", args=[last.pk]), {"q1": "o1"})
    queries = sum(query["sql"].split()[0] in ("SELECT", "INSERT", "UPDATE") for query in captured.captured_queries)
    rate, row = statistics.median(rates), statistics.median(bare)
    slow = p95(times) * 1000
    print(f"vote POST on {connection.vendor}: {rate:.0f}/s, p95 {slow:.1f} ms (budget {P95_MS:.0f})")
    print(f"  CPU {statistics.median(cpus):.1f} ms (budget {CPU_MS:.0f})")
    print(f"  queries {queries} (budget {QUERIES}), with session, account and person, without BEGIN and COMMIT")
    print(f"  bare insert of one row: {row:.0f}/s; a vote costs {row / rate:.1f} inserts")


if __name__ == "__main__":
    here() if sys.argv[1:] == ["here"] else main()
