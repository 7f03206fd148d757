"""Times the lists of consultations, polls and threads, 20 rows each, for somebody signed in: nothing is kept for them.

Runs in this process on a SQLite database of its own. Prints CPU and queries beside their budgets, and the same rows of
consultations written by a template that does nothing else.
"""

from __future__ import annotations

import statistics
import sys
from functools import partial

from django.test import Client
from measure import noise, queries, site, times

ROWS, OFFICES, REQUESTS = 20, 4, 40
BUDGET_MS, BUDGET_QUERIES = 8.0, 8


def prepare() -> tuple[Client, list[str]]:
    """Make the rows. Returns somebody signed in, and the addresses of the lists."""
    site()
    from tests.factories import make_consultation, make_organisation, make_person, sign_in
    from tests.forums.factories import make_board, make_thread
    from tests.polls.factories import make_poll

    offices = [make_organisation() for _ in range(OFFICES)]
    consultations = [make_consultation(offices[number % OFFICES]) for number in range(ROWS)]
    board = make_board(consultations[0])
    for _ in range(ROWS):
        make_thread(board, tags=["shade", "market"])
        make_poll(consultations[0])
    return sign_in(Client(), make_person()), ["/consultations/", "/polls/", f"/forums/{consultations[0].slug}/"]


def get(client: Client, address: str) -> None:
    """The page, or the end where it cannot be had."""
    status = client.get(address).status_code
    if status != 200:
        raise SystemExit(f"{address} answers {status}.")


def bare() -> None:
    """The least that such a list costs: rows read as values and written by a template."""
    from django.template import engines

    from consultations.models import Consultation

    text = "{% for row in rows %}<li><h2>{{ row.title }}</h2><p>{{ row.question }}</p></li>{% endfor %}"
    rows = Consultation.objects.order_by("-id").values("title", "question")[:ROWS]
    engines["django"].from_string(text).render({"rows": rows})


def main() -> int:
    """Prints one line for each list. Returns 1 when a count of queries is over its budget."""
    client, addresses = prepare()
    least = statistics.median(times(bare, REQUESTS).cpu for _ in range(3))
    over = False
    for address in addresses:
        act = partial(get, client, address)
        act()
        count = queries(act)
        runs = [times(act, REQUESTS) for _ in range(3)]
        cpu, p95 = (statistics.median(getattr(run, name) for run in runs) for name in ("cpu", "p95"))
        over |= count > BUDGET_QUERIES
        print(
            f"list {address}, {ROWS} rows: {cpu:.1f} ms CPU (budget {BUDGET_MS:.0f}), {count} queries (budget "
            f"{BUDGET_QUERIES}), p95 {p95:.1f} ms; {cpu / least:.1f} times a template that only writes rows"
        )
    print(noise())
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
