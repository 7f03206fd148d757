"""From a change to a hundred pages: milliseconds until each socket has the snapshot, beside bare `websockets`.

The server (Daphne, SQLite, memory layer) is a process of its own and publishes as an action does: rows, version, mark,
hub, snapshot, sockets. The bare server sends the same text to as many sockets. The clients are in this process.
"""

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import websockets
from measure import ROOT, noise, p95, processor_seconds

from tests.servers import Installation, answers, free_port, on_sqlite, wait_for

SOCKETS, CHANGES, PAUSE = 100, 20, 0.4
BUDGET = 100.0  # ms, p95 of a change that no other one has just preceded
RATIO = 4.0  # processor time of the server per message, times bare websockets (on Daphne; speed.md)

LIVE = """
import os, sys, threading, time
from django.utils.module_loading import import_string
application = import_string("config.asgi.application")
from realtime.actions import publish
from realtime.server import Door
from realtime.topics import register

stamp = 0.0
register("bench.hall", may_listen=lambda person, id: True, snapshot=lambda id: {"at": stamp})

def change():
    global stamp
    for line in sys.stdin:
        stamp = time.time()
        publish("bench.hall.1")

threading.Thread(target=change, daemon=True).start()
Door(application, host="127.0.0.1", port=int(os.environ["PORT"])).run()
"""
BARE = """
import asyncio, json, os, sys, time
import websockets

pages = set()

async def page(socket):
    pages.add(socket)
    async for message in socket:
        pass

async def main():
    async with websockets.serve(page, "127.0.0.1", int(os.environ["PORT"]), compression=None):
        while await asyncio.to_thread(sys.stdin.readline):
            facts = {"topic": "bench.hall.1", "version": 1, "facts": {"at": time.time()}}
            websockets.broadcast(pages, json.dumps(facts))

asyncio.run(main())
"""


async def measure(port: int, server: subprocess.Popen[str], *, live: bool) -> tuple[list[float], float]:
    """Milliseconds of each message on each socket, and microseconds of the server's processor per message."""
    taken: list[float] = []

    async def listen(socket: websockets.ClientConnection) -> None:
        got = 0
        async for text in socket:
            got += 1
            at = json.loads(text)["facts"]["at"]
            if at:
                taken.append((time.time() - at) * 1000)
            if live and got % 3 == 0:  # as often as live.js does at this pace
                await socket.send(json.dumps({"ack": got}))

    address, origin = f"ws://127.0.0.1:{port}/live/", f"http://127.0.0.1:{port}"
    sockets = [await websockets.connect(address, origin=origin, compression=None) for _ in range(SOCKETS)]
    tasks = [asyncio.create_task(listen(socket)) for socket in sockets]
    if live:
        for socket in sockets:
            await socket.send(json.dumps({"listen": ["bench.hall.1"]}))
    await asyncio.sleep(2)
    before = processor_seconds(server.pid)
    assert server.stdin
    for _ in range(CHANGES):
        server.stdin.write("change\n")
        server.stdin.flush()
        await asyncio.sleep(PAUSE)
    await asyncio.sleep(1)
    used = processor_seconds(server.pid) - before
    for task in tasks:
        task.cancel()
    await asyncio.gather(*(socket.close() for socket in sockets))
    return taken, used / max(1, len(taken)) * 1e6


def run(command: list[str], environment: dict[str, str], ready: Callable[[int], bool], *, live: bool):
    """Start a server, measure it, end it."""
    port = free_port()
    server = subprocess.Popen(
        command, cwd=ROOT, env=environment | {"PORT": str(port)}, stdin=subprocess.PIPE, text=True
    )
    try:
        wait_for(lambda: ready(port), 30, "a server that answers")
        return asyncio.run(measure(port, server, live=live))
    finally:
        server.terminate()
        server.wait(10)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home: Installation = on_sqlite(Path(folder))
        live = [sys.executable, "manage.py", "shell", "--no-imports", "-c", LIVE]
        taken, cost = run(live, home.environment | {"PUBLIC_URL": ""}, answers, live=True)
        bare_taken, bare_cost = run([sys.executable, "-c", BARE], home.environment, answers, live=False)
    middle, slow = statistics.median(taken), p95(taken)
    bare_middle, bare_slow = statistics.median(bare_taken), p95(bare_taken)
    print(
        f"change to snapshot on {SOCKETS} sockets: p50 {middle:.0f} ms, p95 {slow:.0f} ms (budget p95 {BUDGET:.0f} ms)"
    )
    print(f"bare websockets broadcast in this run: p50 {bare_middle:.0f} ms, p95 {bare_slow:.0f} ms")
    ratio = cost / bare_cost if bare_cost else float("nan")
    print(
        f"processor of the server per message, with commit, snapshot and acknowledgements: {cost:.0f} µs, "
        f"bare {bare_cost:.0f} µs, {ratio:.1f} times (budget {RATIO:.0f} times)"
    )
    print(f"messages that arrived: {len(taken)} of {SOCKETS * CHANGES}")
    print(noise())


if __name__ == "__main__":
    main()
