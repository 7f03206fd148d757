"""A hall full of pages: a server in a process of its own, a crowd in another, and changes at a steady pace.

`fill` measures one server; the bare one broadcasts the same text with `websockets` and is what the others are
compared with.
"""

import itertools
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from crowd import more_files
from measure import ROOT, processor_seconds, resident_megabytes

from tests.servers import Installation, answers, free_port, wait_for

LIVE = """
import os, sys, threading, time
from django.utils.module_loading import import_string
application = import_string("config.asgi.application")
from realtime.actions import publish
from realtime.topics import register

count = 0
register("bench.hall", may_listen=lambda person, id: True, snapshot=lambda id: {"count": count})

def change():
    global count
    for line in sys.stdin:
        count += 1
        publish("bench.hall.1")
    print(time.thread_time(), flush=True)

threading.Thread(target=change, daemon=True).start()
port = int(os.environ["PORT"])
"""
SERVERS = {
    "Daphne": LIVE
    + """
from realtime.server import Door
Door(application, host="127.0.0.1", port=port).run()
""",
    "uvicorn": LIVE
    + """
import uvicorn
uvicorn.run(application, port=port, ws="realtime.many:Protocol", log_level="warning")
""",
    "bare": """
import asyncio, json, os, sys, time
import websockets

pages, count = set(), 0

async def page(socket):
    pages.add(socket)
    async for message in socket:
        pass

def read():
    global count
    for line in sys.stdin:
        count += 1
    print(0.0, flush=True)

async def main():
    global count
    async with websockets.serve(page, "127.0.0.1", int(os.environ["PORT"]), compression=None, ping_interval=None):
        reading = asyncio.create_task(asyncio.to_thread(read))
        told = 0
        while True:
            await asyncio.sleep(0.25)
            if count != told:
                told = count
                facts = {"topic": "bench.hall.1", "version": told, "facts": {"count": told}}
                websockets.broadcast(pages, json.dumps(facts, separators=(",", ":")))

asyncio.run(main())
""",
}


@dataclass(frozen=True)
class Found:
    """What a full hall cost. Latencies in milliseconds of single changes on sampled pages."""

    pages: int
    open_seconds: float
    messages: int
    lost: int
    p50: float
    p95: float
    share: float
    committing: float
    cost: float
    kilobytes: float

    def __str__(self) -> str:
        return (
            f"{self.messages} messages on {self.pages} sockets (open after {self.open_seconds:.1f} s), lost "
            f"{self.lost}; change to page p50 {self.p50:.0f} ms, p95 {self.p95:.0f} ms; {self.share:.0%} of a core "
            f"({self.committing:.0%} for commits); {self.cost:.1f} µs a message; {self.kilobytes:.1f} KB a socket"
        )


def fill(home: Installation, name: str, *, pages: int, rate: float, seconds: float) -> Found:
    """`pages` pages of the server `name`, `rate` changes a second for `seconds`."""
    more_files()
    port = free_port()
    with process(server_command(name), home.environment | {"PORT": str(port), "PUBLIC_URL": ""}) as server:
        wait_for(lambda: answers(port), 30, "a server that answers")
        topic = "" if name == "bare" else "bench.hall.1"
        before = resident_megabytes(server.pid)
        crowd_command = [sys.executable, "bench/crowd.py", str(port), str(pages), topic]
        with process(crowd_command, home.environment) as crowd:
            opened = json.loads(crowd.stdout.readline())
            size = resident_megabytes(server.pid) - before
            crowd.stdin.write("begin\n")
            crowd.stdin.flush()
            used, began = processor_seconds(server.pid), time.monotonic()
            changed = list(changes(server, rate, seconds))
            time.sleep(1)
            used, took = processor_seconds(server.pid) - used, time.monotonic() - began
            server.stdin.close()
            committing = float(server.stdout.readline())
            heard = json.loads(crowd.communicate()[0])
    messages = sum(heard["counts"])
    late = [value for sample in heard["samples"] for value in latencies(sample, changed)]
    lost = sum(count != len(changed) for count in heard["last"]) + pages - opened["open"]
    lost += sum(max(heard["counts"]) - count for count in heard["counts"])
    return Found(
        pages=opened["open"],
        open_seconds=opened["seconds"],
        messages=messages,
        lost=lost,
        p50=statistics.median(late),
        p95=statistics.quantiles(late, n=20)[-1],
        share=used / took,
        committing=committing / took,
        cost=used / messages * 1e6,
        kilobytes=size / opened["open"] * 1024,
    )


def server_command(name: str) -> list[str]:
    if name == "bare":
        return [sys.executable, "-c", SERVERS[name]]
    return [sys.executable, "manage.py", "shell", "--no-imports", "-c", SERVERS[name]]


@contextmanager
def process(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A process with its input and output; killed at the end."""
    made = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield made
    finally:
        made.kill()
        made.wait()


def changes(server: subprocess.Popen[str], rate: float, seconds: float) -> Iterator[float]:
    """Changes at a steady pace; when each was made."""
    assert server.stdin
    began = time.monotonic()
    for number in range(int(rate * seconds)):
        time.sleep(max(0.0, began + number / rate - time.monotonic()))
        yield time.monotonic()
        server.stdin.write("change\n")
        server.stdin.flush()


def latencies(sample: list[tuple[float, int]], changed: list[float]) -> Iterator[float]:
    """Milliseconds from each change to the first message that tells it."""
    for (_, before), (at, count) in itertools.pairwise([(0.0, 0), *sample]):
        for made in changed[before:count]:
            yield (at - made) * 1000
