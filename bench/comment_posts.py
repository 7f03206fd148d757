"""Times sending a comment on a clause: session, form, limits, HTML, counters, receipt. Each person sends one.

Runs in this process on a SQLite database of its own. Prints CPU and queries beside their budgets, and making the HTML
of the same text alone.
"""

from __future__ import annotations

import statistics
import sys
from functools import partial

from django.test import Client
from measure import noise, site, times

POSTS, ROUNDS = 50, 3
BUDGET_MS, BUDGET_QUERIES = 8.0, 12
WORDS = (
    "The stop should be nearer to the school, because **children** walk along the road.\n\nSee https://example.org/map"
)


def post(people: list[Client], path: str) -> None:
    """The next person sends the comment."""
    answer = people.pop().post(path, {"stance": "changes", "body": WORDS, "language": "en"})
    if answer.status_code != 302:
        raise SystemExit(f"{path} answers {answer.status_code}.")


def main() -> int:
    """Prints the figures. Returns 1 when the count of queries is over its budget."""
    site()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from moderation import richtext
    from tests.factories import make_document, make_person, sign_in

    path = f"/consultations/clauses/{make_document().versions.get().clauses.first().pk}/"
    people = [sign_in(Client(), make_person()) for _ in range(POSTS * ROUNDS + 2)]
    post(people, path)
    with CaptureQueriesContext(connection) as asked:
        post(people, path)
    count = sum(query["sql"].split()[0] in ("SELECT", "INSERT", "UPDATE", "DELETE") for query in asked.captured_queries)
    runs = [times(partial(post, people, path), POSTS) for _ in range(ROUNDS)]
    cpu, p95, rate = (statistics.median(getattr(run, name) for run in runs) for name in ("cpu", "p95", "rate"))
    texts = (f"{WORDS} {number}" for number in range(POSTS * ROUNDS))  # a text is parsed once, so each is another
    html = statistics.median(times(lambda: richtext.render(next(texts)), POSTS).cpu for _ in range(ROUNDS))
    print(
        f"comment POST: {cpu:.1f} ms CPU (budget {BUDGET_MS:.0f}), {count} queries (budget {BUDGET_QUERIES}), without "
        f"BEGIN and COMMIT; p95 {p95:.1f} ms, {rate:.0f}/s; the HTML of the text alone {html:.1f} ms"
    )
    print(noise())
    return int(count > BUDGET_QUERIES)


if __name__ == "__main__":
    sys.exit(main())
