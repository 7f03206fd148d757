"""Ranked pairs, minimax and Borda on ballots small enough to follow by hand."""

from fractions import Fraction

import pytest

from methods.counting import Tie, count

ABC = ["a", "b", "c"]
CYCLE = [(("a", "b", "c"), 4), (("b", "c", "a"), 3), (("c", "a", "b"), 2)]


def test_ranked_pairs_keeps_the_strongest_victories() -> None:
    """b beats c by 7, a beats b by 6, c beats a by 5: the last would close the circle."""
    outcome = count("ranked_pairs", ABC, CYCLE)
    assert (outcome.winners, outcome.ranking, outcome.ties) == (("a",), (("a",), ("b",), ("c",)), ())


def test_minimax_elects_the_mildest_worst_defeat() -> None:
    outcome = count("minimax", ABC, CYCLE)
    assert (outcome.winners, outcome.ranking) == (("a",), (("a",), ("b",), ("c",)))


def test_strength_of_a_victory_is_its_votes_not_its_margin() -> None:
    """a's worst defeat has 9 votes by a margin of 8, c's 11 by 2: winning votes and margins disagree."""
    ballots = [(("c", "a"), 9), (("a",), 1), (("a", "b"), 10), (("b", "c"), 11), (("b",), 0)]
    matrix = count("minimax", ABC, ballots).matrix
    assert matrix is not None
    assert (matrix["a"]["b"], matrix["b"]["a"]) == (20, 11)
    assert (matrix["b"]["c"], matrix["c"]["b"]) == (21, 9)
    assert (matrix["c"]["a"], matrix["a"]["c"]) == (20, 11)
    assert count("minimax", ABC, ballots).ranking == (("a", "b"), ("c",))


@pytest.mark.parametrize("rule", ["schulze", "ranked_pairs", "minimax"])
def test_tied_set_is_named_and_the_lot_decides(rule: str) -> None:
    even = [(("a", "b", "c"), 1), (("b", "c", "a"), 1), (("c", "a", "b"), 1)]
    outcome = count(rule, ABC, even, {"poll": "p1", "seed": "44102"})
    assert (outcome.winners, outcome.ties) == (("a",), (Tie("winner", ("a", "b", "c"), "lot", "a"),))


def test_borda_gives_those_left_out_the_average_of_what_is_left() -> None:
    outcome = count("borda", ["a", "b", "c", "d"], [(("a", "b"), 1), ((("c", "d"), "a"), 2)])
    assert dict(outcome.totals) == {"a": 5, "b": 2, "c": Fraction(11, 2), "d": Fraction(11, 2)}
    assert outcome.ties[0].options == ("c", "d")
    assert outcome.as_dict()["rounds"][0]["totals"]["c"] == "5.5"
