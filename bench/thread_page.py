"""Times the thread page with 20 posts and with 200 posts on one page: requests per second, p95, CPU and queries.

Runs in this process on a SQLite database of its own, for a visitor without a session. Prints the budget beside each
figure, what the first reader of posts that nobody has read yet costs, and figures of other platforms, which were
measured elsewhere. Medians of three; absolute times depend on the machine.
"""

from __future__ import annotations

import statistics
import sys
import time
from functools import partial

from django.test import Client
from measure import noise, queries, site, times

REQUESTS = 60
BUDGET_MS = {20: 8.0, 200: 25.0}
BUDGET_QUERIES = 10
# (platform, posts, queries, CPU in ms, requests per second): two cores, PostgreSQL 15, measured before on another day
PEERS = [
    ("Misago", 18, 10, 52, 34),
    ("Misago", 200, 10, 369, 2.7),
    ("Spirit", 20, 7, 17.5, 50),
    ("Spirit", 100, 7, 58, 16),
]


def prepare() -> str:
    """Make the database and a thread of 200 posts. Returns the address of its page."""
    site()
    from tests.factories import make_person
    from tests.forums.factories import fill, make_thread

    thread = make_thread(tags=["pasar", "teduh"])
    fill(thread, 200, make_person())
    return thread.get_absolute_url()


def get(client: Client, address: str) -> None:
    """One page, or the end where it cannot be had."""
    status = client.get(address).status_code
    if status != 200:
        raise SystemExit(f"{address} answers {status}.")


def main() -> int:
    """Prints one line for each length. Returns 1 when a count of queries is over its budget."""
    address = prepare()
    from forums.pages import post_html

    over = False
    for posts, path in ((20, address), (200, f"{address}?all=1")):
        count = queries(partial(get, Client(), path))
        colds = []
        for _ in range(3):
            post_html.cache_clear()
            started = time.process_time()
            get(Client(), path)
            colds.append((time.process_time() - started) * 1000)
        client = Client()
        runs = [times(partial(get, client, path), REQUESTS) for _ in range(3)]
        cpu, p95, rate = (statistics.median(getattr(run, name) for run in runs) for name in ("cpu", "p95", "rate"))
        over |= count > BUDGET_QUERIES
        print(
            f"thread page, {posts:3} posts: {cpu:5.1f} ms CPU (budget {BUDGET_MS[posts]:.0f}), "
            f"{count} queries (budget {BUDGET_QUERIES}), p95 {p95:.1f} ms, {rate:.0f} requests/s; "
            f"first reader of all posts {statistics.median(colds):.0f} ms"
        )
    for name, posts, count, milliseconds, rate in PEERS:
        print(f"  measured elsewhere: {name}, {posts} posts: {milliseconds} ms CPU, {count} queries, {rate} requests/s")
    print(noise())
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
