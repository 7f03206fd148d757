"""Databases with all migrations, made once for the same code and copied for whoever needs one.

Migrating takes a process seven seconds, copying what was migrated a tenth of one. What is kept lies in
`.pytest_cache/migrated`, or beside other databases under a name that begins with `rembuk_migrated_`. Of each one is
kept: what older code made goes when a new one is made.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.servers import ROOT, Installation, free_port

KEPT = ROOT / ".pytest_cache" / "migrated"
PREFIX = "rembuk_migrated_"


def migrated_sqlite() -> Path:
    """The file of an SQLite database with all migrations."""
    with alone():
        made = KEPT / f"{_code()}.sqlite3"
        if not made.exists():
            for older in KEPT.glob("*.sqlite3"):
                older.unlink()
            with tempfile.TemporaryDirectory(dir=KEPT) as folder:
                Installation(Path(folder)).manage("migrate", "-v0")
                Path(folder, "rembuk.sqlite3").rename(made)
    return made


def migrated_postgres(url: str) -> str:
    """The name of a database with all migrations, beside the one that `url` names: a template for others."""
    name = f"{PREFIX}{_code()[:16]}"
    with alone(), psycopg.connect(url, autocommit=True) as connection:
        kept = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        found = [row[0] for row in kept]
        if name not in found:
            for other in found:
                connection.execute(f'DROP DATABASE IF EXISTS "{other}" WITH (FORCE)')
            making = f"{name}_now"  # renamed when complete: nobody copies half of it
            connection.execute(f'CREATE DATABASE "{making}"')
            with tempfile.TemporaryDirectory() as folder:
                Installation(Path(folder), DATABASE_URL=_beside(url, making)).manage("migrate", "-v0")
            connection.execute(f'ALTER DATABASE "{making}" RENAME TO "{name}"')
    return name


def on_sqlite(folder: Path, **environment: str) -> Installation:
    """An installation on SQLite that is ready."""
    shutil.copy(migrated_sqlite(), folder / "rembuk.sqlite3")
    return Installation(folder, **environment)


@contextlib.contextmanager
def in_memory() -> Iterator[None]:
    """Django's SQLite database in memory is there already, with all migrations, when Django looks for it."""
    with (
        contextlib.closing(sqlite3.connect(migrated_sqlite())) as made,
        contextlib.closing(sqlite3.connect("file:memorydb_default?mode=memory&cache=shared", uri=True)) as here,
    ):
        made.backup(here)
        yield


@contextlib.contextmanager
def postgres_database(url: str, *, migrated: bool = False) -> Iterator[str]:
    """A database of its own beside the one that `url` names, empty or with all migrations; dropped at the end."""
    name = f"test_rembuk_server_{os.getpid()}_{free_port()}"
    template = f' TEMPLATE "{migrated_postgres(url)}"' if migrated else ""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"{template}')
    try:
        yield _beside(url, name)
    finally:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _beside(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _code() -> str:
    """A hash of what decides what a migrated database holds."""
    code = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for room in sorted({*ROOT.glob("[a-z]*/apps.py"), ROOT / "config/settings.py"}):
        for path in sorted(room.parent.rglob("*.py")):
            code.update(path.read_bytes())
    return code.hexdigest()


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """One process of tests makes what is kept for all, the others wait."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
