"""What counts as a ballot: blanks, overvotes, skipped and repeated ranks, and what is refused."""

import pytest

from methods.counting import BallotError, count

ABC = ["a", "b", "c"]


def first_round(ballot: object, **settings: object) -> tuple[dict[str, int], int, int]:
    outcome = count("irv", ABC, [(ballot, 1)], settings)
    return dict(outcome.rounds[0].totals), outcome.rounds[0].exhausted, outcome.blank


@pytest.mark.parametrize(
    ("rule", "blanks"),
    [
        ("plurality", [None, "", (), frozenset(), (None, None)]),
        ("approval", [None, frozenset()]),
        ("irv", [None, (), (None, None), ((),)]),
        ("schulze", [None, (), (None,), ((), None)]),
    ],
)
def test_blank_ballots_are_counted_as_blank(rule: str, blanks: list[object]) -> None:
    outcome = count(rule, ABC, [(ballot, 2) for ballot in blanks])
    assert (outcome.blank, outcome.valid, outcome.winners) == (2 * len(blanks), 0, ())


@pytest.mark.parametrize(
    ("ballot", "settings", "expected"),
    [
        ((("a", "b"), "c"), {}, (0, 0, 0, 1)),
        ((("a", "b"), "c"), {"overvote": "skip"}, (0, 0, 1, 0)),
        ((("a", "a"), "c"), {}, (1, 0, 0, 0)),
        ((("a",), "c"), {}, (1, 0, 0, 0)),
        ((None, "b"), {}, (0, 1, 0, 0)),
        ((None, "b"), {"skipped": "exhaust"}, (0, 0, 0, 1)),
        ((None, "b"), {"skipped": "exhaust_two"}, (0, 1, 0, 0)),
        ((None, None, "b"), {"skipped": "exhaust_two"}, (0, 0, 0, 1)),
        ((None, None, "b"), {}, (0, 1, 0, 0)),
    ],
)
def test_first_rank_counts_by_the_settings(
    ballot: object, settings: dict[str, object], expected: tuple[int, int, int, int]
) -> None:
    totals, exhausted, blank = first_round(ballot, **settings)
    assert ((*totals.values(), exhausted), blank) == (expected, 0)


@pytest.mark.parametrize(
    ("duplicates", "last_round", "exhausted"), [("ignore", {"b": 3, "c": 3}, 0), ("exhaust", {"b": 3, "c": 2}, 1)]
)
def test_repeated_rank_counts_once_or_ends_the_ballot(
    duplicates: str, last_round: dict[str, int], exhausted: int
) -> None:
    ballots = [(("a", "a", "c"), 1), (("b",), 3), (("c",), 2)]
    outcome = count("irv", ABC, ballots, {"duplicates": duplicates})
    assert (dict(outcome.rounds[-1].totals), outcome.exhausted) == (last_round, exhausted)


def test_pairwise_reading_takes_shared_ranks_as_level_and_the_first_of_repeated_ones() -> None:
    outcome = count("schulze", ABC, [((("a", "b"), None, "a", "c"), 5)])
    assert outcome.matrix == {"a": {"b": 0, "c": 5}, "b": {"a": 0, "c": 5}, "c": {"a": 0, "b": 0}}


@pytest.mark.parametrize(
    ("rule", "ballot", "weight", "reason"),
    [
        ("plurality", "d", 1, "unknown option 'd'"),
        ("plurality", frozenset("a"), 1, "is not a single choice (one id)"),
        ("approval", frozenset("ad"), 1, "unknown option 'd'"),
        ("approval", frozenset("ab"), 1, "too many choices: 2, at most 1"),
        ("approval", ("a",), 1, "is not a set of choices (a frozenset of ids)"),
        ("irv", ("a", ("b", "d")), 1, "unknown option 'd'"),
        ("irv", "a", 1, "is not a ranking (a tuple of ids, best first)"),
        ("schulze", ("a", 7), 1, "unknown option 7"),
        ("irv", ["a"], 1, "is not a ranking (a tuple of ids, best first)"),
        ("irv", ("a",), -1, "weight -1 is not a whole number of 0 or more"),
        ("irv", ("a",), 1.0, "weight 1.0 is not a whole number of 0 or more"),
    ],
)
def test_ballot_error_names_ballot_and_reason(rule: str, ballot: object, weight: int, reason: str) -> None:
    with pytest.raises(BallotError) as error:
        count(rule, ABC, [(ballot, weight)], {"max_choices": 1})
    assert (error.value.ballot, error.value.reason) == (ballot, reason)
    assert str(error.value) == f"ballot {ballot!r}: {reason}"


def test_invalid_ballots_are_counted_when_the_settings_say_so() -> None:
    ballots = [(("a",), 3), (("z",), 2), (["a"], 4), (("b",), -6), (None, 1)]
    outcome = count("irv", ABC, ballots, {"invalid": "count"})
    assert (outcome.valid, outcome.invalid, outcome.blank, outcome.turnout) == (3, 7, 1, 11)


@pytest.mark.parametrize(
    "settings",
    [{"overvotes": "skip"}, {"overvote": "ignore"}, {"max_choices": 0}, {"max_choices": True}, {"seed": 7}],
)
def test_unknown_settings_are_refused(settings: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="setting"):
        count("irv", ABC, [], settings)


@pytest.mark.parametrize("options", [[], ["a", "a"], ["a", ""]])
def test_options_must_be_ids_named_once(options: list[str]) -> None:
    with pytest.raises(ValueError, match="options"):
        count("plurality", options, [])


def test_unknown_rule_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="approval, borda, budget_equal_shares, budget_greedy, consent, irv"):
        count("acclamation", ABC, [])
