"""A hall full of pages: a server in a process of its own, a crowd in another, and changes at a steady pace.

`fill` measures one server; the bare one broadcasts the same text with `websockets` and is what the others are
compared with.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from crowd import more_files
from measure import ROOT, p95, processor_seconds, resident_megabytes

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
uvicorn.run(application, port=port, ws="realtime.uvicorn:Line", log_level="warning")
""",
    "bare": """
import asyncio, json, os, sys, time
import websockets

pages, count = set(), 0

async def page(socket):
    pages.add(socket)
    await socket.wait_closed()

def read():
    global count
    for line in sys.stdin:
        count += 1

async def main():
    global count
    async with websockets.serve(page, "127.0.0.1", int(os.environ["PORT"]), compression=None):
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
    """What a full hall cost.

    `p50`, `p95`: milliseconds from single changes to sampled pages. `share`: of a core, with the changes (a commit and
    a snapshot each). `cost`: microseconds of processor for each message more than one page gets of the same changes.
    """

    pages: int
    open_seconds: float
    messages: int
    lost: int
    p50: float
    p95: float
    share: float
    cost: float
    kilobytes: float

    def __str__(self) -> str:
        return (
            f"{self.messages} messages on {self.pages} sockets (open after {self.open_seconds:.1f} s), lost on "
            f"{self.lost}; change to page p50 {self.p50:.0f} ms, p95 {self.p95:.0f} ms; {self.share:.0%} of a core; "
            f"{self.cost:.1f} µs a message; {self.kilobytes:.1f} KB a socket"
        )


def fill(home: Installation, name: str, *, pages: int, rate: float, seconds: float) -> Found:
    """`rate` changes a second for `seconds` with one page of the server `name`, and again with `pages`."""
    more_files()
    port = free_port()
    topic = "" if name == "bare" else "bench.hall.1"
    crowd_command = [sys.executable, "bench/crowd.py", str(port), f"1,{pages}", topic]
    with process(server_command(name), home.environment | {"PORT": str(port), "PUBLIC_URL": ""}) as server:
        wait_for(lambda: answers(port), 30, "a server that answers")
        with process(crowd_command, home.environment) as crowd:
            made: list[float] = []
            _, few, took, used = one_run(server, crowd, made, rate, seconds)
            size, alone = resident_megabytes(server.pid), len(made)
            opened, many, took_full, used_full = one_run(server, crowd, made, rate, seconds)
    late = [value for sample in many["samples"] for value in latencies(sample, made, alone)]
    more_messages = many["messages"] / took_full - few["messages"] / took
    return Found(
        pages=opened["open"],
        open_seconds=opened["seconds"],
        messages=many["messages"],
        lost=many["lost"] + pages - opened["open"],
        p50=statistics.median(late),
        p95=p95(late),
        share=used_full / took_full,
        cost=(used_full / took_full - used / took) / more_messages * 1e6,
        kilobytes=(opened["size"] - size) / opened["open"] * 1024,
    )


def one_run(
    server: subprocess.Popen[str], crowd: subprocess.Popen[str], made: list[float], rate: float, seconds: float
) -> tuple[dict[str, Any], dict[str, Any], float, float]:
    """What the crowd says when it is there and at the end; the seconds between, and those of the server's processor."""
    assert crowd.stdout
    opened = json.loads(crowd.stdout.readline()) | {"size": resident_megabytes(server.pid)}
    say(crowd, "begin")
    used, began = processor_seconds(server.pid), time.monotonic()
    made += changes(server, rate, seconds)
    say(crowd, str(len(made)))
    heard = json.loads(crowd.stdout.readline())
    return opened, heard, time.monotonic() - began, processor_seconds(server.pid) - used


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
    began = time.monotonic()
    for number in range(int(rate * seconds)):
        time.sleep(max(0.0, began + number / rate - time.monotonic()))
        yield time.monotonic()
        say(server, "change")


def say(to: subprocess.Popen[str], line: str) -> None:
    """Write a line to a process."""
    assert to.stdin
    to.stdin.write(f"{line}\n")
    to.stdin.flush()


def latencies(sample: list[tuple[float, int]], made: list[float], told: int) -> Iterator[float]:
    """Milliseconds from each change after the first `told` to the first message that tells it."""
    for at, count in sample:
        for change in made[told:count]:
            yield (at - change) * 1000
        told = max(told, count)
