"""Many pages in one process, as cheap as they can be: bare TCP with hand-made frames, answering as live.js does.

A websocket library would cost more for each message than the server that is measured. Started as a process of its own
with port, numbers of pages and topic (or nothing: a bare server, which wants no answers), it does what `main` says.
"""

import asyncio
import base64
import json
import os
import resource
import struct
import sys
import time
from collections.abc import Callable
from typing import Any

ACK_MOST, ACK_AFTER = 8, 3.0  # as in live.js
HANDSHAKE = (
    "GET /live/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nConnection: Upgrade\r\n"
    "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"
)


def more_files() -> None:
    """Let this process and its children have as many sockets open as the machine allows."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def frame(message: Any) -> bytes:
    """A client's frame. Its mask is zero, so that nothing has to be masked."""
    payload = json.dumps(message, separators=(",", ":")).encode()  # as JSON.stringify
    size = len(payload)
    length = bytes([0x80 | size]) if size < 126 else struct.pack("!BH", 0x80 | 126, size)
    return b"\x81" + length + bytes(4) + payload


class Page(asyncio.Protocol):
    """One open page. `heard(page, payload)` is called with each text; `code` is set when the server closes it."""

    def __init__(self, port: int, heard: Callable[["Page", bytes], None], hello: bytes = b"") -> None:
        self._handshake = self.greeting(port)
        self._heard, self._hello, self._answers = heard, hello, bool(hello)
        self._buffer = b""
        self._acknowledged = 0
        self._timer: asyncio.TimerHandle | None = None
        self.got = 0
        self.code: int | None = None
        self.opened: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self.gone: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @staticmethod
    def greeting(port: int) -> bytes:
        """The request for a websocket."""
        return HANDSHAKE.format(port=port, key=base64.b64encode(os.urandom(16)).decode()).encode()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: Any = transport
        transport.write(self._handshake)  # type: ignore[attr-defined]

    def connection_lost(self, exc: Exception | None) -> None:
        if self._timer:
            self._timer.cancel()
        for future in (self.opened, self.gone):
            if not future.done():
                future.set_result(None if future is self.gone else False)  # type: ignore[arg-type]

    def data_received(self, data: bytes) -> None:
        data = self._buffer + data if self._buffer else data
        if not self.opened.done():
            head, end, data = data.partition(b"\r\n\r\n")
            if not end:
                self._buffer = head
                return
            self.opened.set_result(head.startswith(b"HTTP/1.1 101"))
            self.transport.write(self._hello)
        at, size = 0, len(data)
        while size - at >= 2:
            start, length = at + 2, data[at + 1]
            if length == 126:
                start += 2
                length = int.from_bytes(data[at + 2 : at + 4], "big")
            if size < start + length:
                break
            self._frame(data[at] & 15, data[start : start + length])
            at = start + length
        self._buffer = data[at:]

    def _frame(self, opcode: int, payload: bytes) -> None:
        if opcode == 1:
            self.got += 1
            if not self._answers:
                pass
            elif self.got - self._acknowledged >= ACK_MOST:
                self._acknowledge()
            elif self._timer is None:
                self._timer = asyncio.get_running_loop().call_later(ACK_AFTER, self._acknowledge)
            self._heard(self, payload)
        elif opcode == 8:
            self.code = int.from_bytes(payload[:2], "big")
            self.transport.write(b"\x88\x80" + bytes(4))
        elif opcode == 9:
            self.transport.write(bytes([0x8A, 0x80 | len(payload)]) + bytes(4) + payload)

    def _acknowledge(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
        if self.got != self._acknowledged:
            self._acknowledged = self.got
            self.transport.write(frame({"ack": self.got}))


async def open_pages(
    number: int, port: int, heard: Callable[[Page, bytes], None], topic: str, at_once: int = 100
) -> list[Page]:
    """`number` pages that listen to `topic` (to nothing without one), `at_once` connecting at a time."""
    gate, loop = asyncio.Semaphore(at_once), asyncio.get_running_loop()
    hello = frame({"listen": [topic]}) if topic else b""

    async def one() -> Page:
        async with gate:
            _transport, page = await loop.create_connection(lambda: Page(port, heard, hello), "127.0.0.1", port)
            await page.opened
            return page

    return list(await asyncio.gather(*(one() for _ in range(number))))


async def main(port: int, numbers: list[int], topic: str) -> None:
    """For each of `numbers`: opens as many pages, prints a line of JSON, reads "begin", reads the count that the last
    change made, prints another line.

    The first line: how many pages are `open`, and after how many `seconds`. The second, when all pages have that count
    or ten seconds have gone: `messages`, `lost` (pages without it), and `samples`: of one page in fifty, when each
    message came (monotonic seconds) and the count that it told.
    """
    last: dict[Page, int] = {}
    samples: dict[Page, list[tuple[float, int]]] = {}
    pages: list[Page] = []

    def heard(page: Page, payload: bytes) -> None:
        last[page] = count = int(payload[payload.rindex(b"count") + 7 : payload.rindex(b"}") - 1])
        if (kept := samples.get(page)) is not None:
            kept.append((time.monotonic(), count))

    for number in numbers:
        began = time.monotonic()
        pages += await open_pages(number - len(pages), port, heard, topic)
        await until(lambda number=number: not topic or len(last) == number, 30)
        say(open=sum(page.opened.result() for page in pages), seconds=time.monotonic() - began)
        await asyncio.to_thread(sys.stdin.readline)
        samples = {page: [] for page in pages[::50]}
        before = sum(page.got for page in pages)
        final = int(await asyncio.to_thread(sys.stdin.readline))
        await until(lambda final=final, number=number: list(last.values()).count(final) == number, 10)
        lost = number - list(last.values()).count(final)
        say(messages=sum(page.got for page in pages) - before, lost=lost, samples=list(samples.values()))
    os._exit(0)  # thousands of sockets are closed by the end of the process


def say(**facts: Any) -> None:
    """Print a line of JSON."""
    print(json.dumps(facts), flush=True)


async def until(happened: Callable[[], bool], seconds: float) -> None:
    """Wait for something, but not longer than that."""
    ends = time.monotonic() + seconds
    while not happened() and time.monotonic() < ends:
        await asyncio.sleep(0.05)


if __name__ == "__main__" and len(sys.argv) > 1:
    more_files()
    asyncio.run(main(int(sys.argv[1]), [int(number) for number in sys.argv[2].split(",")], sys.argv[3]))
