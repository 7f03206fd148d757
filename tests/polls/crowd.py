"""Writers that vote over real HTTP while their server is killed and started again: each sends its form until it has a
receipt, as a careful person does. For `test_kills.py` and `bench/vote_kills.py`.
"""

import os
import re
import secrets
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlencode

from tests.servers import Installation, answers, free_port, wait_for

WRITERS, TOKEN = 8, "a" * 32
RECEIPT = re.compile(r'class="receipt__code">([0-9A-F-]{19})<')
MAKE = """
from django.test import Client
from tests.factories import make_person, sign_in
from tests.polls.factories import make_poll
print(make_poll(mode="{mode}", results="after_closing").pk)
for number in range(int("{voters}")):
    client = sign_in(Client(), make_person())
    print("; ".join(morsel.OutputString(attrs=[]) for morsel in client.cookies.values()))
"""
RELEASE = """
import time
from polls.actions import detaching, keep_ledgers
log, listing = open({log!r}, "a", buffering=1), detaching.list_ballots
def slowly(**facts):
    print("torn", file=log)
    time.sleep(0.4)
    print("whole", file=log)
    return listing(**facts)
detaching.list_ballots = slowly
print("ready", file=log)
while True:
    keep_ledgers()
    time.sleep(0.02)
"""
SETTLE = """
from django.core.management import call_command
from polls.actions import close_polls
from methods.ledger import short
from polls.models import Ballot, PendingPaper, Poll, RollEntry
from tests.polls.factories import close
print(Poll.objects.get().ballot_count, RollEntry.objects.values("voter").distinct().count())
for kind in (Ballot, PendingPaper):
    print(*map(short, kind.objects.values_list("commitment", flat=True)), end=" ")
print()
close(Poll.objects.get())
assert close_polls() == 1 and Poll.objects.get().seed
call_command("verify")
"""


class Crowd:
    """Voters with accounts, one poll, and a server in `home` that may be killed. Votes as soon as it is entered.

    receipts: by voter, what was acknowledged. broken: how many sendings the kills cut off. torn: of a detached poll,
    how many releases they cut off in the middle, after ballots were written and before they were listed.
    """

    def __init__(self, home: Installation, voters: int, mode: str = "confidential") -> None:
        self.home, self.port = home, free_port()
        poll, *self.cookies = home.python(MAKE.format(voters=voters, mode=mode)).splitlines()
        self.path = f"/polls/{poll}/vote/"
        self.forms = [secrets.token_urlsafe(16) for _ in self.cookies]
        self.receipts: dict[int, str] = {}
        self.broken, self.detached, self.log = 0, mode == "detached", home.folder / "releases"
        self._up = threading.Event()
        self.start()

    def start(self) -> None:
        """A server on the same port, once it answers."""
        self.server = self.home.start("serve", "--no-worker", PORT=str(self.port))
        wait_for(lambda: answers(self.port) or self.server.poll() is not None, 30, "a server that answers")
        assert self.server.poll() is None, self.home.logs()
        if self.detached:
            release = RELEASE.format(log=str(self.log))
            ready = self.releases("ready")
            self.clock = self.home.start("shell", "--no-imports", "-c", release)
            wait_for(lambda: self.releases("ready") > ready, 30, "a clock that releases")
        self._up.set()

    def kill(self) -> None:
        """The server dies as it stands, without a last word to anybody."""
        if self.detached:
            before = self.torn
            wait_for(lambda: self.torn > before or self.done, 60, "a release")  # the last voters may be fewer than ten
        self._up.clear()
        self.stop(self.server)
        if self.detached:
            self.stop(self.clock)

    def stop(self, process: Any) -> None:
        """Kill a process and those that it started."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def releases(self, word: str) -> int:
        """How many releases came as far as "torn" (ballots written, not listed) or "whole"; how many clocks "ready"."""
        return self.log.read_text().split().count(word) if self.log.exists() else 0

    @property
    def done(self) -> bool:
        """Whether everybody has a receipt."""
        return len(self.receipts) == len(self.cookies)

    @property
    def torn(self) -> int:
        return self.releases("torn") - self.releases("whole")

    def vote(self, kills: int) -> None:
        """Everybody votes, `WRITERS` at a time, and the server is killed `kills` times meanwhile."""
        every = len(self.cookies) // (kills + 1)
        with ThreadPoolExecutor(WRITERS) as writers:
            work = [writers.submit(self._until_acknowledged, voter) for voter in range(len(self.cookies))]
            for number in range(1, kills + 1):
                wait_for(lambda wanted=number * every: len(self.receipts) >= wanted, 60, "votes")
                self.kill()
                self.start()
            for one in work:
                one.result(60)

    def again(self) -> dict[int, str]:
        """What everybody is answered who sends the same form once more."""
        with ThreadPoolExecutor(WRITERS) as writers:
            return dict(enumerate(writers.map(self._send, range(len(self.cookies)))))

    def settle(self) -> tuple[int, int, list[str], str]:
        """Close and settle the poll, and verify everything.

        Returns from before closing the turnout, people on the roll and the receipts of all ballots; and what
        `manage.py verify` prints. Raises CalledProcessError where something does not hold.
        """
        if self.detached:
            self.stop(self.clock)
        first, second, *verified = self.home.python(SETTLE).splitlines()
        turnout, roll = map(int, first.split())
        return turnout, roll, second.split(), "\n".join(verified)

    def _until_acknowledged(self, voter: int) -> None:
        while voter not in self.receipts:
            assert self._up.wait(60), "no server came back"
            try:
                self.receipts[voter] = self._send(voter)
            except (OSError, HTTPException):
                self.broken += 1

    def _send(self, voter: int) -> str:
        """The receipt, which is read before anything counts as acknowledged."""
        wire = HTTPConnection("127.0.0.1", self.port, timeout=30)
        form = {"q1": f"o{voter % 3 + 1}", "form_key": self.forms[voter], "replaces": "", "csrfmiddlewaretoken": TOKEN}
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"{self.cookies[voter]}; csrftoken={TOKEN}",
            "Origin": f"http://127.0.0.1:{self.port}",
        }
        try:
            wire.request("POST", self.path, urlencode(form), headers)
            answer = wire.getresponse()
            body = answer.read().decode()
        finally:
            wire.close()
        found = RECEIPT.findall(body)
        assert answer.status == 200, (answer.status, body[-2000:])
        return "".join(found)
