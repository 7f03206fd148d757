"""Tells the other server processes, through the channel layer, which topics changed; and hears it from them.

A message holds keys only and is a hint: whoever misses it sees the versions in the database two seconds later.
Errors of the layer never reach a request; they are logged once, and what was not told is told later.
"""

import asyncio
import logging
import uuid
from collections.abc import Callable, Iterable
from contextlib import suppress

from channels.layers import BaseChannelLayer, get_channel_layer

logger = logging.getLogger(__name__)
GROUP = "live"
GATHER = 0.25  # seconds between two messages
KEYS_PER_MESSAGE = 500
PATIENCE = 2.0  # seconds for one call: a layer that hangs must not hold up the rest
RETRY = 1.0
RENEW = 3600.0  # groups of channel layers forget their members after a day

# The layer's own receiver logs a traceback each second while Redis is away; `_away` below says it once.
logging.getLogger("channels_redis.pubsub").setLevel(logging.CRITICAL)


class Others:
    """The other server processes. `heard(keys)` is called with what they tell."""

    def __init__(self, heard: Callable[[Iterable[str]], None]) -> None:
        self._heard = heard
        self._name = uuid.uuid4().hex
        self._untold: set[str] = set()
        self._wake = asyncio.Event()
        self._is_away = False

    def tell(self, keys: Iterable[str]) -> None:
        """Tell `keys` soon, together with what else is waiting."""
        self._untold |= set(keys)
        self._wake.set()

    async def say(self) -> None:
        """Send what waits, one message at a time; try again while the layer is away."""
        channels = get_channel_layer()
        while channels is not None:
            await self._wake.wait()
            self._wake.clear()
            while self._untold:
                keys = sorted(self._untold)[:KEYS_PER_MESSAGE]
                self._untold -= set(keys)
                message = {"type": "live.marked", "keys": keys, "sender": self._name}
                try:
                    async with asyncio.timeout(PATIENCE):
                        await channels.group_send(GROUP, message)
                    self._back()
                except Exception as error:
                    self._untold |= set(keys)
                    self._away(error)
                    await asyncio.sleep(RETRY)
            await asyncio.sleep(GATHER)

    async def hear(self) -> None:
        """Pass on what the others tell. Joins the group again each hour, and after every error of the layer."""
        channels = get_channel_layer()
        while channels is not None:
            try:
                await self._be_a_member(channels)
            except Exception as error:
                self._away(error)
                await asyncio.sleep(RETRY)

    async def _be_a_member(self, channels: BaseChannelLayer) -> None:
        async with asyncio.timeout(PATIENCE):  # not wait_for: before Python 3.12 it can swallow a cancellation
            name = await channels.new_channel()
            await channels.group_add(GROUP, name)
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(RENEW):
                    await self._pass_on(channels, name)
        finally:
            with suppress(Exception):
                async with asyncio.timeout(PATIENCE):
                    await channels.group_discard(GROUP, name)

    async def _pass_on(self, channels: BaseChannelLayer, name: str) -> None:
        while True:
            message = await channels.receive(name)
            if message.get("sender") != self._name:
                self._heard(message.get("keys", []))

    def _away(self, error: Exception) -> None:
        if not self._is_away:
            logger.warning("The channel layer is away (%s); live pages follow the database until it is back.", error)
        self._is_away = True

    def _back(self) -> None:
        if self._is_away:
            logger.warning("The channel layer is back.")
        self._is_away = False
