"""The socket behind both servers, as processes: Daphne, and uvicorn for many sockets."""

import asyncio
import json
import signal
import socket
import time
from collections.abc import Coroutine
from typing import Any

import pytest
import websockets

from tests.databases import on_sqlite
from tests.realtime.test_processes import CHANGE, GUEST, hear, listener

PATIENT = 30  # seconds: other tests run on the same processors
PING = b"\x89\xfd" + bytes(4) + b"x" * 125
GREETING = (
    "GET /live/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)

pytestmark = pytest.mark.sqlite_file


@pytest.fixture(params=["Daphne", "uvicorn"])
def door(request, tmp_path):
    """An installation, its server's process, and the port."""
    home = on_sqlite(tmp_path)
    process, port = home.serve("--no-worker") if request.param == "Daphne" else home.uvicorn()
    yield home, process, port
    home.end()


def in_time(steps: Coroutine[Any, Any, Any]) -> Any:
    """What `steps` return; fails where they wait for what never comes."""

    async def run() -> Any:
        async with asyncio.timeout(3 * PATIENT):
            return await steps

    return asyncio.run(run())


async def status(connecting: websockets.connect) -> int:
    try:
        async with connecting:
            return 101
    except websockets.InvalidStatus as refusal:
        return refusal.response.status_code


def test_foreign_and_null_origins_are_refused(door):
    _, _, port = door
    origins = ("https://elsewhere.example", "null", f"http://127.0.0.1:{port}")

    async def run():
        return [await status(listener(port, origin=origin)) for origin in origins]

    assert in_time(run()) == [403, 403, 101]


def test_no_socket_is_elsewhere(door):
    home, _, port = door
    elsewhere = websockets.connect(f"ws://127.0.0.1:{port}/elsewhere/", origin=f"http://127.0.0.1:{port}")

    async def run():
        return await status(elsewhere)

    assert in_time(run()) == 403
    assert "Traceback" not in home.logs()


def test_frame_over_16_kib_closes_the_socket(door):
    home, _, port = door

    async def run():
        async with listener(port) as page:
            await page.send("x" * 17_000)
            await asyncio.wait_for(page.wait_closed(), PATIENT)
            return page.close_code

    assert in_time(run()) in {1006, 1009}  # Daphne drops the connection before the frame is read
    assert "Traceback" not in home.logs()


def test_changes_reach_a_page_that_acknowledges(door):
    home, _, port = door
    cookie, job = home.python(GUEST).split()

    async def run():
        async with listener(port, cookie) as page:
            await page.send(json.dumps({"listen": [f"job.{job}", "poll.999"]}))
            first = [await hear(page), await hear(page)]
            await page.send('{"ack":2}')  # as live.js writes it: taken from the wire
            await asyncio.to_thread(home.python, CHANGE)
            changed = await hear(page)
            await page.send('{"ack": 3}')
            await page.send('{"ack":4}')
            await asyncio.wait_for(page.wait_closed(), PATIENT)
            return first, changed["facts"]["state"], page.close_code, page.close_reason

    first, state, code, reason = in_time(run())
    assert {"denied": "poll.999"} in first
    assert (state, code) == ("cancelled", 4400)
    assert reason in {"", "wrong acknowledgement"}  # Daphne sends no reasons


def test_flood_of_messages_closes_the_socket(door):
    home, _, port = door

    async def run():
        async with listener(port) as page, listener(port) as calm:
            await asyncio.gather(*(page.send('{"ack":0}') for _ in range(500)), return_exceptions=True)
            await asyncio.wait_for(page.wait_closed(), PATIENT)
            await calm.send('{"listen":["poll.999"]}')
            return page.close_code, await hear(calm)

    code, heard = in_time(run())
    assert code in {4429, 1006}
    assert heard == {"denied": "poll.999"}
    assert "Traceback" not in home.logs()


def ping(page: socket.socket) -> None:
    """Send 131 MB, more than all buffers on the way hold."""
    for _ in range(1000):
        page.sendall(PING * 1000)


def test_who_pings_and_reads_nothing_is_dropped(door):
    home, _, port = door
    with socket.create_connection(("127.0.0.1", port)) as page:
        page.settimeout(PATIENT)
        page.sendall(GREETING.format(port=port).encode())
        assert b" 101 " in page.recv(1024)
        with pytest.raises(ConnectionError):
            ping(page)
    assert "Traceback" not in home.logs()


def test_server_ends_in_five_seconds_with_open_sockets(door):
    _, process, port = door

    async def run():
        async with listener(port) as page:
            began = time.monotonic()
            process.send_signal(signal.SIGTERM)
            await asyncio.wait_for(page.wait_closed(), PATIENT)
            await asyncio.to_thread(process.wait, 6)
            return time.monotonic() - began

    assert in_time(run()) < 5
