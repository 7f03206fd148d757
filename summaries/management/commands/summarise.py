"""`manage.py summarise SLUG`: builds the summary of a consultation here and now, without a worker."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from summaries.management.foreground import build_here, find_consultation


class Command(BaseCommand):
    help = "Builds the summary of a consultation in the foreground, as the button “Build the summary” does."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the short name of the consultation in addresses")

    def handle(self, *args: Any, **options: Any) -> None:
        consultation = find_consultation(options["slug"])
        build, made = build_here(consultation, silent=options["verbosity"] == 0)
        counts = build.counts
        if not made:
            self.stdout.write("Nothing has changed since the newest summary was built, so it still holds.")
        self.stdout.write(
            f"{counts['read']} contributions of {counts['n']} received ({counts['distinct']} distinct texts, "
            f"{counts['contributors']} contributors): {build.themes.standing().count()} themes; "
            f"{counts['themed']} in themes + {counts['unassigned']} in none + {counts['left_out']} left out "
            f"= {counts['n']}."
        )
        self.stdout.write(f"Read it at {build.get_absolute_url()}")
