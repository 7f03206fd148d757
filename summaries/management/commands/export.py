"""`manage.py export SLUG --format pdf --output PATH`: writes the summary as a file here and now, without a worker."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from summaries import actions
from summaries.actions.exporting import write_whole
from summaries.management.foreground import build_here, do_here, find_consultation
from summaries.models import Export, Format


class Command(BaseCommand):
    help = "Writes the newest summary of a consultation as a file; builds it first where there is none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the short name of the consultation in addresses")
        parser.add_argument("--format", required=True, choices=Format.values)
        parser.add_argument("--output", required=True, type=Path, help="the file to write")
        parser.add_argument("--language", choices=["id", "en"], default="", help="default: the consultation's")

    def handle(self, *args: Any, **options: Any) -> None:
        consultation = find_consultation(options["slug"])
        output: Path = options["output"]
        _check(output)
        silent = options["verbosity"] == 0
        build = actions.newest_build(consultation)
        if build is None:
            self.stdout.write("No summary was built yet; building it first.")
            build, _made = build_here(consultation, silent=silent)
        language = options["language"] or ("en" if consultation.language == "en" else "id")
        export = actions.order_export(
            person=None, consultation=consultation, build=build, format=options["format"], language=language
        )
        try:
            do_here("summaries.export", {"export": export.pk}, silent=silent)
            export.refresh_from_db()
            path = actions.path_of(export)
            if path is None:
                raise CommandError("The file was made, but it is gone again. Run the command once more.")
            _write(output, path.read_bytes())
        except OSError as problem:
            raise CommandError(f"{output} could not be written: {problem.strerror or problem}.") from problem
        finally:
            actions.drop_exports(exports=Export.objects.filter(pk=export.pk))
        if build.is_empty:
            self.stdout.write("Nothing was said in this consultation; the file says so.")
        self.stdout.write(f"{output} written ({export.size} bytes).")


def _check(output: Path) -> None:
    """Refuse a path that cannot be written before any work is done. Raises CommandError."""
    if output.is_dir():
        raise CommandError(f"{output} is a folder. Name a file.")
    if not output.parent.is_dir():
        raise CommandError(f"The folder {output.parent} does not exist.")
    if output.exists() and not output.is_file():  # a device or a pipe: written to, never replaced
        return
    probe = output.with_name(f".{output.name}.part")
    try:
        probe.touch()
        probe.unlink()
    except OSError as problem:
        raise CommandError(f"{output} cannot be written: {problem.strerror or problem}.") from problem


def _write(output: Path, content: bytes) -> None:
    if output.exists() and not output.is_file():
        output.write_bytes(content)
    else:
        write_whole(output, content)
