"""From a change to a hundred pages: milliseconds, and what a message costs the server beside bare `websockets`.

Changes are made as actions make them (rows, version, mark) on SQLite and the memory layer, three a second, so that
each finds the hub at rest. All servers get the same pages, changes and texts in the same run.
"""

import sys
import tempfile
from pathlib import Path

from hall import SERVERS, Found, fill
from measure import noise

from tests.databases import on_sqlite

PAGES, RATE, SECONDS = 100, 3.0, 8.0
BUDGET = 100.0  # ms, p95
RATIO = {"Daphne": 4.0, "uvicorn": 1.3}  # processor time for each message, times bare websockets (speed.md)


def run(usual: list[str], pages: int, rate: float, seconds: float) -> dict[str, Found]:
    """The servers that the command names, or else the `usual` ones, and the bare one."""
    names = [name for name in SERVERS if name in (sys.argv[1:] or usual) or name == "bare"]
    with tempfile.TemporaryDirectory() as folder:
        home = on_sqlite(Path(folder), LOG_LEVEL="ERROR")
        found = {}
        for name in names:
            found[name] = fill(home, name, pages=pages, rate=rate, seconds=seconds)
            print(f"{name}: {found[name]}", flush=True)
    for name, ratio in RATIO.items():
        if name in found:
            times = found[name].cost / found["bare"].cost
            print(f"{name}: a message costs {times:.1f} times what bare websockets take (budget {ratio} times)")
    return found


def main() -> None:
    found = run(list(RATIO), PAGES, RATE, SECONDS)
    for name in RATIO.keys() & found:
        print(f"{name}: p95 from change to page {found[name].p95:.0f} ms (budget {BUDGET:.0f} ms)")
    print(noise())


if __name__ == "__main__":
    main()
