"""Every real pol.is export is taken over whole, fast, and twice without doubling; counts are those of the files."""

import csv
import gzip
import io
import time
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import call_command

from accounts.models import Participant, User
from opinions.models import Conversation, Statement, Vote
from tests.factories import make_consultation
from tests.needs import REALDATA

pytestmark = [pytest.mark.realdata, pytest.mark.django_db]
FOLDERS = sorted(path.name for path in (REALDATA / "polis").iterdir()) if (REALDATA / "polis").is_dir() else ["missing"]
KNOWN = {  # statements, answers that count, participants, moderated out: counted by hand with awk
    "15-per-hour-seattle": (54, 2872, 339, 23),
    "brexit-consensus": (50, 5303, 204, 0),
    "scoop-hivemind.biodiversity": (316, 29719, 536, 162),
    "vtaiwan.uberx": (197, 49443, 1921, 78),
}


def table(folder: Path, name: str) -> list[dict[str, str]]:
    """A file of an export, read without the reader under test."""
    plain = folder / f"{name}.csv"
    data = plain.read_bytes() if plain.exists() else gzip.decompress((folder / f"{name}.csv.gz").read_bytes())
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def counts_of(folder: Path) -> dict[int, tuple[int, int, int]]:
    """Agree, disagree and pass of each statement, of the last answer of each participant."""
    last: dict[tuple[int, int], int] = {}
    for row in sorted(table(folder, "votes"), key=lambda row: int(row["timestamp"])):
        last[int(row["comment-id"]), int(row["voter-id"])] = int(row["vote"])
    sums = Counter((number, value) for (number, _person), value in last.items())
    ids = [int(row["comment-id"]) for row in table(folder, "comments")]
    return {number: (sums[number, 1], sums[number, -1], sums[number, 0]) for number in ids}


@pytest.mark.parametrize("name", FOLDERS)
def test_export_is_taken_over_whole_and_twice_without_doubling(realdata, name, capsys):
    folder = realdata / "polis" / name
    consultation = make_consultation(phase="closed")
    began = time.perf_counter()
    call_command("import_polis", str(folder), consultation=consultation.slug)
    took = time.perf_counter() - began
    statements, votes, participants, hidden = KNOWN[name]
    held = {
        int(row.origin.rpartition(":")[2]): (row.agree_count, row.disagree_count, row.pass_count)
        for row in Statement.objects.all()
    }
    assert held == counts_of(folder)
    made = (Statement.objects.count(), Vote.objects.count(), Participant.objects.exclude(origin="").count())
    assert made == (statements, votes, participants)
    assert Statement.objects.exclude(hidden_at=None).count() == hidden
    assert User.objects.count() == 0
    assert Conversation.objects.get().voter_count == len({row["voter-id"] for row in table(folder, "votes")})
    assert took < 30  # about 4 s on a laptop; the limit is for slow machines
    capsys.readouterr()

    call_command("import_polis", str(folder), consultation=consultation.slug)
    said = capsys.readouterr().out
    assert (Statement.objects.count(), Vote.objects.count(), Participant.objects.exclude(origin="").count()) == made
    assert "Imported into" in said
    assert ": 0 statements, 0 votes and 0 participants." in said
    assert f"There already: {statements} statements, {votes} votes and {participants} participants." in said


def test_timestamps_and_texts_are_those_of_the_file(realdata):
    folder = realdata / "polis" / "vtaiwan.uberx"
    consultation = make_consultation()
    call_command("import_polis", str(folder), consultation=consultation.slug)
    for row in table(folder, "comments"):
        statement = Statement.objects.get(origin=f"polis:pol.is/3phdex2kjf:{row['comment-id']}")
        assert round(statement.created_at.timestamp() * 1000) == int(row["timestamp"])
        assert statement.body == row["comment-body"].strip()
    assert Statement.objects.filter(language="zh").count() > 190
