"""The database as one file and back: SQLite by its backup API while it is in use, PostgreSQL by its own tools.

A load happens in one transaction: the old database or the new one, never a mixture.
"""

import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.db import connections

ONE = "--single-transaction"
NO_QUEUE = "--exclude-table=huey*"  # what the engine keeps for itself; stale jobs are queued again from their rows
PATIENCE = 60.0  # seconds for which a writer may keep the database


class Broken(Exception):
    """The file is not a database that can be loaded, or the tool failed; the text says what it said."""


def dump(target: Path) -> None:
    """Write the database as of one moment to `target`. Raises Broken."""
    if _is_sqlite():
        with closing(_live()) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)  # all pages in one step: one moment, and in WAL mode nobody waits for it
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
    else:
        with _address() as address:
            _run("pg_dump", address, "--format=custom", "--no-owner", "--no-privileges", NO_QUEUE, f"--file={target}")


def check(source: Path) -> None:
    """Raises Broken unless `source` is a whole database of the kind that this installation uses."""
    if not _is_sqlite():
        _run("pg_restore", "--list", str(source))
        return
    try:
        with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as copy:
            found = [str(row[0]) for row in copy.execute("PRAGMA integrity_check")]
    except sqlite3.DatabaseError as problem:
        raise Broken(str(problem)) from problem
    if found != ["ok"]:
        raise Broken("; ".join(found[:3]))


def load(source: Path) -> None:
    """Make `source` the database of this installation. Raises Broken with the database as it was."""
    connections["default"].close()
    if _is_sqlite():
        try:
            with closing(sqlite3.connect(source)) as copy, closing(_live()) as target:
                target.execute("PRAGMA journal_mode=WAL")
                copy.backup(target)
        except sqlite3.DatabaseError as problem:
            raise Broken(str(problem)) from problem
    else:
        with _address() as address:
            _run("pg_restore", address, "--clean", "--if-exists", "--no-owner", "--no-privileges", ONE, str(source))


def _is_sqlite() -> bool:
    return connections["default"].vendor == "sqlite"


def _live() -> sqlite3.Connection:
    return sqlite3.connect(connections["default"].settings_dict["NAME"], timeout=PATIENCE)


def _run(tool: str, *arguments: str) -> None:
    try:
        subprocess.run([tool, *arguments], check=True, capture_output=True, text=True)  # noqa: S603 (our own arguments)
    except FileNotFoundError as problem:
        raise Broken(f"{tool} is not installed (Debian: postgresql-client).") from problem
    except subprocess.CalledProcessError as problem:
        raise Broken(f"{tool}: {problem.stderr.strip()[-500:]}") from problem


@contextmanager
def _address() -> Iterator[str]:
    """Where PostgreSQL is, as an option of its tools. The password goes by a file: anybody can read a command line."""
    facts = connections["default"].settings_dict
    names = {"host": "HOST", "port": "PORT", "user": "USER", "dbname": "NAME"}
    parts = {name: str(facts[key]) for name, key in names.items() if facts.get(key)}
    parts |= {name: str(value) for name, value in facts.get("OPTIONS", {}).items() if isinstance(value, str)}
    with NamedTemporaryFile("w") as passfile:  # mode 0600
        if facts.get("PASSWORD"):
            passfile.write("*:*:*:*:" + str(facts["PASSWORD"]).replace("\\", "\\\\").replace(":", "\\:") + "\n")
            passfile.flush()
            parts["passfile"] = passfile.name
        from psycopg.conninfo import make_conninfo

        yield f"--dbname={make_conninfo(**parts)}"
