"""Votes over real HTTP by eight people at a time: one server process on SQLite, two on PostgreSQL and Redis.

Prints votes per second and p95 beside inserts of one row by the same processes in the same rounds: through the site's
middleware by the person signed in (a vote should reach half of it), and by a bare Django without middleware or session,
which is as fast as a row can get in here.
"""

import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from measure import noise, p95, postgres, processor_seconds

from tests.databases import on_sqlite, postgres_database
from tests.servers import Installation, answers, free_port, wait_for

VOTERS, ROUNDS, WRITERS, RATIO = 160, 3, 8, 0.5
REDIS, TOKEN = "redis://127.0.0.1:6379/15", "a" * 32
SETTINGS = {"DEBUG": "0", "SECRET_KEY": "only-for-this-benchmark" * 3, "ALLOWED_HOSTS": "127.0.0.1"}
WAYS = {"vote": "/polls/{}/vote/", "insert by a bare Django": "/bare/{}/", "insert through the site": "/insert/{}/"}
MAKE = """
from django.test import Client
from tests.factories import make_person, sign_in
from tests.polls.factories import make_poll
print(*[make_poll(mode="confidential").pk for _ in range({polls})])
for number in range({voters}):
    client = sign_in(Client(), make_person())
    print("; ".join(morsel.OutputString(attrs=[]) for morsel in client.cookies.values()))
"""
SERVE = """
import os, sys
from django.core.asgi import get_asgi_application
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path
from django.utils.module_loading import import_string
import config.urls
from polls.models import RollEntry
def insert(request, poll_id):
    RollEntry.objects.create(poll_id=poll_id, voter=getattr(request, "person", None))
    return HttpResponse("inserted")
config.urls.urlpatterns += [path("bare/<int:poll_id>/", insert), path("insert/<int:poll_id>/", insert)]
with override_settings(MIDDLEWARE=[]):
    bare = get_asgi_application()
pages = import_string("config.asgi.application")
async def application(scope, receive, send):
    to = bare if scope.get("path", "").startswith("/bare/") else pages
    await to(scope, receive, send)
from realtime.server import Door
sys.setswitchinterval(0.02)
Door(application, host="127.0.0.1", port=int(os.environ["PORT"])).run()
"""


def measure(home: Installation, name: str, processes: int) -> None:
    """Rounds of votes and inserts in turn, the first of them to warm up; prints medians."""
    home.manage("collectstatic", "--noinput", "-v0")
    first, *cookies = home.python(MAKE.format(polls=len(WAYS) * (ROUNDS + 1), voters=VOTERS)).splitlines()
    polls, ports = iter(first.split()), [free_port() for _ in range(processes)]
    servers = [home.start("shell", "--no-imports", "-c", SERVE, PORT=str(port)) for port in ports]
    for port in ports:
        wait_for(lambda port=port: answers(port), 60, "a server that answers")
    rates: dict[str, list[float]] = {way: [] for way in WAYS}
    costs: dict[str, list[float]] = {way: [] for way in WAYS}
    waits: dict[str, list[float]] = {way: [] for way in WAYS}
    for number in range(ROUNDS + 1):
        for way, path in WAYS.items():
            cpu, began = sum(processor_seconds(one.pid) for one in servers), time.perf_counter()
            each = everybody(ports, path.format(next(polls)), cookies)
            if number:
                rates[way].append(VOTERS / (time.perf_counter() - began))
                costs[way].append((sum(processor_seconds(one.pid) for one in servers) - cpu) / VOTERS * 1000)
                waits[way] += each
    middle = {way: statistics.median(rates[way]) for way in WAYS}
    print(f"{name}, {processes} server process(es), {WRITERS} people at a time:")
    for way in WAYS:
        ratio = "" if way == "vote" else f"; a vote is {middle['vote'] / middle[way]:.2f} of it"
        budget = f" (at least {RATIO})" if "site" in way else ""
        print(
            f"  {way}: {middle[way]:.0f}/s, p95 {p95(waits[way]) * 1000:.0f} ms, "
            f"{statistics.median(costs[way]):.1f} ms CPU{ratio}{budget}"
        )


def everybody(ports: list[int], path: str, cookies: list[str]) -> list[float]:
    """Seconds that each took, when everybody posts a form once, `WRITERS` at a time."""
    taken: list[float] = []

    def write(writer: int) -> None:
        port = ports[writer % len(ports)]
        wire = HTTPConnection("127.0.0.1", port, timeout=60)
        for number in range(writer, len(cookies), WRITERS):
            form = {"q1": "o2", "form_key": f"a-form-key-{number:08}", "replaces": "", "csrfmiddlewaretoken": TOKEN}
            headers = {
                "Content-Type": "application/x-www-form-urlencoded",
                "Cookie": f"{cookies[number]}; csrftoken={TOKEN}",
                "Origin": f"http://127.0.0.1:{port}",
            }
            began = time.perf_counter()
            wire.request("POST", path, urlencode(form), headers)
            answer = wire.getresponse()
            body = answer.read()
            taken.append(time.perf_counter() - began)
            assert answer.status == 200, (answer.status, body[:200])
        wire.close()

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len(cookies), "not everybody was answered"
    return taken


def main() -> None:
    """On both databases, where they are."""
    with tempfile.TemporaryDirectory() as folder:
        ended(on_sqlite(Path(folder), **SETTINGS), lambda home: measure(home, "SQLite", 1))
    url = postgres()
    if not url:
        print("PostgreSQL was left out: DATABASE_URL names none, and none answers on 127.0.0.1:5432.")
        return
    with tempfile.TemporaryDirectory() as folder, postgres_database(url) as database:
        home = Installation(Path(folder), DATABASE_URL=database, REDIS_URL=REDIS, **SETTINGS)
        home.manage("migrate", "-v0")
        ended(home, lambda home: measure(home, "PostgreSQL and Redis", 2))
    print(noise())


def ended(home: Installation, act: Callable[[Installation], None]) -> None:
    """`act`, and the end of all that it started."""
    try:
        act(home)
    finally:
        home.end()


if __name__ == "__main__":
    main()
