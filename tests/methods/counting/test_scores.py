"""Scores, STAR, credits and consent on ballots small enough to follow by hand."""

from fractions import Fraction

import pytest

from methods.counting import BallotError, Tie, count

ABC = ["a", "b", "c"]


def test_highest_sum_wins_and_its_figures_are_shown() -> None:
    ballots = [({"a": 5, "b": 3}, 2), ({"a": 0, "b": 4, "c": 4}, 1), ({}, 3)]
    outcome = count("score", ABC, ballots)
    assert (outcome.winners, dict(outcome.totals), outcome.blank) == (("a",), {"a": 10, "b": 10, "c": 4}, 3)
    assert outcome.ties == (Tie("winner", ("a", "b"), "top_scores", "a", 1),)
    assert outcome.figures["a"] == {
        "n": 3,
        "unscored": 0,
        "histogram": {0: 1, 1: 0, 2: 0, 3: 0, 4: 0, 5: 2},
        "median": 5,
        "mean": Fraction(10, 3),
        "top_two": Fraction(2, 3),
    }
    assert (outcome.figures["c"]["unscored"], outcome.figures["c"]["mean"]) == (2, Fraction(4, 3))


def test_option_left_out_has_the_lowest_score() -> None:
    outcome = count("score", ABC, [({"a": -1, "b": 1}, 1), ({"b": None, "c": 2}, 1)], {"scale": (-2, 2)})
    assert dict(outcome.totals) == {"a": -3, "b": -1, "c": 0}


@pytest.mark.parametrize("scale", [(1, 10), [1, 10], range(1, 11)])
def test_scale_is_its_lowest_and_highest_score(scale: object) -> None:
    outcome = count("score", ABC, [({"a": 10}, 1)], {"scale": scale})
    assert (outcome.settings["scale"], outcome.totals["b"]) == ((1, 10), 1)


def test_score_settles_what_top_scores_cannot_by_the_lot() -> None:
    outcome = count("score", ABC, [({"a": 5, "b": 5, "c": 1}, 1)], {"poll": "p1", "seed": "44102"})
    assert (outcome.winners, outcome.ties) == (("a",), (Tie("winner", ("a", "b"), "lot", "a", 1),))


def test_star_prefers_the_one_that_more_ballots_score_higher() -> None:
    outcome = count("star", ABC, [({"a": 5, "b": 4}, 3), ({"b": 5, "c": 4}, 2), ({"c": 1}, 1)])
    assert dict(outcome.totals) == {"a": 15, "b": 22, "c": 9}
    start, end = outcome.rounds
    assert (start.eliminated, dict(end.totals), end.exhausted) == (("c",), {"b": 2, "a": 3}, 1)
    assert (outcome.winners, outcome.ranking) == (("a",), (("a",), ("b",), ("c",)))


def test_star_breaks_ties_for_finalists_in_pairs_then_by_top_scores_then_by_lot() -> None:
    pairs = [({"a": 5, "b": 1, "c": 0}, 2), ({"a": 5, "b": 1, "c": 3}, 1)]
    assert count("star", ABC, pairs).ties == (Tie("finalist", ("b", "c"), "pairs", "b", 1),)
    tops = [({"a": 5, "b": 5, "c": 4}, 1), ({"a": 5, "b": 0, "c": 1}, 1)]
    outcome = count("star", ABC, tops)
    assert outcome.ties == (Tie("finalist", ("b", "c"), "top_scores", "b", 1),)
    even = [({"a": 5, "b": 5, "c": 1}, 1), ({"a": 5, "b": 1, "c": 5}, 1)]
    assert count("star", ABC, even).ties[0].how == "lot"


def test_star_breaks_a_tied_run_off_by_the_higher_sum() -> None:
    outcome = count("star", ABC, [({"a": 5, "b": 1}, 1), ({"a": 3, "b": 4}, 1)])
    assert (outcome.winners, outcome.ties) == (("a",), (Tie("winner", ("a", "b"), "votes", "a", 2),))


@pytest.mark.parametrize("rule", ["score", "star"])
@pytest.mark.parametrize(
    ("ballot", "reason"),
    [
        ({"a": 6}, "score 6 is not from 0 to 5"),
        ({"a": -1}, "score -1 is not from 0 to 5"),
        ({"z": 1}, "unknown option 'z'"),
        ({"a": 1.0}, "1.0 for 'a' is not a whole number"),
        ({"a": True}, "True for 'a' is not a whole number"),
        (("a",), "is not a mapping from options to whole numbers"),
    ],
)
def test_scores_that_cannot_be_counted_are_refused(rule: str, ballot: object, reason: str) -> None:
    with pytest.raises(BallotError) as error:
        count(rule, ABC, [(ballot, 1)])
    assert (error.value.ballot, error.value.reason) == (ballot, reason)
    assert count(rule, ABC, [(ballot, 2), ({"a": 1}, 1)], {"invalid": "count"}).invalid == 2


def test_credits_buy_votes_at_the_square_of_their_number() -> None:
    outcome = count("quadratic", ABC, [({"a": 3, "b": 1}, 1), ({"b": 2, "c": 0}, 2)], {"credits": 10})
    assert (dict(outcome.totals), outcome.winners, outcome.valid) == ({"a": 3, "b": 5, "c": 0}, ("b",), 3)


@pytest.mark.parametrize(
    ("ballot", "reason"),
    [({"a": 3, "b": 2}, "votes cost 13 credits, at most 12"), ({"a": -1}, "-1 votes are fewer than none")],
)
def test_credits_overspent_are_refused(ballot: object, reason: str) -> None:
    with pytest.raises(BallotError, match=reason):
        count("quadratic", ABC, [(ballot, 1)], {"credits": 12})


POSITIONS = ["setuju", "catatan", "tidak-menghalangi", "keberatan"]


@pytest.mark.parametrize(
    ("limit", "objections", "winners"),
    [(0, 0, ("setuju",)), (0, 1, ()), ("1/10", 1, ("setuju",)), ("1/10", 2, ()), (Fraction(1, 5), 2, ("setuju",))],
)
def test_proposal_passes_while_objections_stay_at_or_below_the_limit(
    limit: object, objections: int, winners: tuple[str, ...]
) -> None:
    ballots = [("setuju", 8 - objections), ("catatan", 2), ("keberatan", objections), (None, 3)]
    outcome = count("consent", POSITIONS, ballots, {"limit": limit})
    assert (outcome.winners, outcome.settings["objection"], outcome.valid) == (winners, "keberatan", 10)
    assert outcome.figures["catatan"] == {"share": Fraction(1, 5)}


def test_position_that_objects_can_be_named() -> None:
    settings = {"objection": "no"}
    assert count("consent", ["no", "yes"], [("yes", 3)], settings).winners == ("yes",)
    assert count("consent", ["no", "yes"], [("no", 1), ("yes", 3)], settings).winners == ()


def test_several_seats_go_to_the_most_votes_and_a_tie_for_the_last_is_reported() -> None:
    outcome = count("approval", ABC, [(frozenset("a"), 3), (frozenset("bc"), 2)], {"seats": 2})
    assert (outcome.winners, outcome.ties) == (("a", "b", "c"), (Tie("winner", ("b", "c"), "reported", None, 1),))
    assert count("plurality", ABC, [("a", 3), ("b", 2), ("c", 1)], {"seats": 2}).winners == ("a", "b")
