"""The lock of the only server outlives a restart of PostgreSQL, and of two servers one learns that it lost it."""

from typing import Any

import psycopg
import pytest
from django.db import connection

from realtime import lock

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def break_off(held: Any) -> None:
    """What a restart of the database does to a connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [held.info.backend_pid])


def test_lock_is_kept_while_its_connection_lives() -> None:
    held = lock._advisory()
    assert lock.still(held) is held
    assert lock._advisory() is None
    held.close()


def test_lock_is_taken_again_when_its_connection_broke() -> None:
    held = lock._advisory()
    break_off(held)
    again = lock.still(held)
    assert again is not held
    assert lock._advisory() is None
    again.close()


def test_server_learns_that_another_one_was_faster() -> None:
    held = lock._advisory()
    break_off(held)
    other = lock._advisory()
    assert other is not None
    with pytest.raises(lock.Lost):
        lock.still(held)
    other.close()


def test_database_that_is_away_is_asked_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    held = lock._advisory()
    break_off(held)
    with monkeypatch.context() as away:
        away.setattr(connection, "get_connection_params", lambda: {"host": "127.0.0.1", "port": 1, "dbname": "none"})
        with pytest.raises(psycopg.OperationalError):
            lock.still(held)
    again = lock.still(held)
    assert lock._advisory() is None
    again.close()
