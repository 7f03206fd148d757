"""One server process only where the channel layer lives in memory: a second one would be deaf to the first.

The lock is a file in VAR_DIR, or an advisory lock of PostgreSQL, which holds across machines. It ends with the process.
PostgreSQL forgets it when it is restarted, so it is looked after, and taken again before anybody else would.
"""

import fcntl
import logging
import os
import signal
import sys
import threading
from typing import Any

from channels.layers import InMemoryChannelLayer, get_channel_layer
from django.conf import settings
from django.db import connection

ADVISORY = 0x52656D62756B  # "Rembuk"
EXIT = 78  # what sysexits.h calls a mistake of configuration
REFUSAL = (
    "Rembuk is running already. Without REDIS_URL there can be only one server process, because its live pages are "
    "told of changes in memory. Stop the other one, or set REDIS_URL for all of them."
)
LOOK = 5.0  # seconds between two looks whether the lock is still held
logger = logging.getLogger(__name__)
_held: list[Any] = []  # kept open until the process ends


class Lost(Exception):
    """Another process has taken the lock while the database did not know of ours."""


def needed() -> bool:
    """Whether this installation can have one server process only."""
    return isinstance(get_channel_layer(), InMemoryChannelLayer) and not settings.TESTING


def hold() -> None:
    """Take the lock, once in a process. Where another process has it, says so and exits with status 78."""
    if _held or not needed():
        return
    held = _advisory() if connection.vendor == "postgresql" else _file()
    if held is None:
        sys.stderr.write(f"{REFUSAL}\n")
        sys.exit(EXIT)
    _held.append(held)
    if connection.vendor == "postgresql":
        threading.Thread(target=_look_after, daemon=True, name="lock of the server").start()


def _file() -> Any:
    file = (settings.VAR_DIR / "server.lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


def _advisory() -> Any:
    """A connection of its own: the pool would give it to others, and inside a loop Django's would refuse to open."""
    import psycopg

    parameters = connection.get_connection_params()
    held = psycopg.connect(**{**parameters, "autocommit": True})
    row = held.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY]).fetchone()
    if row is None or not row[0]:
        held.close()
        return None
    return held


def still(held: Any) -> Any:
    """The connection that has the lock: `held`, or a new one where it was broken. Raises Lost, or an error of psycopg
    while the database is away.
    """
    import psycopg

    try:
        held.execute("SELECT 1")
    except psycopg.OperationalError:
        held.close()
        held = _advisory()
        if held is None:
            raise Lost from None
    return held


def _look_after() -> None:
    """Runs beside the server; ends it where there is a second one now, which would be deaf to it."""
    import psycopg

    pause = threading.Event()
    while not pause.wait(LOOK):
        try:
            _held[0] = still(_held[0])
        except psycopg.Error:
            logger.warning("The lock of the server cannot be looked after: the database is away.")
        except Lost:
            logger.critical("%s This one ends.", REFUSAL)
            os.kill(os.getpid(), signal.SIGTERM)
            return
