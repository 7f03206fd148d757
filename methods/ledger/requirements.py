"""Quorum and majority, frozen with their base when a poll opens: what is needed, what there is, and whether it is met.

The quorum asks how many ballots were cast; the majority how many people are behind each winner, under rules where a
ballot stands behind an option or not: single choice, approval, and the last round of an instant run-off. Refuses to
round: shares are fractions, and what is needed is the smallest whole number that suffices.

>>> rules = {"requirements": {"quorum": {"share": "1/5", "of": "roll"},
...                           "majority": {"share": "1/2", "of": "valid", "more": True}}}
>>> official = {"turnout": 25, "valid": 24, "winners": ["a"], "rounds": [{"totals": {"a": 12, "b": 8, "c": 4}}]}
>>> found = required(rules, {"rule": "plurality"}, official, roll=121)
>>> found["quorum"], found["majority"]
({'has': 25, 'needs': 25, 'met': True}, {'has': 12, 'needs': 13, 'met': False})
"""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, floor
from typing import Any

ROUND = {"plurality": 0, "approval": 0, "irv": -1}  # the round in which people stand behind the winners


def required(
    rules: Mapping[str, Any], question: Mapping[str, Any], official: Mapping[str, Any], roll: int | None
) -> dict[str, Any]:
    """What of quorum and majority a question meets. official: its outcome as plain data. roll: size of the fixed roll.

    Without rounds in `official` nothing is said of the majority; without requirements nothing at all.
    """
    asked, rule, found = rules.get("requirements", {}), question["rule"], {}
    bases = {"cast": official["turnout"], "valid": official.get("valid"), "roll": roll, "ballots": 1}
    if "quorum" in asked:
        found["quorum"] = _compared(asked["quorum"], bases, official["turnout"])
    if "majority" in asked and rule in ROUND and official.get("rounds"):
        totals = official["rounds"][ROUND[rule]]["totals"]
        votes = min((totals[one] for one in official["winners"]), default=0)
        found["majority"] = _compared(asked["majority"], bases, votes)
    return found


def _compared(asked: Mapping[str, Any], bases: Mapping[str, Any], has: int) -> dict[str, Any]:
    share = Fraction(asked["share"]) * bases[asked["of"]]
    needs = max(1, floor(share) + 1 if asked.get("more") else ceil(share))
    return {"has": has, "needs": needs, "met": has >= needs}
