"""`manage.py backup PATH`: database and files as one archive, while the site runs."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pages import backup


class Command(BaseCommand):
    help = "Writes database and files into one .tar, as of one moment, while the site runs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="the archive to write, such as rembuk-2026-05-03.tar")
        parser.add_argument("--force", action="store_true", help="replace an archive of the same name")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = backup.backup(options["path"], force=options["force"])
        except backup.Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        size = options["path"].stat().st_size / 1e6
        self.stdout.write(f"{options['path']}: {len(manifest['members']) - 1} files and the database, {size:.1f} MB.")
        self.stdout.write("It holds personal data: keep it where only you can read it.")
