"""`manage.py messages` collects the words of the site; `--compile` makes them usable, `--check` names missing ones."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pages import catalogues


class Command(BaseCommand):
    help = "Collects words to translate (no option), compiles translations, or checks that nothing is missing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--compile", action="store_true", help="write the compiled catalogues")
        parser.add_argument("--check", action="store_true", help="fail when a word has no Indonesian")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            found = catalogues.problems()
            if found:
                raise CommandError("\n".join(found))
            self.stdout.write("Every word has its Indonesian.")
        elif options["compile"]:
            self.stdout.write(f"{catalogues.compile_all()} translations compiled.")
        else:
            for room, count in catalogues.update().items():
                self.stdout.write(f"{room}: {count} without Indonesian")
