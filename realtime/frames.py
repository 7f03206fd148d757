"""The frame of a websocket with a text, made once for all the sockets that get it. It is never compressed."""

import functools
import struct


@functools.lru_cache(maxsize=64)
def frame(text: str) -> bytes:
    """`text` in one unmasked frame (RFC 6455, section 5.2), as a server sends it."""
    payload = text.encode()
    size = len(payload)
    if size < 126:
        return struct.pack("!BB", 0x81, size) + payload
    if size < 1 << 16:
        return struct.pack("!BBH", 0x81, 126, size) + payload
    return struct.pack("!BBQ", 0x81, 127, size) + payload
