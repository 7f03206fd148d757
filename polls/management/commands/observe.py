"""Keeps the heads of ledgers in a file elsewhere, and compares: what was seen once must still be in the chain.

An observer runs it again and again, on another machine with `--url`; the file is theirs. Changes nothing of Rembuk.
"""

import json
import re
import urllib.request
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.error import URLError

from django.core.management.base import BaseCommand, CommandError

from methods import ledger
from polls.actions.ledger import lines
from polls.models import LedgerEntry, Poll

LARGEST = 64 * 1024 * 1024  # bytes of one answer


class Command(BaseCommand):
    """`manage.py observe FILE [--url ADDRESS]`: ends with 1 when a head that was seen is in no chain any more."""

    help = "Writes the heads of all ledgers to FILE and compares them with those that it holds from before."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="where heads are kept, one line of JSON each; made if missing")
        parser.add_argument("--url", default="", help="a site to observe from outside, as https://rembuk.example")

    def handle(self, *args: Any, file: Path, url: str, **options: Any) -> None:
        seen: dict[str, set[str]] = {}
        with suppress(FileNotFoundError):
            for line in file.read_text(encoding="utf-8").splitlines():
                one = json.loads(line)
                seen.setdefault(one["poll"], set()).add(one["head"])
        found = dict(_outside(url.rstrip("/")) if url else _inside())
        wrong = [name for name, heads in seen.items() if not heads <= set(found.get(name, ()))]
        with file.open("a", encoding="utf-8") as kept:
            for name, heads in found.items():
                if heads[-1] not in seen.get(name, ()) and name not in wrong:
                    kept.write(json.dumps({"poll": name, "head": heads[-1]}) + "\n")
        if wrong:
            raise CommandError(f"The ledger of {', '.join(sorted(wrong))} no longer holds a head that was seen before.")
        self.stdout.write(self.style.SUCCESS(f"{len(found)} ledgers, nothing that was seen before has changed."))


def _inside() -> Iterator[tuple[str, list[str]]]:
    for poll in Poll.objects.filter(pk__in=LedgerEntry.objects.values("poll")):
        yield f"poll-{poll.pk}", _heads(f"poll-{poll.pk}", lines(poll))


def _outside(url: str) -> Iterator[tuple[str, list[str]]]:
    """Chains of the polls that the site's feed of heads names."""
    feed = _fetch(f"{url}/api/polls.xml")
    for number in sorted(set(map(int, re.findall(r"/polls/(\d+)/ledger/", feed)))):
        chain = _fetch(f"{url}/polls/{number}/ledger.jsonl").splitlines()
        if chain:
            yield f"poll-{number}", _heads(f"poll-{number}", chain)


def _heads(name: str, chain: list[str]) -> list[str]:
    try:
        return ledger.verify(chain).heads
    except ledger.Wrong as error:
        raise CommandError(f"The ledger of {name} does not hold, entry {error.number}: {error}") from None


def _fetch(address: str) -> str:
    if not address.startswith(("https://", "http://")):
        raise CommandError("The address must begin with https:// or http://.")
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 (checked above)
            return str(answer.read(LARGEST).decode())
    except (URLError, UnicodeDecodeError) as error:
        raise CommandError(f"{address} could not be read: {error}") from None
