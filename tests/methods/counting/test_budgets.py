"""Budgets on ballots small enough to follow by hand."""

from fractions import Fraction

import pytest

from methods.counting import BallotError, Tie, count

COSTS = {"a": 60, "b": 50, "c": 40, "d": 10}
VOTES = [(frozenset("a"), 5), (frozenset("b"), 4), (frozenset("c"), 3), (frozenset("d"), 2)]


@pytest.mark.parametrize(
    ("settings", "winners", "why"),
    [
        ({}, ("a", "c"), ["funded", "too_dear", "funded", "too_dear"]),
        ({"variant": "stop"}, ("a",), ["funded", "too_dear", "after_stop", "after_stop"]),
        ({"variant": "threshold", "threshold": 4}, ("a",), ["funded", "too_dear"] + 2 * ["below_threshold"]),
    ],
)
def test_greedy_variants(settings: dict[str, object], winners: tuple[str, ...], why: list[str]) -> None:
    outcome = count("budget_greedy", "abcd", VOTES, {"budget": 100, "costs": COSTS, **settings})
    assert outcome.winners == winners
    assert [outcome.figures[project]["why"] for project in "abcd"] == why


def test_greedy_takes_the_cheaper_of_equal_votes_then_the_lot() -> None:
    votes = [(frozenset("abcd"), 1)]
    settings = {"budget": 100, "costs": {"a": 60, "b": 60, "c": 40, "d": 10}, "poll": "p1", "seed": "44102"}
    outcome = count("budget_greedy", "abcd", votes, settings)
    assert outcome.winners == ("d", "c")
    votes = [(frozenset("ab"), 1)]
    outcome = count("budget_greedy", "ab", votes, settings)
    assert (outcome.winners, outcome.ties) == (("a",), (Tie("funding", ("a", "b"), "lot", "a"),))


def test_equal_shares_give_a_minority_its_part() -> None:
    """Six of ten want the dear projects, four the cheap ones: each side decides over its part of the money."""
    costs = {"a": 50, "b": 50, "c": 20, "d": 20}
    votes = [(frozenset("ab"), 6), (frozenset("cd"), 4)]
    settings = {"budget": 100, "costs": costs, "completion": "none"}
    shared = count("budget_equal_shares", "abcd", votes, settings)
    assert set(shared.winners) == {"a", "c", "d"}
    assert count("budget_greedy", "abcd", votes, settings).winners in (("a", "b"), ("b", "a"))
    assert shared.figures["c"]["price"] == 5
    assert shared.figures["a"]["price"] == Fraction(50, 6)


def test_who_has_less_than_the_price_gives_what_is_left() -> None:
    votes = [(frozenset("ab"), 1), (frozenset("b"), 1)]
    settings = {"budget": 20, "costs": {"a": 4, "b": 15}, "completion": "none"}
    outcome = count("budget_equal_shares", "ab", votes, settings)
    assert (outcome.winners, outcome.figures["b"]["price"]) == (("b", "a")[:1], Fraction(15, 2))


def test_completions_spend_what_equal_shares_leave() -> None:
    costs = {"a": 60, "b": 70}
    votes = [(frozenset("a"), 5), (frozenset("b"), 5)]

    def chosen(completion: str) -> tuple[str, ...]:
        settings = {"budget": 100, "costs": costs, "completion": completion}
        return count("budget_equal_shares", "ab", votes, settings).winners

    assert [chosen(one) for one in ("none", "add1", "add1u", "add1_comparison")] == [(), ("a",), ("a",), ("a",)]
    assert count("budget_equal_shares", "ab", votes, {"budget": 100, "costs": costs}).settings["completion"] == "add1u"


def test_comparison_takes_the_order_of_votes_only_when_more_prefer_it() -> None:
    costs = {"a": 100, "b": 20, "c": 20}
    votes = [(frozenset("a"), 6), (frozenset("b"), 2), (frozenset("c"), 2)]
    settings = {"budget": 100, "costs": costs, "completion": "add1_comparison"}
    outcome = count("budget_equal_shares", "abc", votes, settings)
    assert outcome.winners == ("a",)
    assert outcome.figures["a"]["why"] == "comparison"


def test_approvals_may_sum_to_more_than_the_budget_but_not_over_a_limit() -> None:
    settings = {"budget": 50, "costs": COSTS}
    assert count("budget_greedy", "abcd", [(frozenset("abcd"), 1)], settings).valid == 1
    with pytest.raises(BallotError, match="choices cost 110, at most 100"):
        count("budget_greedy", "abcd", [(frozenset("ab"), 1)], {**settings, "ballot_limit": 100})


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"costs": COSTS}, "the rule needs the setting 'budget'"),
        ({"budget": 1}, "the rule needs the setting 'costs'"),
        ({"budget": 1, "costs": {"a": 1}}, "setting 'costs' names no cost of 'b'"),
        ({"budget": 1, "costs": {"a": 1.5, "b": 2}}, "setting 'costs' must be"),
    ],
)
@pytest.mark.parametrize("rule", ["budget_greedy", "budget_equal_shares"])
def test_budget_and_costs_are_needed(rule: str, settings: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        count(rule, "ab", [], settings)
