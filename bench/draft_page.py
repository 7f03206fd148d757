"""Times the draft page of 400 clauses, and matching a law of 400 clauses with its next version.

Runs in this process on a SQLite database of its own, for a visitor without a session; prints the budgets beside the
figures, and the same page made by Django from a template that does nothing but write the clauses.
"""

from __future__ import annotations

import statistics
import sys
from functools import partial

from django.test import Client
from measure import noise, queries, site, times

CLAUSES, REQUESTS = 400, 30
BUDGET_MS, BUDGET_QUERIES, BUDGET_MATCH = 40.0, 8, 2.0  # the last in seconds


def prepare() -> str:
    """Make the database and a draft of 400 clauses. Returns the address of its page."""
    site()
    from tests.factories import make_consultation, make_document

    consultation = make_consultation()
    make_document(consultation, clauses=CLAUSES)
    return f"/consultations/{consultation.slug}/draft/"


def get(client: Client, address: str) -> None:
    """The page, or the end where it cannot be had."""
    status = client.get(address).status_code
    if status != 200:
        raise SystemExit(f"{address} answers {status}.")


def bare() -> None:
    """The least that such a page costs: the clauses read as values and written by a template."""
    from django.template import engines

    from consultations.models import Clause

    text = "{% for clause in clauses %}<article><h2>{{ clause.heading }}</h2>{{ clause.html }}</article>{% endfor %}"
    engines["django"].from_string(text).render({"clauses": list(Clause.objects.values("heading", "html"))})


def match_law() -> None:
    """Two versions of a law in which one word in sixty was exchanged in every clause."""
    from methods.anchoring import match, parse

    words = [f"word{number}" for number in range(60)]
    law = "\n".join(f"## Article {n}\n{' '.join(words[(n + i * 7) % 60] for i in range(50))}" for n in range(CLAUSES))
    match(parse(law), parse(law.replace("word9", "changed")))


def main() -> int:
    """Prints the figures. Returns 1 when the count of queries is over its budget."""
    address = prepare()
    client = Client()
    count = queries(partial(get, client, address))
    runs = [times(partial(get, client, address), REQUESTS) for _ in range(3)]
    cpu = statistics.median(run.cpu for run in runs)
    least = statistics.median(times(bare, REQUESTS).cpu for _ in range(3))
    law = statistics.median(times(match_law, 2).cpu for _ in range(3)) / 1000
    print(
        f"draft page, {CLAUSES} clauses: {cpu:.1f} ms CPU (budget {BUDGET_MS:.0f}), {count} queries (budget "
        f"{BUDGET_QUERIES}); {cpu / least:.1f} times a template that only writes the clauses ({least:.1f} ms)"
    )
    print(f"matching two versions of {CLAUSES} clauses: {law:.2f} s CPU (budget {BUDGET_MATCH:.0f})")
    print(noise())
    return int(count > BUDGET_QUERIES)


if __name__ == "__main__":
    sys.exit(main())
