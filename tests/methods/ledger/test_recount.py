"""`recount.py` as an outsider runs it: 0, 1 and the file that is wrong, 2."""

import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from methods.counting import count
from methods.ledger import ClosedPoll, Question, Rules, Wrong, check_package, package, short, written
from methods.ledger.boxes import follows_from_sums
from methods.ledger.canon import digest
from methods.ledger.entries import counted
from methods.ledger.packing import as_csv
from tests.methods.ledger.polls import BALLOTS, WHICH, WORDS, chain_of, closed_poll, files_of, paper, papers

PACKAGE = files_of()


def put(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    """Run the package's own recount.py in a Python without site packages and without the repository."""
    command = [sys.executable, "-I", "-S", str(folder / "recount.py"), *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8")
    assert done.stderr == ""
    return done.returncode, done.stdout


def test_all_holds(tmp_path):
    code, said = run(put(tmp_path, PACKAGE))
    assert code == 0
    assert said.splitlines()[:2] == [
        "Semua cocok: 41 surat suara dihitung ulang. / All holds: 41 ballots were counted again.",
        "Mana dahulu?: Tram, Bus (13)",
    ]
    assert json.loads(PACKAGE["ledger.jsonl"].splitlines()[-1])["hash"] in said


def test_help_says_what_it_does_in_two_languages(tmp_path):
    code, said = run(put(tmp_path, PACKAGE), "--help")
    assert code == 0
    assert "Menghitung ulang" in said
    assert "Recounts a poll" in said


def test_a_wrong_call_is_no_verdict(tmp_path):
    put(tmp_path, PACKAGE)
    command = [sys.executable, "-I", "-S", str(tmp_path / "recount.py"), "--heads", "7", "--else"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stdout, "unrecognized arguments" in done.stderr) == (64, "", True)


def test_a_zip_is_read_as_a_folder_is(tmp_path):
    put(tmp_path, PACKAGE)
    with zipfile.ZipFile(tmp_path / "poll.zip", "w") as parts:
        for name, content in PACKAGE.items():
            parts.writestr(name, content)
    assert run(tmp_path, str(tmp_path / "poll.zip")) == run(tmp_path)
    (tmp_path / "poll.zip").write_bytes(b"PK nothing")
    code, said = run(tmp_path, str(tmp_path / "poll.zip"))
    assert (code, "poll.zip" in said) == (1, True)


@pytest.mark.parametrize("name", PACKAGE)
def test_a_missing_file_is_named(tmp_path, name):
    put(tmp_path, PACKAGE)
    (tmp_path / "other").mkdir()
    other = put(tmp_path / "other", {one: content for one, content in PACKAGE.items() if one != name})
    code, said = run(tmp_path, str(other))
    assert code == 1
    assert said.startswith(f"SALAH: {name}: ")


def test_ballots_that_are_withheld_give_two(tmp_path):
    for publication in ("withheld", "sealed"):
        code, said = run(put(tmp_path, files_of(publication=publication)))
        assert code == 2
        assert said.startswith("41 surat suara tidak dibuka")
    code, _ = run(put(tmp_path, package(closed_poll(publication="sealed"), for_observers=True)))
    assert code == 0


def test_a_small_box_gives_two_and_an_empty_one_does_not(tmp_path):
    small = closed_poll(papers({**BALLOTS, "q1": [["a"]] * 9}))
    assert check_package(package(small))[1] is False
    assert check_package(package(closed_poll(papers({"q1": BALLOTS["q1"]}))))[1] is True
    assert check_package(package(closed_poll([])))[1] is True


def test_receipts_and_heads_are_looked_up(tmp_path):
    poll = closed_poll(aside=[papers()[0].commitment])
    files = package(poll)
    put(tmp_path, files)
    heads = [json.loads(line)["hash"] for line in files["ledger.jsonl"].splitlines()]
    code, said = run(tmp_path, "--receipt", short(poll.papers[1].commitment), "--head", heads[1].upper())
    assert code == 0
    assert "That head is entry 2." in said
    assert f"That receipt: dihitung / counted ({poll.papers[1].commitment})." in said
    assert "set aside" in run(tmp_path, "--receipt", short(poll.papers[0].commitment).lower())[1]
    assert run(tmp_path, "--receipt", "0000-0000-0000-0000")[0] == 1
    assert run(tmp_path, "--receipt", "ABCD")[0] == 1
    assert run(tmp_path, "--head", "0" * 64)[0] == 1


@pytest.mark.parametrize("publication", ["full", "withheld"])
@pytest.mark.parametrize("name", ["rules.json", "ballots.csv", "ledger.jsonl", "result.json", "recount.py"])
def test_a_changed_byte_anywhere_names_its_file(name, publication):
    files = files_of(publication=publication)
    content = files[name]
    for at in range(0, len(content), max(1, len(content) // 800)):
        changed = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
        with pytest.raises(Wrong) as wrong:
            check_package({**files, name: changed})
        assert wrong.value.file == name


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_any_changed_lost_or_added_byte_names_its_file(data):
    name = data.draw(st.sampled_from(sorted(PACKAGE)))
    content = PACKAGE[name]
    at = data.draw(st.integers(0, len(content) - 1))
    instead = data.draw(st.binary(max_size=2).filter(lambda byte: byte != content[at : at + 1]))
    changed = content[:at] + instead + content[at + 1 :]
    with pytest.raises(Wrong) as wrong:
        check_package({**PACKAGE, name: changed})
    assert wrong.value.file == name


def test_a_changed_byte_ends_with_one(tmp_path):
    for name in ("rules.json", "ballots.csv", "ledger.jsonl", "result.json"):
        files = dict(PACKAGE)
        files[name] = files[name].replace(b"a", b"b", 1)
        code, said = run(put(tmp_path, files))
        assert code == 1
        assert [line.split(": ")[:2] for line in said.splitlines()] == [["SALAH", name], ["WRONG", name]]


def forged(change) -> dict[str, bytes]:
    """A package in which somebody who runs the server changed a file and wrote the last entry anew."""
    poll = closed_poll()
    files = dict(PACKAGE)
    change(files)
    last = counted(json.loads(poll.chain[-1])["hash"], files, files["ballots.csv"], "44102")
    return {**files, "ledger.jsonl": "".join(f"{line}\n" for line in [*poll.chain, last]).encode()}


def say_bus(files):
    files["result.json"] = files["result.json"].replace(b'"a": 6', b'"a": 7')


def add_a_fact(files):
    files["result.json"] = written({**json.loads(files["result.json"]), "more": 1})


def change_a_ballot(files):
    files["ballots.csv"] = files["ballots.csv"].replace(b'"[""a""]"', b'"[""b""]"', 1)


def lose_a_ballot(files):
    rows = files["ballots.csv"].splitlines(keepends=True)
    files["ballots.csv"] = b"".join(rows[:-1])


def move_a_ballot(files):
    files["ballots.csv"] = files["ballots.csv"].replace(b"q1,", b"q2,", 1)


def close_a_box(files):
    poll = closed_poll()
    shut = [one._replace(nonce="", ballot="") for one in poll.papers]
    files["ballots.csv"] = as_csv(sorted(shut, key=lambda one: one.commitment))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (say_bus, "result.json: q1: counting again gives another result."),
        (add_a_fact, "result.json: it holds what was not counted."),
        (change_a_ballot, r"ballots.csv: row \d+: the ballot is not the one committed to."),
        (lose_a_ballot, "ballots.csv: rows are missing or out of order."),
        (move_a_ballot, r"ballots.csv: row \d+: it is not in this box."),
        (close_a_box, "ballots.csv: q1: some are not opened."),
    ],
)
def test_what_the_server_itself_forges_at_the_end_is_found(change, said):
    with pytest.raises(Wrong, match=said):
        check_package(forged(change))


def withheld(change: tuple[bytes, bytes]) -> dict[str, bytes]:
    """A package without ballots in whose result somebody who runs the server changed something."""
    poll = closed_poll(publication="withheld")
    files = package(poll)
    assert change[0] in files["result.json"]
    changed = {**files, "result.json": files["result.json"].replace(*change, 1)}
    last = counted(json.loads(poll.chain[-1])["hash"], changed, files["ballots.csv"], "44102")
    return {**changed, "ledger.jsonl": "".join(f"{line}\n" for line in [*poll.chain, last]).encode()}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ((b'"turnout": 13', b'"turnout": 12'), "q1: its numbers do not add up"),
        ((b'"valid": 12', b'"valid": 13'), "q1: its numbers do not add up"),
        ((b'"a": 6,', b'"a": 7,'), "q1: its sums say otherwise"),
        ((b'"how": "reported"', b'"how": "lot"'), "q1: its sums say otherwise"),
    ],
)
def test_figures_of_withheld_ballots_must_still_follow(change, said):
    with pytest.raises(Wrong, match=said):
        check_package(withheld(change))


