"""Says that something changed: `publish()` inside `atomic()` raises versions and marks topics after the commit.

Carries no content: whoever listens gets a fresh snapshot from the room that owns the topic.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from realtime import hub
from realtime.models import TopicVersion


class _Pending(threading.local):
    depth = 0
    keys: frozenset[str] = frozenset()


_pending = _Pending()


@contextmanager
def atomic() -> Iterator[None]:
    """`transaction.atomic` that also raises the versions of all topics published in it, once, before it commits.

    Every action of every room is decorated with `@atomic()`. The versions are raised when the outermost block
    ends, in one statement in sorted order of keys, or two transactions could wait for each other. After the commit
    the topics are only marked, so no request ever waits for the channel layer.
    """
    before = _pending.keys
    _pending.depth += 1
    try:
        with transaction.atomic():
            yield
            if _pending.depth == 1 and _pending.keys:
                keys = sorted(_pending.keys)
                _raise_versions(keys)
                transaction.on_commit(lambda: hub.mark(keys), robust=True)
    except BaseException:
        _pending.keys = before
        raise
    finally:
        _pending.depth -= 1
        if _pending.depth == 0:
            _pending.keys = frozenset()


def publish(*keys: str) -> None:
    """Note that the topics `keys` (such as `poll.7`) have changed; they are told when the transaction commits."""
    if _pending.depth == 0:
        with atomic():
            _pending.keys |= frozenset(keys)
    else:
        _pending.keys |= frozenset(keys)


def _raise_versions(keys: list[str]) -> None:
    table = connection.ops.quote_name(TopicVersion._meta.db_table)
    rows = ", ".join(["(%s, 1)"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (key, version) VALUES {rows} "  # noqa: S608 (a table's name and placeholders only)
            f"ON CONFLICT (key) DO UPDATE SET version = {table}.version + 1",
            keys,
        )
