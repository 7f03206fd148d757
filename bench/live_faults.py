"""What bad visitors and a restart cost the others, on Daphne and SQLite: pages that never read, floods, coming back.

Twenty pages read nothing of snapshots of 8 KB: after how many seconds they are closed (target 30) and how much memory
each costs (1 MiB). Two hundred flooders shout as fast as they can and come again when they are closed: p95 of votes
beside p95 at rest (3 times). A thousand pages lose their server: after how many seconds all are back with the state
(60), while pages are served.
"""

import asyncio
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

from crowd import Page, frame, more_files, open_pages, until
from hall import LIVE, process, say
from measure import noise, p95, resident_megabytes

from tests.databases import on_sqlite
from tests.realtime.votes import POLL, vote
from tests.servers import Installation, answers, free_port, wait_for

MUTE, MUTE_S, MUTE_KB = 20, 30.0, 1024.0
FLOODERS, TIMES = 200, 3.0
PAGES, BACK_S = 1000, 60.0
BIG = LIVE.replace('{"count": count}', '{"text": "x" * 8000, "count": count}') + (
    "from realtime.server import Door\nDoor(application, host='127.0.0.1', port=port).run()\n"
)


def sockets_of(pid: int) -> int:
    """How many sockets the process has open."""
    return sum(os.readlink(entry.path).startswith("socket") for entry in os.scandir(f"/proc/{pid}/fd"))


def mute(home: Installation) -> None:
    """Pages that open a socket, listen, and read nothing."""
    port = free_port()
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", BIG]
    with process(command, home.environment | {"PORT": str(port), "PUBLIC_URL": ""}) as server:
        wait_for(lambda: answers(port), 30, "a server that answers")
        time.sleep(1)
        idle, before = sockets_of(server.pid), resident_megabytes(server.pid)
        pages = []
        for _ in range(MUTE):
            page = socket.socket()
            page.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            page.connect(("127.0.0.1", port))
            page.sendall(Page.greeting(port))
            assert b" 101 " in page.recv(1024)
            page.sendall(frame({"listen": ["bench.hall.1"]}))
            pages.append(page)
        began, most = time.monotonic(), before
        while time.monotonic() - began < MUTE_S + 10 and (
            time.monotonic() - began < 2 or sockets_of(server.pid) > idle
        ):
            say(server, "change")
            time.sleep(0.25)
            most = max(most, resident_megabytes(server.pid))
        took, left = time.monotonic() - began, sockets_of(server.pid) - idle
    print(
        f"{MUTE} pages that never read: {left} left after {took:.0f} s (target {MUTE_S:.0f}), at most "
        f"{(most - before) / MUTE * 1024:.0f} KB each (budget {MUTE_KB:.0f})"
    )


async def flood(port: int) -> None:
    """Shouts until the process is killed: listens, impossible and empty acknowledgements, pings, nonsense."""
    shouts = [frame({"listen": [f"poll.{n}" for n in range(19)]}) * 50, frame({"ack": 0}) * 2000]
    shouts += [b"\x89\x80" + bytes(4)] * 2000 + [frame("x" * 15_000) * 10]

    async def one(number: int) -> None:
        while True:
            try:
                [page] = await open_pages(1, port, lambda *_: None, "")
                while not page.gone.done():
                    page.transport.write(shouts[number % len(shouts)])
                    await asyncio.sleep(0.1)
            except OSError:
                pass
            await asyncio.sleep(1)

    await asyncio.gather(*(one(number) for number in range(FLOODERS)))


def votes(port: int, poll: str, number: int) -> list[float]:
    """Milliseconds of single votes, one after the other."""
    taken = []
    for _ in range(number):
        began = time.perf_counter()
        assert vote(port, poll) == 200
        taken.append((time.perf_counter() - began) * 1000)
        time.sleep(0.05)
    return taken


def flooded(home: Installation) -> None:
    """Votes at rest and under flood."""
    poll = home.python(POLL).strip()
    server, port = home.serve("--no-worker")
    votes(port, poll, 10)
    rest, before = votes(port, poll, 40), resident_megabytes(server.pid)
    with subprocess.Popen([sys.executable, __file__, "flood", str(port)]) as crowd:
        time.sleep(3)
        shouted = votes(port, poll, 40)
        more = resident_megabytes(server.pid) - before
        crowd.kill()
    print(
        f"{FLOODERS} flooders: a vote takes p95 {p95(shouted):.0f} ms, at rest {p95(rest):.0f} ms, "
        f"{p95(shouted) / p95(rest):.1f} times (budget {TIMES:.0f} times); the server grew by {more:.0f} MB"
    )


async def come_back(home: Installation, port: int, poll: str) -> None:
    """Pages of a poll lose their server and come back as live.js does."""
    told: dict[int, bytes] = {}

    async def stay(number: int) -> None:
        tries = 0
        while True:
            try:
                page = (
                    await open_pages(1, port, lambda page, payload: told.update({number: payload}), f"poll.{poll}")
                )[0]
                await page.gone
                tries = 0 if page.got else tries
            except OSError:
                pass
            await asyncio.sleep(min(60, 2**tries) * (0.5 + random.random()))
            tries += 1

    staying = [asyncio.create_task(stay(number)) for number in range(PAGES)]
    await until(lambda: len(told) == PAGES, 60)
    await asyncio.to_thread(home.end)
    told.clear()
    began = time.monotonic()
    await asyncio.to_thread(lambda: home.start("serve", "--no-worker", PORT=str(port)))
    served: list[float] = []
    reading = threading.Thread(target=read_pages, args=(port, poll, served), daemon=True)
    reading.start()
    await until(lambda: len(told) == PAGES, 60)
    took = time.monotonic() - began
    await asyncio.to_thread(reading.join)
    for task in staying:
        task.cancel()
    print(
        f"{PAGES} pages after a restart: {len(told)} back after {took:.0f} s (target {BACK_S:.0f}) with "
        f"{len(set(told.values()))} state; {len(served)} pages served meanwhile, the slowest in {max(served):.1f} s"
    )


def read_pages(port: int, poll: str, served: list[float]) -> None:
    """Read a page a few times a second, for ten seconds from the first that comes."""
    wait_for(lambda: answers(port), 60, "a server that answers")
    ends = time.monotonic() + 10
    while time.monotonic() < ends:
        began = time.monotonic()
        urllib.request.urlopen(f"http://127.0.0.1:{port}/polls/{poll}/", timeout=30).read()
        served.append(time.monotonic() - began)
        time.sleep(0.2)


def main() -> None:
    more_files()
    for part in (mute, flooded):
        with tempfile.TemporaryDirectory() as folder:
            home = on_sqlite(Path(folder), LOG_LEVEL="ERROR")
            part(home)
            home.end()
    with tempfile.TemporaryDirectory() as folder:
        home = on_sqlite(Path(folder), LOG_LEVEL="ERROR")
        poll = home.python(POLL).strip()
        _, port = home.serve("--no-worker")
        asyncio.run(come_back(home, port, poll))
        home.end()
    print(noise())


if __name__ == "__main__":
    if sys.argv[1:2] == ["flood"]:
        more_files()
        asyncio.run(flood(int(sys.argv[2])))
    else:
        main()
