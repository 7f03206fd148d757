"""The registry of topic prefixes. Each room's `topics.py` registers what an open page may listen to."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.module_loading import autodiscover_modules

Snapshot = dict[str, Any]


@dataclass(frozen=True)
class Topic:
    """What a room answers for the topics `<prefix>.<id>`.

    `may_listen(person, id)`: whether the participant (None for somebody unknown) may hear it; `id` is the text after
    the last dot. `snapshot(id)`: plain JSON-ready facts that all who may listen may see; never HTML, never secrets.
    """

    may_listen: Callable[[Any, str], bool]
    snapshot: Callable[[str], Snapshot]


_topics: dict[str, Topic] = {}


def register(prefix: str, *, may_listen: Callable[[Any, str], bool], snapshot: Callable[[str], Snapshot]) -> None:
    """Make `<prefix>.<id>` a topic. Raises ValueError when another room has the prefix already."""
    if prefix in _topics:
        raise ValueError(f"The topic prefix {prefix!r} is registered twice.")
    _topics[prefix] = Topic(may_listen, snapshot)


def discover() -> dict[str, Topic]:
    """All topics by prefix; each room's `topics.py` is imported on the first call."""
    autodiscover_modules("topics")
    return _topics


def find(key: str) -> tuple[Topic, str] | None:
    """The topic that the key `<prefix>.<id>` belongs to, and the id; None for an unknown key.

    A prefix may hold dots: `poll.results.7` is topic `poll.results`, id `7`.
    """
    prefix, _, rest = key.rpartition(".")
    topic = discover().get(prefix)
    return (topic, rest) if topic and rest else None
