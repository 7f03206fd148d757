"""The race itself: 20 voters send 10 forms each through 64 threads and real HTTP, on whatever database is set.

Run by `test_races.py`, which says on which databases.
"""

import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from threading import Barrier
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from accounts.models import Participant
from polls.actions import close_polls, keep_ledgers, replace_code, tally, use_code
from polls.models import Ballot, Elector, PendingPaper, Poll, RollEntry
from polls.rules import CodeRefused
from tests.factories import make_person, sign_in
from tests.polls.factories import close, make_poll, make_roll

VOTERS, POSTS, THREADS = 20, 10, 64


def send(host: str, path: str, cookies: str, token: str, form: dict[str, str], tries: int = 10) -> int:
    """The answer's status. A connection that the test server's short queue drops is made again with the same form."""
    wire = HTTPConnection(host, timeout=60)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies}
    try:
        wire.request("POST", path, urlencode(form | {"csrfmiddlewaretoken": token}), headers)
        answer = wire.getresponse()
        answer.read()
    except ConnectionError:
        if tries == 1:
            raise
        return send(host, path, cookies, token, form, tries - 1)
    finally:
        wire.close()
    return answer.status


@contextmanager
def releasing(poll: Poll) -> Iterator[None]:
    """In a detached poll papers are released all the while, as fast as ten are there."""
    done = threading.Event()

    def release() -> None:
        while not done.wait(0.05):
            keep_ledgers()
        connection.close()

    thread = threading.Thread(target=release)
    if poll.is_detached:
        thread.start()
    yield
    done.set()
    if poll.is_detached:
        thread.join()


def race(live_server: Any, mode: str) -> tuple[Poll, list[int]]:
    poll = make_poll(mode=mode)
    path, host = reverse("polls:vote", args=[poll.pk]), urlsplit(live_server.url).netloc
    jobs = []
    for number in range(VOTERS):
        client = sign_in(Client(), make_person())
        page = client.get(poll.get_absolute_url()).content.decode()
        token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0]
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
        for post in range(POSTS):
            key = "same-form-key-000" if number % 2 else f"another-form-key-{post}"
            form = {"q1": f"o{post % 3 + 1}", "form_key": key, "replaces": ""}
            jobs.append((host, path, cookies, token, form))
    jobs = [jobs[at * POSTS + post] for post in range(POSTS) for at in range(VOTERS)]
    with releasing(poll), ThreadPoolExecutor(THREADS) as pool:
        statuses = list(pool.map(lambda job: send(*job), jobs))
    return Poll.objects.get(pk=poll.pk), statuses


def check(poll: Poll, statuses: list[int]) -> None:
    assert set(statuses) <= {200, 409}
    assert statuses.count(200) >= VOTERS
    if poll.is_detached:
        assert Ballot.objects.count() >= 10
    papers = PendingPaper.objects.count() + Ballot.objects.count()
    assert (papers, RollEntry.objects.count(), poll.ballot_count) == (VOTERS, VOTERS, VOTERS)
    if not poll.is_secret:
        assert tally(poll.question("q1")).turnout == VOTERS
    close(poll)
    close_polls()
    poll = Poll.objects.get()
    outcome = tally(poll.question("q1"))
    assert (outcome.turnout, sum(outcome.totals.values())) == (VOTERS, VOTERS)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("mode", ["open", "confidential", "detached"])
def test_race_leaves_one_ballot_each(live_server: Any, mode: str) -> None:
    check(*race(live_server, mode))


def stand_and_vote(poll: Poll, code: str) -> tuple[int, int]:
    """A visitor uses a code and votes at once: both statuses."""
    visitor = Client()
    used = visitor.post(reverse("polls:code", args=[poll.pk]), {"code": code})
    vote = visitor.post(reverse("polls:vote", args=[poll.pk]), {"q1": "o1"})
    connections.close_all()
    return used.status_code, vote.status_code


def replace_and_vote(poll: Poll, elector: Elector) -> tuple[int, int]:
    """The organiser gives out a new code while the old one is used, and its owner votes at once."""
    code = replace_code(poll=poll, elector=elector).code
    return stand_and_vote(poll, code)


def use_at_once(poll: Poll, code: str, visitors: int) -> list[bool]:
    """Which of so many people get the place of `code` when all of them ask for it at the same moment."""
    start = Barrier(visitors)

    def use(person: Participant) -> bool:
        start.wait(30)
        try:
            use_code(poll=poll, code=code, person=person)
        except CodeRefused:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(visitors) as pool:
        return list(pool.map(use, [make_person(guest=True) for _ in range(visitors)]))


def race_for_codes(mode: str) -> None:
    """A code is used by eight people at once, and one of them gets its place. Then each code is used by five visitors
    who vote at once, while a new one replaces it."""
    poll = make_poll(mode=mode, electorate="invited")
    for code in make_roll(poll, 4):
        assert sorted(use_at_once(poll, code, 8)) == [False] * 7 + [True]
    poll.electors.all().delete()
    every = make_roll(poll, 10)
    jobs = [partial(stand_and_vote, poll, code) for _visitor in range(5) for code in every]
    jobs[20:20] = [partial(replace_and_vote, poll, elector) for elector in list(poll.electors.all())]
    with ThreadPoolExecutor(16) as pool:
        statuses = list(pool.map(lambda job: job(), jobs))
    assert {used for used, _vote in statuses} <= {302, 422}
    assert {vote for _used, vote in statuses} <= {200, 409}
    entries = RollEntry.objects.filter(poll=poll)
    assert (entries.count(), entries.values("elector").distinct().count()) == (10, 10)
    acknowledged = sum(vote == 200 for _used, vote in statuses)
    assert (Ballot.objects.count(), acknowledged, Poll.objects.get().ballot_count) == (10, 10, 10)


@pytest.mark.django_db(transaction=True)
def test_race_for_codes_gives_each_place_one_vote() -> None:
    race_for_codes("confidential")
