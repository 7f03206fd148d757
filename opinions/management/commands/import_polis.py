"""`manage.py import_polis DIR --consultation SLUG`: takes a pol.is export into a consultation, whole or not at all."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from consultations.models import Consultation
from opinions.actions import Imported, import_conversation
from opinions.polis import BrokenExport, read_export

WIDE = 30


class Command(BaseCommand):
    help = "Takes over statements, votes and participants of a pol.is export (comments.csv, votes.csv, …, or .csv.gz)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="DIR", help="the folder of the export")
        parser.add_argument("--consultation", required=True, metavar="SLUG", help="the short name of the consultation")

    def handle(self, *args: Any, **options: Any) -> None:
        slug = options["consultation"]
        consultation = Consultation.objects.filter(slug=slug).first()
        if consultation is None:
            known = ", ".join(Consultation.objects.order_by("slug").values_list("slug", flat=True)[:20]) or "none yet"
            raise CommandError(f"There is no consultation “{slug}”. There are: {known}. Nothing was imported.")
        self._progress(0.0, "reading")
        try:
            export = read_export(Path(options["folder"]))
        except BrokenExport as problem:
            self.stderr.write("")
            raise CommandError(f"{problem} Nothing was imported.") from problem
        done = import_conversation(consultation=consultation, export=export, progress=self._progress)
        self.stderr.write("")
        self.stdout.write(sentence(done, told_votes=export.has_votes))

    def _progress(self, share: float, message: str) -> None:
        """One line on stderr that is written over; one line a stage where stderr is no terminal."""
        full = round(share * WIDE)
        line = f"[{'#' * full}{'.' * (WIDE - full)}] {share:4.0%} {message}"
        tty = self.stderr.isatty()
        self.stderr.write(f"\r{line:<70}" if tty else line, ending="" if tty else "\n")
        self.stderr.flush()


def sentence(done: Imported, *, told_votes: bool) -> str:
    """What was imported and what was there already."""
    new = f"{done.statements_new} statements, {done.votes_new} votes and {done.participants_new} participants"
    same = f"{done.statements_same} statements, {done.votes_same} votes and {done.participants_same} participants"
    parts = [f"Imported into “{done.conversation}”: {new}.", f"There already: {same}."]
    if done.statements_changed or done.votes_changed or done.votes_gone:
        parts.append(
            f"Changed: {done.statements_changed} statements and {done.votes_changed} votes; "
            f"{done.votes_gone} votes are gone from the export, and from here."
        )
    if done.hidden:
        parts.append(f"{done.hidden} statements are hidden, because they were moderated out.")
    if not told_votes:
        parts.append("The export holds no votes, so nothing is counted yet.")
    return " ".join(parts)
