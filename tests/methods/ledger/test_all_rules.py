"""Every rule through a package and out of it again: the program that outsiders run gives what `count` gives."""

import gzip
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from methods.counting import RULES, count
from methods.counting.readers import read_blt
from methods.ledger import ClosedPoll, Question, Rules, check_package, count_box, lot_seed, package, read_ballot, verify
from tests.methods.ledger.polls import WORDS, chain_of, closed_poll, paper

COSTS = {"budget": 100, "costs": {"a": 60, "b": 50, "c": 40}}
ORDERS = [["a", "b", "c"], ["b", ["a", "c"]], ["c", None, "b"], ["a"], []]
SETS = [["a", "b"], ["c"], ["a", "c"], []]
SCORES = [{"a": 5, "b": 2}, {"c": 4}, {"a": 1, "b": 1, "c": 1}, {}]
CASES = {
    "plurality": ("single", [["a"], ["b"], []], {}),
    "consent": ("consent", [["a"], ["b"], ["c"], []], {"limit": "1/10"}),
    "approval": ("approval", SETS, {"max_choices": 2}),
    "score": ("score", SCORES, {"scale": [0, 5]}),
    "star": ("score", SCORES, {}),
    "quadratic": ("quadratic", [{"a": 3, "b": 1}, {"c": 2}, {}], {"credits": 10}),
    "irv": ("ranking", ORDERS, {}),
    "stv": ("ranking", ORDERS, {"seats": 2}),
    "schulze": ("ranking", ORDERS, {}),
    "ranked_pairs": ("ranking", ORDERS, {}),
    "minimax": ("ranking", ORDERS, {}),
    "borda": ("ranking", ORDERS, {}),
    "budget_greedy": ("budget", SETS, COSTS),
    "budget_equal_shares": ("budget", SETS, COSTS),
}


def run(folder: Path, files: dict[str, bytes]) -> tuple[int, str]:
    for name, content in files.items():
        (folder / name).write_bytes(content)
    command = [sys.executable, "-I", "-S", str(folder / "recount.py")]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert done.stderr == ""
    return done.returncode, done.stdout


def poll_of(rule: str, number: int = 40) -> ClosedPoll:
    kind, ballots, own = CASES[rule]
    draw = random.Random(rule)
    rules = Rules("poll-7", [Question("q1", kind, rule, WORDS, own)]).as_file()
    box = [paper("q1", draw.choice(ballots), one) for one in range(number)]
    return ClosedPoll(rules, box, chain_of(rules, box), "44102")


@pytest.mark.parametrize("kind", sorted({kind for kind, _, _ in CASES.values()}))
def test_an_empty_ballot_is_blank_under_every_kind(kind):
    assert [read_ballot(kind, text) for text in ("[]", "{}")] == [None, None]


def test_every_rule_is_here():
    assert set(CASES) == set(RULES)


@pytest.mark.parametrize("rule", sorted(CASES))
def test_the_program_gives_what_count_gives(tmp_path, rule):
    poll = poll_of(rule)
    files = package(poll)
    code, said = run(tmp_path, files)
    assert (code, said.splitlines()[0]) == (
        0,
        "Semua cocok: 40 surat suara dihitung ulang. / All holds: 40 ballots were counted again.",
    )
    kind, _, own = CASES[rule]
    ballots = [(read_ballot(kind, one.ballot), 1) for one in poll.papers]
    seed = lot_seed(verify(poll.chain).head, "44102")
    outcome = count(rule, list(WORDS), ballots, {"poll": "poll-7/q1", "seed": seed, **own})
    assert json.loads(files["result.json"])["questions"]["q1"]["official"] == outcome.as_dict()
    question = json.loads(poll.rules)["questions"][0]
    assert count_box(question, poll.papers, seed) == outcome.as_dict()


def test_one_program_holds_the_rules_of_all_questions(tmp_path):
    questions = [Question(rule, kind, rule, WORDS, own) for rule, (kind, _, own) in CASES.items()]
    rules = Rules("poll-7", questions).as_file()
    box = [paper(rule, CASES[rule][1][one % 3], one) for rule in CASES for one in range(11)]
    code, said = run(tmp_path, package(ClosedPoll(rules, box, chain_of(rules, box))))
    assert code == 0
    assert f"{11 * len(CASES)} ballots were counted again" in said


@pytest.mark.realdata
def test_burlington_2009_is_counted_again(tmp_path, realdata):
    with gzip.open(realdata / "ranked" / "2009-Burlington-Mayor.blt.gz", "rt") as lines:
        found = read_blt(lines)
    box = []
    for ranking, weight in found.ballots:
        box += [paper("q1", list(ranking), len(box) + one) for one in range(weight)]
    rules = Rules("poll-7", [Question("q1", "ranking", "irv", found.options)]).as_file()
    code, said = run(tmp_path, package(ClosedPoll(rules, box, chain_of(rules, box))))
    assert code == 0
    assert "Kiss" in said.splitlines()[1]


sizes = st.dictionaries(st.tuples(st.sampled_from("xyz"), st.sampled_from("123")), st.integers(1, 25), min_size=1)


def fewest_in_any_difference(rows: list[tuple[str, str]]) -> int:
    """The fewest ballots, but for none, of which two published groups or what both share differ: all ballots, each
    channel, each cell, each of both together."""
    groups = [lambda row: True]
    groups += [lambda row, at=at, mark=mark: row[at] == mark for at in (0, 1) for mark in {one[at] for one in rows}]
    groups += [lambda row, marks=marks: row == marks for marks in set(rows)]
    told = [sum(one(row) and not (other(row) and third(row)) for row in rows)
            for one in groups for other in groups for third in groups]  # fmt: skip
    return min([number for number in told if number] or [10])


@given(sizes)
@settings(max_examples=25, deadline=None)
def test_marks_never_single_out_fewer_than_ten(cells):
    marks = [mark for mark, size in cells.items() for _ in range(size)]
    box = [paper("q1", ["a"], one, channel=mark[0], cell=mark[1]) for one, mark in enumerate(marks)]
    files = package(closed_poll(box))
    rows = [tuple(row.split(",")[-2:]) for row in files["ballots.csv"].decode().splitlines()[1:]]
    assert fewest_in_any_difference(rows) >= min(10, len(box))
    check_package(files)
