"""`manage.py count FILE --rule irv`: counts a file of ballots and prints every round. Needs no database.

The file's ending names its format: .blt, .soc .soi .toc .toi (PrefLib), .pb (participatory budgets), .csv; .gz as well.
"""

import gzip
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, NamedTuple

from django.core.management.base import BaseCommand, CommandError

from methods.counting import RULES, Ballot, BallotError, Outcome, count
from methods.counting.readers import KINDS, read_blt, read_csv, read_pb, read_preflib


class _Poll(NamedTuple):
    """What a file says: names by id, ballots with their weight, settings."""

    options: dict[str, str]
    ballots: list[tuple[Ballot, int]]
    settings: dict[str, object]


class Command(BaseCommand):
    help = "Counts the ballots of a file under a rule and prints the result with every round. Needs no database."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="ballots: .blt, .soc .soi .toc .toi, .pb, .csv (or these with .gz)")
        parser.add_argument("--rule", required=True, choices=sorted(RULES))
        parser.add_argument("--seats", type=int, help="how many are to be chosen (default: what the file says, else 1)")
        parser.add_argument(
            "--set", action="append", default=[], metavar="NAME=VALUE", help="another setting, as seed=x"
        )
        parser.add_argument("--language", choices=["id", "en"], default="id")
        parser.add_argument("--json", action="store_true", help="the whole outcome as JSON instead of sentences")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            poll = _read(options["file"])
            settings = poll.settings | dict(map(_setting, options["set"]))
            settings |= {"seats": options["seats"]} if options["seats"] is not None else {}
            outcome = count(options["rule"], list(poll.options), poll.ballots, settings)
        except (OSError, UnicodeDecodeError, BallotError, ValueError) as error:
            raise CommandError(f"{options['file']}: {error}") from None
        if options["json"]:
            self.stdout.write(json.dumps(outcome.as_dict(), ensure_ascii=False))
            return
        for sentence in outcome.explain(options["language"], poll.options):
            self.stdout.write(sentence)
        self.stdout.write(_decision(outcome, options["language"], poll.options))


def _read(path: Path) -> _Poll:
    """Read a file by its ending. Raises OSError and ValueError."""
    zipped = path.suffix == ".gz"
    kind = Path(path.stem if zipped else path.name).suffix.removeprefix(".")
    data = gzip.decompress(path.read_bytes()) if zipped else path.read_bytes()
    text = data.decode("utf-8-sig")
    if kind == "blt":
        blt = read_blt(text)
        return _Poll(blt.options, [*blt.ballots], {"seats": blt.seats})
    if kind in KINDS:
        pref = read_preflib(text, kind)
        return _Poll(pref.options, [*pref.ballots], {})
    if kind == "pb":
        pb = read_pb(text)
        return _Poll(pb.options, pb.ballots, {"budget": pb.budget, "costs": pb.costs})
    if kind == "csv":
        table = read_csv(text)
        return _Poll(table.options, table.ballots, {"seats": table.seats})
    raise ValueError(f"the ending is none of .blt .pb .csv .{' .'.join(KINDS)}")


def _setting(text: str) -> tuple[str, object]:
    """NAME=VALUE with a whole number or a text."""
    name, equals, value = text.partition("=")
    if not equals:
        raise ValueError(f"--set needs NAME=VALUE, not {text!r}")
    return name, int(value) if value.isdecimal() and name not in ("seed", "poll") else value


def _decision(outcome: Outcome, language: str, names: dict[str, str]) -> str:
    chosen = ", ".join(names[option] for option in outcome.winners) or "–"
    return f"{'Terpilih' if language == 'id' else 'Chosen'}: {chosen}"
