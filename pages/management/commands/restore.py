"""`manage.py restore PATH`: replaces database and files by those of an archive that `backup` made."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pages import backup


class Command(BaseCommand):
    help = "Replaces database and files by those of a backup. Stop the site first; run migrate afterwards."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="an archive that `manage.py backup` made")
        parser.add_argument("--force", action="store_true", help="replace what this installation holds")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = backup.restore(options["path"], force=options["force"])
        except backup.Refused as refusal:
            raise CommandError(f"{refusal} Nothing was changed.") from refusal
        self.stdout.write(f"Restored what was saved at {manifest['made_at']}. Now run: manage.py migrate")
        self.stdout.write(
            "Keys of confidential polls are never saved: where such a poll was open, votes stay counted, "
            "but people can no longer change theirs unless the folder VAR_DIR/keys is still here."
        )
