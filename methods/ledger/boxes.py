"""Ballots as the package publishes them, and the result that follows from them: what the server and an outsider do.

Each question has its own box. Refuses to open what would tell of fewer than ten people: the box of a small secret poll,
and ballots set aside or left when either part is smaller than that.

>>> question = {"key": "q1", "kind": "ranking", "rule": "irv", "options": [{"key": "a"}, {"key": "b"}], "settings": {}}
>>> papers = [Paper("q1", "", "", '["a","b"]'), Paper("q1", "", "", '["b"]'), Paper("q1", "", "", '["b","a"]')]
>>> count_box(question, papers, "")["winners"]
['b']
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, cast

from methods.counting.ballots import Ballot
from methods.counting.door import count

from .canon import canonical
from .codes import commitment, new_nonce
from .entries import BATCH
from .requirements import required

ONE = ("single", "consent")  # kinds whose ballot is a list of one choice
COLUMNS = ("channel", "cell")
ADDED = ("plurality", "consent", "approval", "quadratic")  # rules whose sums are all they need
PAIRS = ("schulze", "ranked_pairs", "minimax")  # rules under which whoever beats every other option wins


class Paper(NamedTuple):
    """A row of `ballots.csv`. question: its key. commitment, nonce: hexadecimal. ballot: canonical JSON. channel, cell:
    keys of how it came and of its breakdown, where these were fixed at opening. What is not opened is empty."""

    question: str
    commitment: str
    nonce: str
    ballot: str
    channel: str = ""
    cell: str = ""


def seal(question: str, choice: object, channel: str = "", cell: str = "") -> Paper:
    """A ballot with a fresh nonce and its commitment. choice: plain data, as `read_ballot` reads it."""
    ballot, nonce = canonical(choice), new_nonce()
    return Paper(question, commitment(ballot, nonce), nonce, ballot, channel, cell)


def read_ballot(kind: str, text: str) -> Ballot:
    """Canonical JSON as `methods.counting` takes it: one id, a set, a ranking (inner lists are shared ranks, null a
    skipped one), a mapping; None for an empty one of any kind. kind: of the question."""
    value = json.loads(text)
    if not value:
        return None
    if isinstance(value, dict):
        return cast(Ballot, value)
    if kind in ONE:
        return cast(str, value[0])
    if kind == "ranking":
        return tuple(tuple(rank) if isinstance(rank, list) else rank for rank in value)
    return frozenset(value)


def count_box(question: Mapping[str, Any], papers: Iterable[Paper], seed: str) -> dict[str, Any]:
    """The outcome of ballots as plain data. question: its entry in `rules.json`. A question without a rule (a number)
    gives how often each answer was given. seed: see `entries.lot_seed`. Raises BallotError and ValueError."""
    sums = Counter(paper.ballot for paper in papers)
    if not question["rule"]:
        return {"turnout": sums.total(), "answers": dict(sums)}
    options = [option["key"] for option in question["options"]]
    ballots = ((read_ballot(question["kind"], text), number) for text, number in sums.items())
    return count(question["rule"], options, ballots, {**question["settings"], "seed": seed}).as_dict()


def result_of_box(
    rules: Mapping[str, Any],
    question: Mapping[str, Any],
    papers: Sequence[Paper],
    aside: Collection[str],
    seed: str,
    roll: int | None = None,
) -> dict[str, Any]:
    """The result of a question: `official`, what of quorum and majority is met, and where each part and the rest have
    ten, parts by channel and cell and `with_set_aside`. papers: its box, those set aside too. roll: size of a fixed
    one. A small secret box gives winners, turnout, and whether the majority is reached."""
    counts = [paper for paper in papers if paper.commitment not in aside]
    official = count_box(question, counts, seed)
    met = required(rules, question, official, roll)
    if not shows_ballots(rules, len(counts)):
        official = {name: official[name] for name in ("rule", "winners", "turnout") if name in official}
        met |= {name: {"met": met[name]["met"]} for name in met if name == "majority"}
    result: dict[str, Any] = {"official": official} | ({"requirements": met} if met else {})
    if not shows_ballots(rules, len(counts)):
        return result
    for column in COLUMNS:
        names = sorted({getattr(paper, column) for paper in counts} - {""})
        parts = {name: [paper for paper in counts if getattr(paper, column) == name] for name in names}
        if parts:
            result[column] = {name: count_box(question, part, seed) for name, part in parts.items()}
    if len(counts) < len(papers) and opens_aside(rules, len(papers) - len(counts), len(counts)):
        result["with_set_aside"] = count_box(question, papers, seed)
    return result


def follows_from_sums(question: Mapping[str, Any], official: Mapping[str, Any], seed: str) -> dict[str, Any]:
    """What must stand in a published outcome because its own sums say so, as far as they can without ballots: winners,
    ranking and ties of rules that only add up, and whoever beats every other option in pairs."""
    rule, matrix, settings = question["rule"], official.get("matrix"), {**question["settings"], "seed": seed}
    if rule in PAIRS and matrix:
        best = [one for one, row in matrix.items() if all(votes > matrix[other][one] for other, votes in row.items())]
        return {"winners": best} if best else {}
    if rule not in ADDED or not official.get("rounds"):
        return {}
    sums = official["rounds"][0]["totals"].items()
    shape = {"approval": lambda one: frozenset([one]), "quadratic": lambda one: {one: 1}}.get(rule, str)
    ballots: list[tuple[Any, int]] = [(shape(one), number) for one, number in sums]
    again = count(rule, [one["key"] for one in question["options"]], ballots, settings)
    return {name: again.as_dict()[name] for name in ("winners", "ranking", "ties")}


def shows_ballots(rules: Mapping[str, Any], ballots: int) -> bool:
    """Whether more than the decision of a box with so many ballots may be shown."""
    return rules["mode"] == "open" or ballots >= BATCH


def opens_aside(rules: Mapping[str, Any], aside: int, counts: int) -> bool:
    """Whether ballots that were set aside may be shown beside the others."""
    return rules["mode"] == "open" or min(aside, counts) >= BATCH
