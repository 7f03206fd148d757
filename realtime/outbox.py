"""What waits to be sent to one socket: the newest snapshot of each topic, and how much the page has acknowledged.

The server cannot see whether a page reads (Daphne has no back-pressure), so the page counts what it got and says so;
no more than a few messages are ever under way. Memory is bounded by the number of topics.
"""

IN_FLIGHT = 16  # messages: the topics of most pages at once; pages answer each eighth, or after three seconds
PATIENCE = 27.0  # seconds without an acknowledgement that is owed: with the hub's look and the closing it is 30


class Outbox:
    """Messages of one socket; the page has the first `acknowledged`. `take` gives what may be sent now."""

    def __init__(self) -> None:
        self._newest: dict[str, str] = {}
        self._sent = 0
        self.acknowledged = 0
        self._owed_since = 0.0

    def __len__(self) -> int:
        return len(self._newest)

    def put(self, key: str, text: str) -> None:
        """Let `text` wait, in place of an older one under `key`."""
        self._newest[key] = text

    def drop(self, key: str) -> None:
        """What waits under `key` is not to be sent any more."""
        self._newest.pop(key, None)

    def take(self, now: float) -> str | None:
        """The next message to send, or None: nothing waits, or too much is under way."""
        if not self._newest or self._sent - self.acknowledged >= IN_FLIGHT:
            return None
        key = next(iter(self._newest))
        if self._sent == self.acknowledged:
            self._owed_since = now
        self._sent += 1
        return self._newest.pop(key)

    def acknowledge(self, count: int, now: float) -> bool:
        """The page has `count` messages so far. Returns False when that cannot be."""
        if not self.acknowledged <= count <= self._sent:
            return False
        if count > self.acknowledged:
            self.acknowledged, self._owed_since = count, now
        return True

    def is_stuck(self, now: float) -> bool:
        """Whether the page has owed an acknowledgement for too long."""
        return self._sent > self.acknowledged and now - self._owed_since > PATIENCE
