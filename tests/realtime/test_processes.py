"""Real server processes: origins, fan-out between processes, a layer that is away, the lock, and the end."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

import pytest
import websockets

from realtime.consumer import LATER
from realtime.lock import EXIT, REFUSAL
from tests.databases import on_sqlite, postgres_database
from tests.servers import Installation, answers, free_port, wait_for

DATABASE_URL = os.environ.get("DATABASE_URL", "")
REDIS_URL = os.environ.get("REDIS_URL", "")
GUEST = """
from importlib import import_module
from django.conf import settings
from accounts.middleware import GUEST
from accounts.models import Participant
from jobs.models import Job
person = Participant.objects.create(name="Sari")
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[GUEST] = str(person.key)
session.save()
job = Job.objects.create(kind="tests.nothing", owner=person)
print(f"{settings.SESSION_COOKIE_NAME}={session.session_key} {job.pk}")
"""
CHANGE = """
from jobs.actions import cancel
from jobs.models import Job
cancel(job=Job.objects.get())
"""


@pytest.fixture
def home(tmp_path):
    """An installation on SQLite and the memory layer."""
    installation = on_sqlite(tmp_path)
    yield installation
    installation.end()


@pytest.fixture
def shared_home(tmp_path):
    """An installation on PostgreSQL and Redis."""
    with postgres_database(DATABASE_URL, migrated=True) as database:
        installation = Installation(tmp_path, DATABASE_URL=database, REDIS_URL=REDIS_URL)
        yield installation
        installation.end()


def listener(port: int, cookie: str = "", origin: str | None = None) -> websockets.connect:
    return websockets.connect(
        f"ws://127.0.0.1:{port}/live/",
        origin=f"http://127.0.0.1:{port}" if origin is None else origin,
        additional_headers={"Cookie": cookie} if cookie else {},
        compression=None,
    )


async def hear(page: websockets.ClientConnection, seconds: float = 30) -> dict:
    return json.loads(await asyncio.wait_for(page.recv(), seconds))


@pytest.mark.sqlite_file
def test_second_server_without_redis_is_refused(home):
    home.serve("--no-worker")
    second = home.start("serve", "--no-worker", PORT=str(free_port()))
    assert second.wait(20) == EXIT
    assert REFUSAL in home.logs()


@pytest.mark.postgres
def test_second_server_on_the_same_postgres_is_refused_without_redis(tmp_path):
    with postgres_database(DATABASE_URL, migrated=True) as database:
        one, two = tmp_path / "one", tmp_path / "two"
        for folder in (one, two):
            folder.mkdir()
        first, second = Installation(one, DATABASE_URL=database), Installation(two, DATABASE_URL=database)
        try:
            first.serve("--no-worker")
            assert second.start("serve", "--no-worker", PORT=str(free_port())).wait(20) == EXIT
        finally:
            first.end()
            second.end()


@pytest.mark.postgres
@pytest.mark.redis
def test_change_in_one_server_reaches_pages_of_another_at_once(shared_home):
    cookie, job = shared_home.python(GUEST).split()
    _, here = shared_home.serve("--no-worker")
    _, there = shared_home.serve("--no-worker")

    async def run():
        async with listener(there, cookie) as page:
            await page.send(json.dumps({"listen": [f"job.{job}"]}))
            await hear(page)
            await asyncio.sleep(0.5)
            began = time.monotonic()
            await asyncio.to_thread(stop_by_form, here, cookie, job)
            state = (await hear(page))["facts"]["state"]
            return state, time.monotonic() - began

    state, seconds = asyncio.run(run())
    assert state == "cancelled"
    assert seconds < 1.5  # by the layer; by the versions alone it could be two


def stop_by_form(port: int, cookie: str, job: str) -> int:
    """Press the button that stops a job; returns the status of the answer."""
    token = "a" * 32
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/jobs/{job}/cancel/",
        data=f"csrfmiddlewaretoken={token}".encode(),
        headers={"Cookie": f"{cookie}; csrftoken={token}", "Origin": f"http://127.0.0.1:{port}"},
    )
    try:
        return urllib.request.build_opener(NoRedirect).open(request, timeout=10).status
    except urllib.error.HTTPError as answer:
        return answer.code


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


@pytest.mark.sqlite_file
def test_pages_and_sockets_work_while_redis_is_away(home):
    cookie, job = home.python(GUEST).split()
    _, port = home.serve("--no-worker", REDIS_URL=f"redis://127.0.0.1:{free_port()}/0")

    async def run():
        async with listener(port, cookie) as page:
            await page.send(json.dumps({"listen": [f"job.{job}"]}))
            first = await hear(page)
            await asyncio.to_thread(home.python, CHANGE)
            return first["facts"]["state"], (await hear(page))["facts"]["state"]

    assert asyncio.run(run()) == ("queued", "cancelled")
    assert answers(port, "/jobs/")
    assert home.logs().count("The channel layer is away") == 1


@pytest.mark.sqlite_file
@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT])
def test_server_ends_in_five_seconds_with_open_sockets_and_its_worker(home, signum):
    process, port = home.serve()
    wait_for(lambda: bool(children(process.pid)), 40, "the worker")

    async def run():
        async with listener(port) as one, listener(port) as two:
            idle = socket.create_connection(("127.0.0.1", port))  # a connection that asks nothing
            worker = children(process.pid)
            began = time.monotonic()
            process.send_signal(signum)
            await asyncio.gather(one.wait_closed(), two.wait_closed())
            status = await asyncio.to_thread(process.wait, 6)
            idle.close()
            return worker, status, time.monotonic() - began, one.close_code

    worker, status, seconds, code = asyncio.run(run())
    assert (status, code) == (0, LATER)
    assert seconds < 5
    assert not [pid for pid in worker if alive(pid)]


@pytest.mark.sqlite_file
def test_killed_server_takes_its_worker_with_it(home):
    process, _ = home.serve()
    wait_for(lambda: bool(children(process.pid)), 40, "the worker")
    wait_for(lambda: any(threads(pid) > 2 for pid in children(process.pid)), 40, "a worker that has begun")
    (worker,) = children(process.pid)
    process.kill()
    process.wait()
    wait_for(lambda: not alive(worker), 30, "the end of the worker")


@pytest.mark.sqlite_file
def test_worker_that_dies_is_started_again(home):
    process, _ = home.serve()
    wait_for(lambda: bool(children(process.pid)), 40, "the worker")
    (worker,) = children(process.pid)
    os.kill(worker, signal.SIGKILL)
    wait_for(lambda: bool(children(process.pid) - {worker}), 40, "another worker")


@pytest.mark.sqlite_file
def test_request_under_way_is_finished_before_the_end(home):
    cookie, job = home.python(GUEST).split()
    process, port = home.serve("--no-worker")
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home.folder / "rembuk.sqlite3")],
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout.readline() == "held\n"
    answers_got: list[int] = []
    form = threading.Thread(target=lambda: answers_got.append(stop_by_form(port, cookie, job)))
    form.start()
    wait_for(lambda: len(os.listdir(f"/proc/{process.pid}/task")) > 1, 5, "a request under way")
    threading.Event().wait(0.5)  # it waits for the database that the holder holds
    process.send_signal(signal.SIGTERM)
    threading.Event().wait(0.5)
    assert process.poll() is None
    holder.communicate("")
    form.join(6)
    assert process.wait(6) == 0
    assert answers_got == [302]
    assert home.python("from jobs.models import Job; print(Job.objects.get().state)").strip() == "cancelled"


HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
connection.rollback()
"""


def children(pid: int) -> set[int]:
    found: set[int] = set()
    for task in os.listdir(f"/proc/{pid}/task"):
        with contextlib.suppress(FileNotFoundError), open(f"/proc/{pid}/task/{task}/children") as file:
            found |= {int(child) for child in file.read().split()}
    return found


def threads(pid: int) -> int:
    try:
        return len(os.listdir(f"/proc/{pid}/task"))
    except FileNotFoundError:
        return 0


def alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
