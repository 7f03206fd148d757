"""Quorum and majority: counted exactly, in the package, and found when they are changed."""

import json
from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from methods.ledger import (
    ClosedPoll,
    Question,
    Rules,
    Wrong,
    canonical,
    check_package,
    digest,
    package,
    verify,
    written,
)
from methods.ledger.requirements import required
from tests.methods.ledger.polls import WORDS, chain_of, paper

ASKED = {"quorum": {"share": "1/2", "of": "roll"}, "majority": {"share": "1/2", "of": "cast", "more": True}}


def closed_poll(
    number: int = 12, *, rule: str = "plurality", mode: str = "confidential", **promised: str
) -> ClosedPoll:
    kind = {"plurality": "single", "approval": "approval", "irv": "ranking"}.get(rule, "score")
    choice = {"single": ["a"], "approval": ["a", "b"], "ranking": ["a", "b"], "score": {"a": 3}}[kind]
    box = [paper("q1", [] if at % 3 == 2 else choice, at) for at in range(number)]
    question = Question("q1", kind, rule, WORDS, {"scale": [0, 5]} if kind == "score" else {})
    rules = Rules("poll-7", [question], mode, more={"requirements": ASKED}, **promised).as_file()
    return ClosedPoll(rules, box, chain_of(rules, box, roll=25), "44102")


def met(poll: ClosedPoll) -> dict[str, object]:
    found: dict[str, object] = json.loads(package(poll)["result.json"])["questions"]["q1"]["requirements"]
    return found


@pytest.mark.parametrize("rule", ["plurality", "approval", "irv"])
def test_package_says_what_is_needed_and_what_there_is(rule):
    assert met(closed_poll(rule=rule)) == {
        "quorum": {"has": 12, "needs": 13, "met": False},
        "majority": {"has": 8, "needs": 7, "met": True},
    }
    said, complete = check_package(package(closed_poll(rule=rule)))
    assert (complete, [line.strip() for line in said if "/ met" in line or "not met" in line]) == (
        True,
        ["kuorum / quorum: tidak tercapai / not met 12/13", "mayoritas / majority: tercapai / met 8/7"],
    )


def test_rules_without_people_behind_an_option_have_a_quorum_only():
    assert met(closed_poll(15, rule="score")) == {"quorum": {"has": 15, "needs": 13, "met": True}}


def test_small_secret_box_says_met_or_not_and_no_votes():
    assert met(closed_poll(9)) == {"quorum": {"has": 9, "needs": 13, "met": False}, "majority": {"met": True}}
    assert met(closed_poll(9, mode="open"))["majority"] == {"has": 6, "needs": 5, "met": True}


@pytest.mark.parametrize("publication", ["full", "withheld"])
def test_changed_verdict_is_found_also_where_ballots_are_withheld(publication):
    poll = closed_poll(publication=publication)
    files = package(poll)
    result = json.loads(files["result.json"])
    result["questions"]["q1"]["requirements"]["quorum"]["met"] = True
    files["result.json"] = written(result)
    entry = json.loads(files["ledger.jsonl"].splitlines()[-1])
    forged = {**entry, "result": digest(files["result.json"])}
    del forged["hash"]
    lines = [*poll.chain, canonical({**forged, "hash": digest(canonical(forged))})]
    verify(lines)
    with pytest.raises(Wrong, match=r"result\.json"):
        check_package({**files, "ledger.jsonl": "".join(f"{line}\n" for line in lines).encode()})


@given(st.integers(0, 500), st.integers(1, 99), st.integers(0, 500), st.booleans())
def test_needed_is_the_smallest_number_that_suffices(base, hundredths, has, more):
    asked = {"share": f"{hundredths}/100", "of": "roll", "more": more}
    official = {"turnout": has}
    found = required({"requirements": {"quorum": asked}}, {"rule": ""}, official, base)["quorum"]
    share = Fraction(hundredths, 100) * base
    assert found["needs"] == max(1, floor(share) + 1 if more else ceil(share))
    assert found["met"] == (has > 0 and (has > share if more else has >= share))
