"""Times pages of strangers where nothing has changed: the whole page from memory, and 304 for who has it already.

Runs in this process on a SQLite database of its own. Prints the budget beside each figure, and what the same page
costs when it is made anew in the same run.
"""

from __future__ import annotations

import statistics
import sys
from functools import partial

from django.test import Client
from measure import noise, site, times

REQUESTS = 100
BUDGET_MS = 1.0


def get(client: Client, address: str, tag: str = "") -> None:
    """The page as a browser asks for it, with the tag of the one that it has."""
    headers = {"accept-encoding": "gzip"} | ({"if-none-match": tag} if tag else {})
    status = client.get(address, headers=headers).status_code
    if status != (304 if tag else 200):
        raise SystemExit(f"{address} answers {status}.")


def measure() -> None:
    """Three rounds of each way of answering, for a list and a draft."""
    from django.conf import settings

    from tests.factories import make_consultation, make_document

    consultation = make_consultation()
    make_document(consultation, clauses=100)
    without = [name for name in settings.MIDDLEWARE if name != "pages.unchanged.UnchangedMiddleware"]
    for address in ("/consultations/", f"/consultations/{consultation.slug}/draft/"):
        client = Client()
        tag = client.get(address, headers={"accept-encoding": "gzip"})["ETag"]
        ways = [partial(get, client, address), partial(get, client, address, tag)]
        body, short = (statistics.median(times(way, REQUESTS).cpu for _ in range(3)) for way in ways)
        with_it, settings.MIDDLEWARE = settings.MIDDLEWARE, without
        anew = partial(get, Client(), address)
        anew()
        made = statistics.median(times(anew, REQUESTS // 4).cpu for _ in range(3))
        settings.MIDDLEWARE = with_it
        print(
            f"unchanged {address}: {body:.2f} ms CPU from memory, {short:.2f} ms for 304 "
            f"(budget {BUDGET_MS:.0f}); made anew {made:.1f} ms"
        )


if __name__ == "__main__":
    site()
    measure()
    print(noise())
    sys.exit()
