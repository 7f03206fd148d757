"""The hub: one in each server process. It gathers marked topics, takes each snapshot once, hands it to every socket.

It never keeps a backlog: a socket gets the newest snapshot of a topic. Marks are hints; the versions in the database,
which it reads every two seconds, are what counts. So a lost message heals, and no request waits for a channel layer.
"""

import asyncio
import contextvars
import logging
import time
from collections.abc import Awaitable, Callable, Collection, Coroutine, Iterable
from contextlib import suppress
from typing import Any, Protocol

from channels.db import database_sync_to_async

from realtime import layer
from realtime.snapshots import Snapshot, allowed, take_changed, versions

logger = logging.getLogger(__name__)
GATHER = 0.25  # seconds between two snapshots of one topic
LOOK = 2.0  # seconds between two looks at the versions in the database
RENEW = 60.0  # seconds after which a snapshot is taken anew: what follows from the clock raises no version
PUBLIC_VERDICT = 2.0  # seconds for which "everybody may hear this" is remembered, for crowds that reconnect
PAUSE_AFTER_ERROR = 1.0


class Socket(Protocol):
    """What the hub knows of a socket. None of these waits for the network."""

    def offer(self, key: str, text: str) -> None:
        """Send `text`, the newest snapshot of `key`, as soon as the socket can take it."""

    def ask_again(self) -> None:
        """The account behind the socket has changed: find out what it may still hear."""

    def tick(self, now: float) -> None:
        """Called every two seconds with the monotonic time."""


