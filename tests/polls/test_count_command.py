"""`manage.py count`: an election office counts its own file, without a database."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.needs import ROOT

BLT = '3 1\n4 1 2 0\n3 2 0\n2 3 2 0\n0\n"Pasar"\n"Taman"\n"Parkir"\n"Di mana halte?"\n'


def counted(path: Path, capsys: pytest.CaptureFixture[str], *more: str) -> list[str]:
    call_command("count", str(path), *more)
    return capsys.readouterr().out.splitlines()


@pytest.fixture
def blt(tmp_path: Path) -> Path:
    path = tmp_path / "halte.blt"
    path.write_text(BLT, encoding="utf-8")
    return path


def test_rounds_and_result_are_printed(blt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = counted(blt, capsys, "--rule", "irv")
    assert said[2:] == [
        "Putaran 1: Pasar 4, Taman 3, Parkir 2.",
        "Parkir mendapat suara paling sedikit dan gugur.",
        "Dari surat suara itu 2 pindah ke Taman, 0 tidak menyebut pilihan yang masih bertahan.",
        "Putaran 2: Taman 5, Pasar 4.",
        "Taman mendapat suara lebih banyak daripada satu pilihan lain yang tersisa dan terpilih.",
        "Terpilih: Taman",
    ]


def test_seats_settings_and_json(blt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = counted(blt, capsys, "--rule", "stv", "--seats", "2", "--set", "seed=12 Nov", "--json")
    outcome = json.loads(said[0])
    assert (outcome["winners"], outcome["quota"], outcome["settings"]["seed"]) == (["1", "2"], 4, "12 Nov")


@pytest.mark.parametrize(
    ("name", "text", "rule", "last"),
    [
        ("a.soi", "# ALTERNATIVE NAME 1: Ani\n# ALTERNATIVE NAME 2: Budi\n3: 1,2\n1: 2\n", "schulze", "Chosen: Ani"),
        (
            "a.pb",
            "META\nkey;value\nbudget;9\nPROJECTS\nproject_id;cost;name\nx;5;Jalan\ny;6;Got\nVOTES\nvote\nx\nx,y\ny\ny\n",
            "budget_greedy",
            "Chosen: Got",
        ),
        ("a.csv", "Ani,Budi\n5,3\n,4\n", "score", "Chosen: Budi"),
    ],
)
def test_ending_names_the_format(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, rule: str, last: str
) -> None:
    path = tmp_path / f"{name}.gz"
    path.write_bytes(gzip.compress(text.encode()))
    assert counted(path, capsys, "--rule", rule, "--language", "en")[-1] == last


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.blt", "2 1\n1 3 0\n0", "line 2: '3' is not an option from 1 to 2"),
        ("a.csv", "choices\nAni;Budi\n", "is not a ranking"),
        ("a.txt", "", "the ending is none of"),
    ],
)
def test_what_cannot_be_counted_is_said_in_a_line(tmp_path: Path, name: str, text: str, message: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=message):
        call_command("count", str(path), "--rule", "irv")


def test_no_database_is_needed(blt: Path) -> None:
    env = {"PATH": os.environ["PATH"], "SECRET_KEY": "only-for-this-test", "VAR_DIR": str(blt.parent)}
    command = [sys.executable, "manage.py", "count", str(blt), "--rule", "plurality", "--language", "en"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "Chosen: Pasar"
    assert not (blt.parent / "rembuk.sqlite3").exists()
