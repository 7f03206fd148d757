"""Five thousand pages that watch one tally move: 200 changes a second, a message to each page every 250 ms.

Prints p95 from change to page, share of a core, memory of a socket, pages that missed the last state, and what a
message costs beside bare `websockets` in the same run. Measures Daphne, or the servers that the command names:
`bench/live_5000.py Daphne uvicorn`.
"""

from live_100 import RATIO, run
from measure import noise

PAGES, RATE, SECONDS = 5000, 200.0, 5.0
P95 = {"Daphne": 900.0, "uvicorn": 450.0}  # ms
SHARE = {"Daphne": 0.85, "uvicorn": 0.40}  # of a core
KILOBYTES = 30.0


def main() -> None:
    found = run(["Daphne"], PAGES, RATE, SECONDS)
    for name in RATIO.keys() & found:
        one = found[name]
        print(
            f"{name}: p95 {one.p95:.0f} ms (budget {P95[name]:.0f}), {one.share:.0%} of a core (budget "
            f"{SHARE[name]:.0%}), {one.kilobytes:.1f} KB a socket "
            f"(budget {KILOBYTES:.0f}), lost on {one.lost} (budget 0); bare in this run: p95 {found['bare'].p95:.0f} ms"
        )
    print(noise())


if __name__ == "__main__":
    main()
