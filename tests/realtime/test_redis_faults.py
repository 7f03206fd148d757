"""Redis is killed, hangs and comes back while people vote: no vote fails, and every page ends with the right state."""

import asyncio
import contextlib
import json
import os
from urllib.parse import urlsplit

import pytest

from tests.databases import on_sqlite
from tests.realtime.test_processes import hear, listener
from tests.realtime.votes import POLL, vote

REDIS_URL = os.environ.get("REDIS_URL", "")
MOST = 100  # of the guests that may come from one address in ten minutes
BALLOTS = "from polls.models import Poll; print(Poll.objects.get().ballot_count)"


class Gate:
    """Stands before Redis, which others use too: it can shut (killed), hold everything back (paused), and open."""

    def __init__(self, url: str) -> None:
        self._to = urlsplit(url)
        self._flows = asyncio.Event()
        self._ends: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self.port = 0

    async def open(self) -> None:
        self._flows.set()
        if self._server is None:
            self._server = await asyncio.start_server(self._join, "127.0.0.1", self.port)
            self.port = self._server.sockets[0].getsockname()[1]

    def pause(self) -> None:
        self._flows.clear()

    def shut(self) -> None:
        if self._server:
            self._server.close()
            self._server = None
        self._flows.set()
        for end in self._ends:
            end.transport.abort()
        self._ends.clear()

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection(self._to.hostname, self._to.port or 6379)
        self._ends |= {writer, far_writer}
        await asyncio.gather(self._carry(reader, far_writer), self._carry(far_reader, writer), return_exceptions=True)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(1 << 16):
                await self._flows.wait()
                writer.write(data)
        finally:
            writer.close()


@pytest.mark.redis
def test_votes_and_pages_outlive_redis(tmp_path):
    home = on_sqlite(tmp_path)
    poll = home.python(POLL).strip()

    async def votes_until(end: asyncio.Event, port: int) -> list[int]:
        answers = []
        while not end.is_set() and len(answers) < MOST:
            answers.append(await asyncio.to_thread(vote, port, poll))
            await asyncio.sleep(0.1)
        return answers

    async def read(page) -> int:
        """The count in the next message, which is acknowledged."""
        shown: int = (await hear(page))["facts"]["cast"]
        page.got += 1
        await page.send(json.dumps({"ack": page.got}))
        return shown

    async def follow(page, cast: int) -> int:
        """Read until the page shows `cast`."""
        while (shown := await read(page)) != cast:
            pass
        return shown

    async def watch(page, end: asyncio.Event) -> None:
        while not end.is_set():  # or what is said after half a minute of silence stays unacknowledged
            with contextlib.suppress(TimeoutError):
                await read(page)

    async def run():
        gate, end = Gate(REDIS_URL), asyncio.Event()
        await gate.open()
        url = urlsplit(REDIS_URL)._replace(netloc=f"127.0.0.1:{gate.port}").geturl()
        ports = [(await asyncio.to_thread(lambda: home.serve("--no-worker", REDIS_URL=url)))[1] for _ in range(2)]
        async with listener(ports[0]) as near, listener(ports[1]) as far:
            for page in (near, far):
                page.got = 0
                await page.send(json.dumps({"listen": [f"poll.{poll}"]}))
            voting = asyncio.create_task(votes_until(end, ports[0]))
            watching = [asyncio.create_task(watch(page, end)) for page in (near, far)]
            for fault in (gate.shut, gate.pause, gate.shut):
                fault()
                async with listener(ports[1]) as late:  # who comes meanwhile is served
                    await late.send(json.dumps({"listen": [f"poll.{poll}"]}))
                    await hear(late)
                await asyncio.sleep(2.5 if fault == gate.pause else 1)  # the hub waits two seconds for one that hangs
                await gate.open()
            end.set()
            answers = await voting
            for one in watching:
                one.cancel()
            await asyncio.gather(*watching, return_exceptions=True)
            answers.append(await asyncio.to_thread(vote, ports[0], poll))
            shown = [await asyncio.wait_for(follow(page, len(answers)), 60) for page in (near, far)]
        gate.shut()
        await asyncio.sleep(0.1)  # what it carried ends
        return answers, shown

    try:
        answers, shown = asyncio.run(asyncio.wait_for(run(), 240))
        assert set(answers) == {200}
        assert [*shown, int(home.python(BALLOTS))] == [len(answers)] * 3
        assert "Traceback" not in home.logs()
    finally:
        home.end()
