"""`manage.py serve` as a process: seconds to the first page, memory, and what a page costs with four clients at once.

The thread page and the page of a poll are asked for by four clients on threads: with the interpreter's usual switch
interval (5 ms), with ours (`serve`), and with at most two renders at a time. Prints pages per second and the server's
processor time per page; on SQLite, and on PostgreSQL where it is.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

from measure import ROOT, noise, postgres, processor_seconds, resident_megabytes

from tests.databases import on_sqlite, postgres_database
from tests.servers import Installation, answers, free_port, wait_for

START_S, MEMORY_MB, CLIENTS, SECONDS = 2.0, 120.0, 4, 3.0
MAKE = """
from tests.factories import make_person
from tests.forums.factories import fill, make_thread
from tests.polls.factories import make_poll
thread = make_thread(tags=["shade"])
fill(thread, 20, make_person())
print(thread.get_absolute_url(), make_poll(thread.board.consultation).get_absolute_url())
"""
SERVE = """
import asyncio, os, sys
from django.utils.module_loading import import_string
pages = import_string("config.asgi.application")
from realtime.server import Door
sys.setswitchinterval(float(os.environ["INTERVAL"]))
bound = asyncio.Semaphore(int(os.environ["BOUND"]))
async def application(scope, receive, send):
    async with bound:
        await pages(scope, receive, send)
Door(application, host="127.0.0.1", port=int(os.environ["PORT"])).run()
"""
WAYS = {
    "interval 5 ms": {"INTERVAL": "0.005", "BOUND": "1000"},
    "interval 20 ms": {"INTERVAL": "0.02", "BOUND": "1000"},
    "two at a time, 5 ms": {"INTERVAL": "0.005", "BOUND": "2"},
}


def start(home: Installation) -> None:
    """Three starts: seconds to the first page, processor seconds until then, resident memory after it."""
    walls, cpus, sizes = [], [], []
    for _ in range(3):
        began, port = time.perf_counter(), free_port()
        process = home.start("serve", "--no-worker", PORT=str(port))
        wait_for(lambda port=port: answers(port, "/"), 60, "the first page")
        walls.append(time.perf_counter() - began)
        cpus.append(processor_seconds(process.pid))
        sizes.append(resident_megabytes(process.pid))
        home.end()
        home.processes.clear()
    print(
        f"serve: first page after {statistics.median(walls):.1f} s ({statistics.median(cpus):.1f} s of processor; "
        f"budget {START_S:.0f} s), {statistics.median(sizes):.0f} MB resident (budget {MEMORY_MB:.0f} MB)"
    )


def crowd(port: int, path: str, pid: int) -> tuple[float, float]:
    """Pages per second, and processor milliseconds per page, with all clients asking for `SECONDS`."""
    address, done = f"http://127.0.0.1:{port}{path}", [0] * CLIENTS
    urllib.request.urlopen(address).read()
    before, began = processor_seconds(pid), time.perf_counter()

    def ask(client: int) -> None:
        while time.perf_counter() - began < SECONDS:
            urllib.request.urlopen(address).read()
            done[client] += 1

    threads = [threading.Thread(target=ask, args=(client,)) for client in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    pages = sum(done)
    return pages / (time.perf_counter() - began), (processor_seconds(pid) - before) / pages * 1000


def compare(home: Installation, database: str) -> None:
    """All ways on both pages, two rounds in turn; prints medians."""
    paths = home.python(MAKE).split()[-2:]
    found: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for _ in range(2):
        for way, variables in WAYS.items():
            port = free_port()
            command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", SERVE]
            server = subprocess.Popen(command, cwd=ROOT, env=home.environment | variables | {"PORT": str(port)})
            try:
                wait_for(lambda port=port: answers(port), 60, "a server that answers")
                for name, path in zip(("thread", "poll"), paths, strict=True):
                    found.setdefault((name, way), []).append(crowd(port, path, server.pid))
            finally:
                server.kill()  # nothing is left to be finished
                server.wait()
    for (name, way), runs in sorted(found.items()):
        rate, cost = (statistics.median(run[place] for run in runs) for place in range(2))
        print(f"  {database}, {name} page, {CLIENTS} at once, {way}: {cost:.1f} ms CPU a page, {rate:.0f} pages/s")


def main() -> None:
    """Starts, then ways; see the module."""
    print(noise())
    with tempfile.TemporaryDirectory() as folder:
        home = on_sqlite(Path(folder), DEBUG="0", SECRET_KEY="only-for-this-benchmark" * 3, ALLOWED_HOSTS="127.0.0.1")
        home.manage("collectstatic", "--noinput", "-v0")
        start(home)
        compare(home, "SQLite")
    url = postgres()
    if not url:
        print("  PostgreSQL was left out: DATABASE_URL names none, and none answers on 127.0.0.1:5432.")
        return
    with tempfile.TemporaryDirectory() as folder, postgres_database(url) as database:
        home = Installation(
            Path(folder),
            DATABASE_URL=database,
            DEBUG="0",
            SECRET_KEY="only-for-this-benchmark" * 3,
            ALLOWED_HOSTS="127.0.0.1",
        )
        home.manage("migrate", "-v0")
        home.manage("collectstatic", "--noinput", "-v0")
        compare(home, "PostgreSQL")


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
