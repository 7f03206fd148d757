"""How many sockets and messages one visitor may have. Counts in this process only."""

import ipaddress
from collections import Counter
from typing import Any

from realtime.addresses import visitor_address

PER_VISITOR = 5  # sockets of one person or one session
PER_ADDRESS = 500  # sockets of visitors without a session behind one address: a village hall, a mobile network
MESSAGES_PER_SECOND = 10.0
FLOOD = 32  # messages of a page that wait to be read: eleven at once close it, if they are read one by one
UNREAD = 1 << 16  # bytes that a page which sends pings may leave unread

_open: Counter[str] = Counter()


class Seat:
    """A place for one socket of a visitor; `taken` tells whether there was one left."""

    def __init__(self, scope: dict[str, Any]) -> None:
        self._visitor, limit = _visitor(scope)
        self.taken = limit is None or _open[self._visitor] < limit
        if self.taken:
            _open[self._visitor] += 1

    def leave(self) -> None:
        """Give the place back (once)."""
        if self.taken:
            self.taken = False
            _open[self._visitor] -= 1
            if not _open[self._visitor]:
                del _open[self._visitor]


def _visitor(scope: dict[str, Any]) -> tuple[str, int | None]:
    person, session = scope.get("person"), scope.get("session_key")
    if person is not None:
        return f"person {person.pk}", PER_VISITOR
    if session:
        return f"session {session}", PER_VISITOR
    address = _address(scope)
    try:
        public = ipaddress.ip_address(address).is_global
    except ValueError:
        public = False
    return f"address {address}", PER_ADDRESS if public else None  # a private one is a proxy that nobody told us of


def _address(scope: dict[str, Any]) -> str:
    forwarded = [value.decode("latin1") for name, value in scope.get("headers", []) if name == b"x-forwarded-for"]
    return visitor_address(str((scope.get("client") or [""])[0]), ",".join(forwarded))


class Pace:
    """Lets ten messages through at once, and ten more each second."""

    def __init__(self, now: float) -> None:
        self._left = MESSAGES_PER_SECOND
        self._at = now

    def allows(self, now: float) -> bool:
        """Whether one more message may come."""
        self._left = min(MESSAGES_PER_SECOND, self._left + (now - self._at) * MESSAGES_PER_SECOND)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
