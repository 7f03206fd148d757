"""Budgets on ballots small enough to follow by hand."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from methods.counting import BallotError, Tie, count
from methods.counting.budgets import open_purse
from methods.counting.market import buy, raise_shares
from methods.counting.settings import Form
from tests.methods.counting.elections import approvals, boxes, patient

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


@patient
@given(boxes(approvals), st.integers(1, 60), st.integers(1, 7))
def test_passing_over_raises_that_change_nothing_changes_nothing(box, budget, increment) -> None:
    """Against raising one by one; costs are large beside the increment, so that there is much to pass over."""
    sums = {ballot: weight for ballot, weight in dict(box).items() if ballot and weight}
    assume(sums)
    costs = {"a": 4000, "b": 2500, "c": 6111, "d": 2500}
    settings = {"budget": budget * 300, "costs": costs, "poll": "", "seed": ""}
    purse = open_purse(sums, Form(tuple("abcd"), frozenset("abcd"), tuple("abcd"), settings))
    voters = sum(sums.values())
    first = buy(sums, purse, purse.budget, voters)
    plain = raise_shares(sums, purse, voters, 10 * increment, first, patience=10**9)
    assert raise_shares(sums, purse, voters, 10 * increment, first, patience=1) == plain


def test_small_increments_take_no_longer_for_it() -> None:
    """Shares of a million raised by one, half a million times, until c would be bought as well."""
    costs = {"a": 3_000_000, "b": 2_100_000, "c": 3_333_333}
    votes = [(frozenset("a"), 2), (frozenset("ab"), 1), (frozenset("c"), 2)]
    outcome = count("budget_equal_shares", "abc", votes, {"budget": 5_500_000, "costs": costs})
    assert (outcome.winners, outcome.figures["a"]["share"]) == (("a", "b"), 1_666_666)
