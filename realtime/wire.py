"""What our servers give a socket beyond ASGI: to write a snapshot, and to hear an acknowledgement, without a task.

Other servers know nothing of it; there the consumer sends and receives as ASGI says.
"""

import functools
import struct
from collections.abc import Callable
from typing import Protocol

WIRE = "rembuk.wire"  # the name of this extension of the scope


class Wire(Protocol):
    """One open socket."""

    heard: Callable[[bytes], bool] | None
    """Set by the consumer; called with each text. What it returns False for comes as ASGI says."""

    def write(self, text: str) -> None:
        """Send `text` at once, if the socket is open."""


@functools.lru_cache(maxsize=64)
def frame(text: str) -> bytes:
    """`text` in one unmasked frame (RFC 6455, section 5.2), made once for all sockets that get it; never compressed."""
    payload = text.encode()
    size = len(payload)
    if size < 126:
        return struct.pack("!BB", 0x81, size) + payload
    if size < 1 << 16:
        return struct.pack("!BBH", 0x81, 126, size) + payload
    return struct.pack("!BBQ", 0x81, 127, size) + payload