@pytest.mark.parametrize(
    ("rule", "ballots"),
    [
        ("schulze", [(("a", "b", "c"), 9), (("b", "a"), 5)]),
        ("approval", [(frozenset("ab"), 9), (frozenset("b"), 5)]),
        ("plurality", [("a", 9), ("b", 9), (None, 3)]),
        ("irv", [(("a", "b", "c"), 9), (("b", "a"), 5)]),
    ],
)
def test_what_follows_from_sums_is_what_was_counted(rule, ballots):
    question = Question("q1", "ranking", rule, WORDS).as_dict("poll-7")
    official = count(rule, list(WORDS), ballots, {**question["settings"], "seed": "s"}).as_dict()
    known = follows_from_sums(question, official, "s")
    assert known == {name: official[name] for name in known}
    assert bool(known) is (rule != "irv")


def test_a_box_that_no_question_asks_for_is_found():
    poll = closed_poll()
    other = paper("q9", ["a"], 1)
    with pytest.raises(Wrong, match="a box without a question"):
        check_package(
            package(replace(poll, papers=[*poll.papers, other], chain=chain_of(poll.rules, [*poll.papers, other])))
        )


def test_a_terminal_that_cannot_write_a_name_changes_no_verdict(tmp_path):
    rules = Rules("poll-7", [replace(WHICH, text="ꦲꦤꦕꦫꦏ?")]).as_file()
    box = papers({"q1": BALLOTS["q1"]})
    put(tmp_path, package(ClosedPoll(rules, box, chain_of(rules, box))))
    command = [sys.executable, str(tmp_path / "recount.py")]
    done = subprocess.run(command, capture_output=True, env={"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, b"")


def test_more_ballots_than_people_on_the_roll_are_found():
    poll = closed_poll()
    crowded = replace(poll, chain=chain_of(poll.rules, poll.papers, roll=15))
    with pytest.raises(Wrong, match="more ballots than voters"):
        check_package(package(crowded))
    assert check_package(package(replace(poll, chain=chain_of(poll.rules, poll.papers, roll=16))))[1]


def test_a_poll_that_waits_for_the_lot_is_not_counted_yet():
    files = {**PACKAGE, "ledger.jsonl": b"".join(PACKAGE["ledger.jsonl"].splitlines(keepends=True)[:-1])}
    with pytest.raises(Wrong, match="not been counted yet"):
        check_package(files)


def test_the_version_is_the_hash_of_the_program():
    assert json.loads(PACKAGE["ledger.jsonl"].splitlines()[-1])["version"] == digest(PACKAGE["recount.py"])


def test_a_lot_is_said_with_its_value(tmp_path):
    level = closed_poll([paper("q2", [one], number) for number, one in enumerate("ab" * 6)])
    code, said = run(put(tmp_path, package(level)))
    assert code == 0
    assert "lot with the public value: 44102" in said