class Hub:
    """Who listens to what in this process. Everything but `mark` runs in the loop `loop`."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.sockets: set[Socket] = set()
        self._listeners: dict[str, set[Socket]] = {}
        self._watchers: dict[str, set[Socket]] = {}  # sockets by the topic of their account
        self._watched: dict[str, int] = {}  # the versions that watchers know
        self._latest: dict[str, Snapshot] = {}
        self._sent_at: dict[str, float] = {}
        self._marked: set[str] = set()
        self._asked: dict[str, set[Socket]] = {}
        self._wake = asyncio.Event()
        self._public: dict[str, tuple[float, bool]] = {}
        self._others = layer.Others(self._hear)
        self._tasks: set[asyncio.Task[Any]] = set()

    # ---- Sockets -------------------------------------------------------------------------------

    def join(self, socket: Socket, account_topic: str) -> None:
        """Know a socket. `account_topic` (such as `user.7`, or empty) tells when its rights may have changed."""
        self.sockets.add(socket)
        if account_topic:
            self._watchers.setdefault(account_topic, set()).add(socket)

    def leave(self, socket: Socket, account_topic: str, keys: Iterable[str]) -> None:
        """Forget a socket that listened to `keys`."""
        self.sockets.discard(socket)
        for key in list(keys):
            self.ignore(socket, key)
        watchers = self._watchers.get(account_topic, set())
        watchers.discard(socket)
        if not watchers:
            self._watchers.pop(account_topic, None)
            self._watched.pop(account_topic, None)

    def listen(self, socket: Socket, key: str) -> None:
        """Let `socket`, which may, hear `key`; it gets a fresh snapshot at once."""
        self._listeners.setdefault(key, set()).add(socket)
        self._asked.setdefault(key, set()).add(socket)
        self._wake.set()

    def ignore(self, socket: Socket, key: str) -> None:
        """The socket hears `key` no more."""
        listeners = self._listeners.get(key, set())
        listeners.discard(socket)
        if not listeners:
            for kept in (self._listeners, self._latest, self._sent_at):
                kept.pop(key, None)

    async def allowed(self, person: Any, keys: Collection[str]) -> set[str]:
        """Those of `keys` that `person` may hear. For somebody unknown, answers are remembered for two seconds."""
        if person is not None:
            own: set[str] = await database_sync_to_async(allowed)(person, keys)
            return own
        now = time.monotonic()
        new = [key for key in keys if self._public.get(key, (0.0, False))[0] < now]
        if new:
            yes = await database_sync_to_async(allowed)(None, new)
            self._public = {key: kept for key, kept in self._public.items() if kept[0] >= now}
            self._public |= {key: (now + PUBLIC_VERDICT, key in yes) for key in new}
        return {key for key in keys if self._public.get(key, (0.0, False))[1]}

    # ---- Marks ---------------------------------------------------------------------------------

    def mark(self, keys: Iterable[str]) -> None:
        """Topics changed here: gather them, and tell the other processes."""
        self._others.tell(keys)
        self._hear(keys)

    def _hear(self, keys: Iterable[str]) -> None:
        self._marked |= {key for key in keys if key in self._listeners or key in self._watchers}
        self._wake.set()

    # ---- The work --------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin gathering, looking and hearing; each is begun again when it fails."""
        for work in (self._gather, self._look, self._others.hear, self._others.say):
            self.spawn(self._supervise(work))

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Run `work` beside, outside the request that caused it."""
        task = self.loop.create_task(work, context=contextvars.Context())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """End everything that was started."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=PAUSE_AFTER_ERROR)

    async def _supervise(self, work: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await work()
            except Exception:
                logger.exception("The hub's %s failed and begins again.", work.__name__)
            await asyncio.sleep(PAUSE_AFTER_ERROR)

    async def _gather(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._marked or self._asked:
                now = time.monotonic()
                ready = {key: self._sent_at.get(key, 0.0) + GATHER for key in self._marked}
                due = {key for key, at in ready.items() if at <= now}
                if due or self._asked:
                    await self._refresh(due, now)
                else:
                    await self._sleep(min(ready.values()) - now)

    async def _sleep(self, seconds: float) -> None:
        """Until a marked topic is due, or somebody new asks."""
        self._wake.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()

    async def _refresh(self, due: set[str], now: float) -> None:
        asked, self._asked = self._asked, {}
        self._marked -= due
        try:
            await self._take(due, asked, now)
        except BaseException:  # nothing that was marked or asked may be forgotten
            self._marked |= due
            for key, sockets in asked.items():
                self._asked.setdefault(key, set()).update(sockets)
            self._wake.set()
            raise

    async def _take(self, due: set[str], asked: dict[str, set[Socket]], now: float) -> None:
        for key in due & self._watchers.keys():
            for socket in list(self._watchers[key]):
                socket.ask_again()
        wanted = {key: self._known(key, now) for key in (due | asked.keys()) & self._listeners.keys()}
        fresh = await database_sync_to_async(take_changed)(wanted) if wanted else {}
        heard = {key for key, snapshot in fresh.items() if self._send(key, snapshot, now)}
        for key in asked.keys() - heard:
            latest = self._latest.get(key)
            if latest:
                for socket in asked[key]:
                    socket.offer(key, latest.text)

    def _known(self, key: str, now: float) -> int | None:
        """The version that need not be taken again; None where the snapshot is missing or old."""
        latest = self._latest.get(key)
        return latest.version if latest and now - latest.at < RENEW else None

    def _send(self, key: str, snapshot: Snapshot, now: float) -> bool:
        """Hand a snapshot to all who listen, unless it tells them nothing new. Returns whether it did."""
        listeners, latest = self._listeners.get(key), self._latest.get(key)
        if not listeners or (latest and snapshot.version < latest.version):
            return False
        self._latest[key], self._sent_at[key] = snapshot, now
        if latest and snapshot.text == latest.text:
            return False
        for socket in list(listeners):
            socket.offer(key, snapshot.text)
        return True

    async def _look(self) -> None:
        """What other processes changed, what the clock changed, and who does not answer: every two seconds."""
        while True:
            await asyncio.sleep(LOOK)
            now = time.monotonic()
            for socket in list(self.sockets):
                socket.tick(now)
            keys = self._listeners.keys() | self._watchers.keys()
            found = await database_sync_to_async(versions)(keys) if keys else {}
            changed = {key for key, version in found.items() if self._is_news(key, version, now)}
            if changed:
                self._hear(changed)

    def _is_news(self, key: str, version: int, now: float) -> bool:
        news = key in self._listeners and self._known(key, now) != version
        if key in self._watchers and self._watched.get(key, 0) < version:
            self._watched[key] = version
            news = True
        return news


_hub: Hub | None = None


def ensure() -> Hub:
    """The hub of the running loop; it is started on the first call. The ASGI application calls this for every scope."""
    global _hub
    loop = asyncio.get_running_loop()
    if _hub is None or _hub.loop is not loop:
        _hub = Hub(loop)
        _hub.start()
    return _hub


async def end() -> None:
    """End the hub of this process, if there is one."""
    if _hub is not None:
        await _hub.stop()


def mark(keys: Iterable[str]) -> None:
    """Note, from any thread, that `keys` have changed; returns at once.

    Where no server runs (a command, a worker) there is nobody to tell: servers see it in the versions.
    """
    current = _hub
    if current is None:
        return
    try:
        current.loop.call_soon_threadsafe(current.mark, list(keys))
    except RuntimeError:  # the loop has ended with its server
        logger.debug("The hub has ended.")
