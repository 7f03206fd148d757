"""A topic of the tests, and pages that listen through the whole of the application."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from channels.db import database_sync_to_async
from channels.testing import WebsocketCommunicator
from django.test import Client

from config.asgi import application  # sets logging up: inside a test, caplog would be lost
from realtime.actions import publish
from realtime.topics import register

ORIGIN = (b"origin", b"http://127.0.0.1")


@dataclass
class Room:
    """Facts of topics `tests.hall.<id>`, who may hear them, and how often they were asked for."""

    facts: dict[str, Any] = field(default_factory=dict)
    closed_to: Callable[[Any, str], bool] = lambda person, id_: False
    taken: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def may_listen(self, person: Any, id_: str) -> bool:
        self.asked.append(id_)
        return id_ in self.facts and not self.closed_to(person, id_)

    def snapshot(self, id_: str) -> dict[str, Any]:
        self.taken.append(id_)
        if isinstance(self.facts[id_], Exception):
            raise self.facts[id_]
        return {"count": self.facts[id_]}


_room = Room()
register("tests.hall", may_listen=lambda *a: _room.may_listen(*a), snapshot=lambda *a: _room.snapshot(*a))


def new_room() -> Room:
    """Thirty topics that everybody may hear."""
    global _room
    _room = Room(facts={str(number): number for number in range(1, 31)})
    return _room


class Page:
    """An open page: a socket that acknowledges what it gets."""

    def __init__(self, socket: WebsocketCommunicator) -> None:
        self.socket = socket
        self.got = 0

    async def say(self, **message: Any) -> None:
        await self.socket.send_json_to(message)

    async def hear(self, timeout: float = 3, *, acknowledge: bool = True) -> dict[str, Any]:
        message = await self.socket.receive_json_from(timeout)
        self.got += 1
        if acknowledge:
            await self.say(ack=self.got)
        return message

    async def closed(self, timeout: float = 3) -> tuple[int, str]:
        """The code and reason with which the server closed the socket; what it sent before is read away."""
        while True:
            event = await self.socket.receive_output(timeout)
            if event["type"] == "websocket.close":
                return event["code"], event.get("reason", "")

    async def silent(self, timeout: float = 0.6) -> bool:
        return await self.socket.receive_nothing(timeout)


@asynccontextmanager
async def open_page(client: Client | None = None, headers: tuple[tuple[bytes, bytes], ...] = ()) -> AsyncIterator[Page]:
    """A page of the visitor `client` (somebody unknown without one)."""
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in (client.cookies if client else {}).items())
    socket = WebsocketCommunicator(
        application, "/live/", headers=[ORIGIN, (b"host", b"127.0.0.1"), (b"cookie", cookies.encode()), *headers]
    )
    connected, _ = await socket.connect(timeout=5)
    assert connected
    try:
        yield Page(socket)
    finally:
        await socket.disconnect(timeout=5)


async def change(room: Room, id_: str, value: Any) -> None:
    """What an action does: new facts, and a published topic."""

    def act() -> None:
        room.facts[id_] = value
        publish(f"tests.hall.{id_}")

    await database_sync_to_async(act)()
