"""The seeded site that all journeys share: a real server with its worker, and what it needs beside it."""

import contextlib
import hashlib
import os
import re
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from email import message_from_string
from email.policy import default
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import redis

from demo.stories import town
from tests.databases import KEPT, alone, migrated_sqlite, postgres_database
from tests.servers import ROOT, Installation, wait_for

PASSWORD = town.PASSWORD
CODE = re.compile(r"^([A-Z0-9]{4}-[A-Z0-9]{4})$", re.M)
MAIL = re.compile(r"^Content-Type: text/plain.*?^-{79}$", re.M | re.S)  # as the console backend prints it


class Site(Installation):
    """An installation with the stories in it, and its address while it is served."""

    def __init__(self, folder: Path, **environment: str) -> None:
        super().__init__(folder, **environment)
        self.address = ""
        self.process: subprocess.Popen[str] | None = None
        self.sessions: dict[str, list[Any]] = {}  # cookies by role

    def open_doors(self) -> None:
        """Prepare what `make run` prepares beside the database, and serve."""
        with alone():
            self._gather_static()
        self.manage("seed")
        self.open_again()

    def _gather_static(self) -> None:
        """Gathered and compressed once for the sites of all processes."""
        code = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
        for path in sorted((ROOT / "static").rglob("*.*")):
            code.update(path.read_bytes())
        kept = KEPT.parent / "static" / code.hexdigest()
        if not kept.exists():
            shutil.rmtree(kept.parent, ignore_errors=True)
            self.manage("collectstatic", "--noinput", "-v0")
            shutil.copytree(self.folder / "static", kept.with_suffix(".now"))
            kept.with_suffix(".now").rename(kept)
        shutil.copytree(kept, self.folder / "static", dirs_exist_ok=True)

    def open_again(self) -> None:
        """Serve what is prepared, as operators run it; only planting the stories needs DEBUG."""
        self.process, port = self.serve(DEBUG="0")
        self.address = f"http://127.0.0.1:{port}"

    def close_doors(self) -> float:
        """Ask the server to end; the seconds that it took, its worker included."""
        assert self.process is not None
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(15)
        return time.monotonic() - began

    def code_for(self, email: str) -> str:
        """The newest sign-in code that was e-mailed to `email`."""
        wait_for(lambda: bool(self._codes(email)), 10, f"a code for {email}")
        return self._codes(email)[-1]

    def _codes(self, email: str) -> list[str]:
        letters = [message_from_string(found[0], policy=default) for found in MAIL.finditer(self.logs())]
        bodies = [str(letter.get_content()) for letter in letters if letter["To"] == email]
        return [found[1] for body in bodies for found in CODE.finditer(body)]


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[Site]:
    """A seeded site that is served: on SQLite and memory, or on what DATABASE_URL and REDIS_URL name."""
    with contextlib.ExitStack() as stack:
        services: dict[str, str] = {}
        if database := os.environ.get("DATABASE_URL", ""):
            services["DATABASE_URL"] = stack.enter_context(postgres_database(database, migrated=True))
        else:
            shutil.copy(migrated_sqlite(), folder / "rembuk.sqlite3")
        if store := os.environ.get("REDIS_URL", ""):
            services["REDIS_URL"] = stack.enter_context(redis_database(store))
        site = Site(folder, SECRET_KEY=secrets.token_urlsafe(50), **services)
        stack.callback(site.end)
        site.open_doors()
        yield site


@contextlib.contextmanager
def redis_database(url: str) -> Iterator[str]:
    """An empty Redis database beside the one that `url` names; emptied at the end."""
    taken = int(urlsplit(url).path.strip("/") or 0)
    for number in sorted(set(range(16)) - {taken}, reverse=True):
        own = urlunsplit(urlsplit(url)._replace(path=f"/{number}"))
        with redis.Redis.from_url(own) as server:
            if server.dbsize() == 0 and server.set("taken", 1, nx=True):  # workers beside this one look for one too
                break
    else:
        raise RuntimeError("no Redis database is empty")
    try:
        yield own
    finally:
        with redis.Redis.from_url(own) as server:
            server.flushdb()
