"""The one consumer: a socket that listens to topics. It does no work before permission, and keeps no backlog.

A page sends `{"listen": ["poll.7"]}`, `{"ignore": ["poll.7"]}` and, for the messages that it got, `{"ack": count}`;
it gets `{"topic", "version", "facts"}` and `{"denied": key}`. Anything else closes the socket with a reason.
"""

import json
import logging
import random
import re
import time
from typing import Any, cast

from asgiref.typing import ASGIReceiveCallable, ASGISendCallable
from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from django.db import DatabaseError

from realtime import hub
from realtime.limits import Pace, Seat
from realtime.outbox import Outbox
from realtime.snapshots import is_key
from realtime.wire import WIRE, Wire

logger = logging.getLogger(__name__)
FRAME = 16 * 1024
ACK = re.compile(rb'\{"ack":([0-9]{1,15})\}')  # as JSON.stringify writes it
TOPICS = 20
ASK_AGAIN = 60.0  # seconds between two questions whether the socket may still hear what it hears

# Codes of closing, after those of HTTP (a server may choose from 4000 on).
MALFORMED, SESSION_ENDED, NO_ANSWER, TOO_BIG, TOO_MUCH, LATER = 4400, 4401, 4408, 4413, 4429, 4503


class Refused(Exception):
    """A message that closes the socket, with the code and the reason of the closing."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class LiveConsumer(AsyncWebsocketConsumer):
    """A socket of one page. The hub hands it snapshots; it sends them as fast as the page acknowledges them."""

    is_open = False

    async def __call__(self, scope: dict[str, Any], receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        """Serve one socket, and leave nothing behind however it ends.

        Channels waits for a layer and a socket at once and makes tasks for each message; here is only a socket.
        """
        self.scope, self.base_send = scope, send
        self.wire: Wire | None = scope.get("extensions", {}).get(WIRE)
        try:
            while True:
                await self.dispatch(cast(dict[str, Any], await receive()))
        except StopConsumer:
            pass
        finally:
            self.leave()

    async def dispatch(self, message: dict[str, Any]) -> None:
        """As in Channels, without its visit to the database thread for every message."""
        await getattr(self, message["type"].replace(".", "_"))(message)

    async def connect(self) -> None:
        """Accept the socket, or close it where the visitor has too many."""
        now = time.monotonic()
        self.topics: set[str] = set()
        self.person = self.scope.get("person")
        self.account_topic: str = self.scope.get("account_topic", "")
        self.outbox = Outbox()
        self.pace = Pace(now)
        self.is_open = True
        self.is_sending = self.is_asking = False
        self.ask_at = now + ASK_AGAIN * random.uniform(0.8, 1.2)  # noqa: S311 (spreads the load, hides nothing)
        self.hub = hub.ensure()
        self.seat = Seat(self.scope)
        await self.accept()
        if self.seat.taken:
            self.hub.join(self, self.account_topic)
            if self.wire:
                self.wire.heard = self.hear
        else:
            await self.end(TOO_MUCH, "too many sockets")

    def leave(self) -> None:
        """Give back the seat and hear nothing more."""
        if self.is_open:
            self.is_open = False
            if self.wire:
                self.wire.heard = None
            self.seat.leave()
            self.hub.leave(self, self.account_topic, self.topics)

    async def end(self, code: int, reason: str) -> None:
        """Close the socket from this side."""
        if self.is_open:
            self.leave()
            await self.close(code, reason)

    # ---- What the page says ----------------------------------------------------------------------

    def hear(self, payload: bytes) -> bool:
        """Take an acknowledgement as live.js writes it, straight from the wire; anything else comes by `receive`."""
        found = ACK.fullmatch(payload)
        count = int(found[1]) if found else 0
        if count <= self.outbox.acknowledged or not self.outbox.acknowledge(count, time.monotonic()):
            return False
        self.send_what_waits()
        return True

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Do what one message asks for; close the socket where it is not understood."""
        if not self.is_open:
            return
        try:
            await self.obey(self.read(text_data))
        except Refused as refusal:
            await self.end(refusal.code, refusal.reason)
        except DatabaseError:
            logger.warning("A socket is closed: the database is away.")
            await self.end(LATER, "try again later")

    def read(self, text: str | None) -> dict[str, Any]:
        """The message as a dictionary with exactly one known verb. Raises Refused."""
        if text is None:
            raise Refused(MALFORMED, "text only")
        if len(text) > FRAME:
            raise Refused(TOO_BIG, "message too big")
        try:
            message = json.loads(text)
        except (ValueError, RecursionError):
            raise Refused(MALFORMED, "not JSON") from None
        if not isinstance(message, dict) or len(message) != 1 or not message.keys() <= {"listen", "ignore", "ack"}:
            raise Refused(MALFORMED, "unknown message")
        return message

    async def obey(self, message: dict[str, Any]) -> None:
        """Acknowledge, listen or ignore. Raises Refused."""
        now = time.monotonic()
        verb, value = next(iter(message.items()))
        if (verb != "ack" or value == self.outbox.acknowledged) and not self.pace.allows(now):
            raise Refused(TOO_MUCH, "too many messages")
        if verb == "ack":
            if type(value) is not int or not self.outbox.acknowledge(value, now):
                raise Refused(MALFORMED, "wrong acknowledgement")
            self.send_what_waits()
            return
        if not isinstance(value, list) or not all(isinstance(key, str) for key in value):
            raise Refused(MALFORMED, "topics must be a list of texts")
        if verb == "listen":
            await self.listen(value)
        else:
            for key in self.topics.intersection(value):
                self.ignore(key)

    async def listen(self, keys: list[str]) -> None:
        """Hear those of `keys` that this person may; each of the others is denied."""
        if len(self.topics.union(keys)) > TOPICS or len(self.outbox) > 2 * TOPICS:
            raise Refused(TOO_MUCH, "too many topics")
        allowed = await self.hub.allowed(self.person, [key for key in keys if is_key(key)])
        for key in dict.fromkeys(keys):
            if key not in allowed:
                self.deny(key)
            elif self.is_open:
                self.topics.add(key)
                self.hub.listen(self, key)

    # ---- What the hub says -----------------------------------------------------------------------

    def offer(self, key: str, text: str) -> None:
        """Send the newest snapshot of `key` as soon as the page can take it."""
        if key in self.topics:
            self.outbox.put(key, text)
            self.send_what_waits()

    def ask_again(self) -> None:
        """Find out what this socket may still hear."""
        if self.is_open and not self.is_asking:
            self.is_asking = True
            self.hub.spawn(self._ask_again())

    def tick(self, now: float) -> None:
        """Close a socket that does not answer; ask for permission again from time to time."""
        if self.outbox.is_stuck(now):
            self.hub.spawn(self.end(NO_ANSWER, "no acknowledgement"))
        elif now >= self.ask_at:
            self.ask_at = now + ASK_AGAIN
            self.ask_again()

    # ---- Beneath -----------------------------------------------------------------------------------

    def ignore(self, key: str) -> None:
        self.topics.discard(key)
        self.outbox.drop(key)
        self.hub.ignore(self, key)

    def deny(self, key: str) -> None:
        self.outbox.put(key[:200], json.dumps({"denied": key[:200]}))
        self.send_what_waits()

    async def _ask_again(self) -> None:
        self.is_asking = False  # a change that comes while the question is asked is asked for again
        try:
            self.person, holds = await self.scope["ask_again"]()
            if not holds:
                await self.end(SESSION_ENDED, "the session has ended")
                return
            asked = set(self.topics)
            lost = asked - await self.hub.allowed(self.person, asked)
        except DatabaseError:
            self.ask_at = 0.0  # at the next tick
            return
        for key in lost & self.topics:
            self.ignore(key)
            self.deny(key)

    def send_what_waits(self) -> None:
        if self.wire:
            now = time.monotonic()
            while self.is_open and (text := self.outbox.take(now)) is not None:
                self.wire.write(text)
        elif self.is_open and not self.is_sending:
            self.is_sending = True
            self.hub.spawn(self._send_what_waits())

    async def _send_what_waits(self) -> None:
        try:
            while self.is_open and (text := self.outbox.take(time.monotonic())) is not None:
                await self.send(text_data=text)
        except (OSError, RuntimeError) as error:  # the page went away meanwhile
            logger.debug("A socket went away: %s", error)
        finally:
            self.is_sending = False
