"""Checks polls: ledgers, ballots, rules and packages, as the database has them. Changes nothing."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from methods.ledger import Wrong
from polls.actions.verifying import verify_poll
from polls.models import Poll


class Command(BaseCommand):
    """`manage.py verify [POLL …]`: ends with 1 when anything was changed behind the application's back."""

    help = "Checks the ledgers of polls against their ballots, rules and packages; names the poll and the entry."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("poll", nargs="*", type=int, help="numbers of polls, as in their addresses; all without")

    def handle(self, *args: Any, poll: list[int], **options: Any) -> None:
        polls = Poll.objects.filter(pk__in=poll) if poll else Poll.objects.all()
        missing = set(poll) - {one.pk for one in polls}
        if missing:
            raise CommandError(f"There is no poll {min(missing)}.")
        wrong = 0
        for one in polls.order_by("pk"):
            try:
                entries = verify_poll(one)
            except Wrong as error:
                wrong += 1
                self.stderr.write(self.style.ERROR(f"Poll {one.pk}, entry {error.number}: {error}"))
            else:
                self.stdout.write(f"Poll {one.pk}: {entries} entries hold.")
        if wrong:
            raise CommandError(f"{wrong} of {len(polls)} polls do not hold.")
