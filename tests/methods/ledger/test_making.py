"""`recount.py` is made from the sources, is not out of date, needs nothing, and counts as `count` does."""

import ast
import functools
import subprocess
import sys
import types

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import methods.ledger.recount as program
from methods.counting import RULES, count
from methods.ledger import cutting, making
from methods.ledger.stripping import Renamer, definitions, pruned

OPTIONS = ["a", "b", "c", "d"]
ids = st.sampled_from(OPTIONS)
choices = st.one_of(st.none(), ids)
approvals = st.frozensets(ids)
ranks = st.one_of(st.none(), ids, st.lists(ids, min_size=2, max_size=3, unique=True).map(tuple))
rankings = st.lists(ranks, max_size=5).map(tuple)
scores = st.dictionaries(ids, st.integers(0, 5))
lots = {"poll": "poll-7/q1", "seed": "head|44102"}
costs = {"budget": 100, "costs": {"a": 60, "b": 50, "c": 40, "d": 10}}
PROFILES = {
    "plurality": (choices, {}),
    "consent": (choices, {}),
    "approval": (approvals, {}),
    "score": (scores, {}),
    "star": (scores, {}),
    "quadratic": (scores, {}),
    "irv": (rankings, {}),
    "stv": (rankings, {"seats": 2}),
    "schulze": (rankings, {}),
    "ranked_pairs": (rankings, {}),
    "minimax": (rankings, {}),
    "borda": (rankings, {}),
    "budget_greedy": (approvals, costs),
    "budget_equal_shares": (approvals, costs),
}
LINES = {"stv": 780, "budget_equal_shares": 840}  # the two rules with most steps; all others in 720

program_made = functools.cache(making.make)


def test_it_is_made_the_same_in_every_run():
    command = [sys.executable, "-c", "from methods.ledger.making import make; print(make(), end='')"]
    environment = {"PYTHONHASHSEED": "1"}  # this process has another
    made = subprocess.run(command, cwd=making.ROOT, env=environment, capture_output=True, text=True, check=True)
    assert made.stdout == program_made()


def test_it_is_one_file_of_the_standard_library_without_network():
    imported = set()
    for node in ast.walk(ast.parse(program_made())):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(node.module)
    assert imported <= {
        "__future__", "argparse", "bisect", "collections", "collections.abc", "csv", "dataclasses", "decimal",
        "fractions", "functools", "hashlib", "heapq", "io", "itertools", "json", "math", "operator", "pathlib",
        "statistics", "sys", "types", "typing", "zipfile",
    }  # fmt: skip


def test_it_carries_no_words_of_explanations_and_no_comparison_of_formats():
    text = program_made()
    assert "explain" not in text
    assert "read_blt" not in text


@pytest.mark.parametrize("rule", sorted(RULES))
@given(st.data())
@settings(max_examples=30, deadline=None)
def test_it_counts_as_count_does(rule, data):
    ballots, own = PROFILES[rule]
    box = data.draw(st.lists(st.tuples(ballots, st.integers(1, 9)), max_size=12))
    own = {**own, **lots, "invalid": "count"}
    assert program.count(rule, OPTIONS, box, own).as_dict() == count(rule, OPTIONS, box, own).as_dict()


@functools.cache
def cut_to(rules: frozenset[str]) -> types.ModuleType:
    cut = types.ModuleType("cut")
    cut.__package__ = "methods.ledger"
    sys.modules["cut"] = cut
    exec(cutting.program(rules), cut.__dict__)
    return cut


@given(st.frozensets(st.sampled_from(sorted(RULES)), min_size=1, max_size=3), st.data())
@settings(max_examples=20, deadline=None)
def test_cut_to_some_rules_it_counts_these_as_before(rules, data):
    cut = cut_to(rules)
    assert set(cut.RULES) == rules
    for rule in rules:
        ballots, own = PROFILES[rule]
        box = data.draw(st.lists(st.tuples(ballots, st.integers(1, 9)), max_size=6))
        own = {**own, **lots, "invalid": "count"}
        assert cut.count(rule, OPTIONS, box, own).as_dict() == count(rule, OPTIONS, box, own).as_dict()


@pytest.mark.parametrize("rule", sorted(RULES))
def test_cut_to_one_rule_it_stays_readable(rule):
    lines = cutting.program([rule]).decode().splitlines()
    assert len(lines) <= LINES.get(rule, 720)
    whole = making.RECOUNT.read_text(encoding="utf-8").splitlines()
    assert set(lines) <= set(whole)


def test_cutting_knows_its_rules_only():
    assert cutting.program(["irv", "", "approval"]) == cutting.program(["approval", "irv"])
    with pytest.raises(ValueError, match="no such rule: dowsing"):
        cutting.program(["dowsing", "irv"])


def test_a_module_that_does_more_than_define_is_refused():
    for text in ("print(1)\nfor x in []: pass", "a, b = 1, 2", "a.b = 1"):
        with pytest.raises(ValueError, match=r"line \d does more than define"):
            list(definitions(ast.parse(text)))


def test_an_argument_with_the_name_of_a_renamed_function_is_refused():
    with pytest.raises(ValueError, match="is an argument here"):
        Renamer({"x": "other_x"}).visit(ast.parse("def f(x): return x"))


def test_methods_that_nobody_calls_stay_behind():
    text = (
        "class A:\n    b: int\n    def __str__(self): return 'a'\n    def c(self): return 1\n    def d(self): return 2"
    )
    (_, node) = next(definitions(ast.parse(text)))
    kept = [one.name for one in pruned(node, {"d"}).body if isinstance(one, ast.FunctionDef)]
    assert kept == ["__str__", "d"]
