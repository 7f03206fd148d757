"""Each rule on ballots small enough to follow by hand, ties and their settling included."""

import json
import operator
from hashlib import sha256

import pytest

from methods.counting import Tie, count
from methods.counting.lot import draw_lots

ABC = ["a", "b", "c"]


def test_plurality_reports_a_tie_with_all_winners() -> None:
    outcome = count("plurality", ABC, [("a", 2), ("c", 2), ("b", 1)])
    assert outcome.winners == ("a", "c")
    assert outcome.ranking == (("a", "c"), ("b",))
    assert outcome.ties == (Tie("winner", ("a", "c"), "reported", None, 1),)


def test_plurality_counts_the_first_valid_rank_of_a_ranking() -> None:
    outcome = count("plurality", ABC, [((None, "b", "a"), 2), (("a",), 1), ((("a", "b"), "c"), 4)])
    assert (dict(outcome.totals), outcome.exhausted, outcome.valid) == ({"a": 1, "b": 2, "c": 0}, 4, 7)


def test_approval_adds_every_choice() -> None:
    ballots = [(frozenset("ab"), 2), (frozenset("c"), 1), (frozenset(), 1)]
    outcome = count("approval", ABC, ballots, {"max_choices": 2})
    assert (dict(outcome.totals), outcome.winners, outcome.blank) == ({"a": 2, "b": 2, "c": 1}, ("a", "b"), 1)


def test_irv_goes_on_until_two_remain_even_past_a_majority() -> None:
    outcome = count("irv", ABC, [(("a",), 6), (("b", "a"), 2), (("c", "b"), 1)])
    assert [dict(one.totals) for one in outcome.rounds] == [{"a": 6, "b": 2, "c": 1}, {"a": 6, "b": 3}]
    assert (outcome.rounds[0].eliminated, dict(outcome.rounds[0].transfers)) == (("c",), {"b": 1})
    assert (outcome.rounds[1].elected, outcome.ranking) == (("a",), (("a",), ("b",), ("c",)))


def test_irv_settles_a_tie_by_the_round_before() -> None:
    ballots = [(("a",), 10), (("b",), 4), (("c",), 3), (("d", "c"), 1)]
    outcome = count("irv", [*ABC, "d"], ballots)
    assert outcome.ties == (Tie("elimination", ("b", "c"), "earlier_round", "c", 2, 1),)
    assert outcome.ranking == (("a",), ("b",), ("c",), ("d",))


def test_irv_settles_what_no_round_can_by_the_lot() -> None:
    settings = {"poll": "p1", "seed": "44102"}
    outcome = count("irv", ABC, [(("a",), 1), (("b",), 1), (("c",), 1)], settings)
    assert draw_lots(ABC, settings) == ("a", "c", "b")
    assert [(tie.what, tie.how, tie.decided) for tie in outcome.ties] == [
        ("elimination", "lot", "b"),
        ("winner", "lot", "a"),
    ]


def test_lot_follows_the_published_formula() -> None:
    digests = {option: sha256(b"p1|" + option.encode() + b"|44102").hexdigest() for option in ABC}
    assert draw_lots(ABC, {"poll": "p1", "seed": "44102"}) == tuple(sorted(ABC, key=digests.__getitem__))


def test_lot_changes_with_the_seed() -> None:
    drawn = {draw_lots(ABC, {"poll": "p1", "seed": str(seed)})[0] for seed in range(40)}
    assert drawn == set(ABC)


def test_schulze_example_of_the_paper() -> None:
    ballots = [
        ("acbed", 5),
        ("adecb", 5),
        ("bedac", 8),
        ("cabed", 3),
        ("caebd", 7),
        ("cbade", 2),
        ("dceba", 7),
        ("ebadc", 8),
    ]
    outcome = count("schulze", list("abcde"), [(tuple(order), weight) for order, weight in ballots])
    assert outcome.ranking == (("e",), ("a",), ("c",), ("b",), ("d",))
    assert outcome.matrix is not None
    assert outcome.matrix["a"] == {"b": 20, "c": 26, "d": 30, "e": 22}


def test_schulze_reports_the_tied_set_and_draws_the_lot() -> None:
    cycle = [(("a", "b", "c"), 1), (("b", "c", "a"), 1), (("c", "a", "b"), 1)]
    outcome = count("schulze", ABC, cycle, {"poll": "p1", "seed": "44102"})
    assert (outcome.winners, outcome.ranking) == (("a",), (("a", "b", "c"),))
    assert outcome.ties == (Tie("winner", ("a", "b", "c"), "lot", "a"),)


@pytest.mark.parametrize(
    ("rule", "ballot"), [("plurality", "a"), ("approval", frozenset("a")), ("irv", ("a",)), ("schulze", ("a",))]
)
def test_only_option_is_chosen(rule: str, ballot: object) -> None:
    outcome = count(rule, ["a"], [(ballot, 3)])
    assert (outcome.winners, outcome.ties, outcome.valid) == (("a",), (), 3)


@pytest.mark.parametrize("rule", ["plurality", "approval", "irv", "schulze"])
def test_no_ballots_elect_nobody(rule: str) -> None:
    outcome = count(rule, ABC, [])
    assert (outcome.winners, outcome.ranking, outcome.turnout) == ((), (), 0)
    assert len(outcome.explain("en")) == 2


def test_settings_are_frozen_and_complete() -> None:
    outcome = count("irv", ABC, [], {"skipped": "exhaust", "max_choices": 2})
    assert dict(outcome.settings) == {
        "duplicates": "ignore",
        "invalid": "raise",
        "overvote": "exhaust",
        "poll": "",
        "seed": "",
        "skipped": "exhaust",
    }
    with pytest.raises(TypeError):
        operator.setitem(outcome.settings, "skipped", "skip")


def test_outcome_as_dict_is_json() -> None:
    outcome = count("irv", ABC, [(("a", "b"), 2), (("b",), 2), (("c",), 1)])
    assert json.loads(json.dumps(outcome.as_dict()))["ties"] == [
        {
            "what": "winner",
            "options": ["a", "b"],
            "how": "lot",
            "decided": outcome.winners[0],
            "round": 2,
            "by_round": None,
        }
    ]
