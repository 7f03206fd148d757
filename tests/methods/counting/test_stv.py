"""The single transferable vote on ballots small enough to follow by hand."""

from fractions import Fraction

from methods.counting import Tie, count


def test_surplus_moves_at_a_value_cut_to_five_decimals() -> None:
    """Quota 4; a has 7, so each of its ballots moves on at 3/7 = 0.42857."""
    ballots = [(("a", "b"), 5), (("a",), 2), (("b",), 2), (("c",), 2)]
    outcome = count("stv", "abc", ballots, {"seats": 2})
    first, second = outcome.rounds
    assert (outcome.quota, first.elected, first.surplus_of) == (4, ("a",), "a")
    assert dict(first.transfers) == {"b": Fraction(214285, 100000)}
    assert (dict(second.totals), second.elected) == ({"a": 4, "b": Fraction(414285, 100000), "c": 2}, ("b",))
    assert sum(second.totals.values()) + second.exhausted == outcome.valid
    assert outcome.as_dict()["rounds"][1]["totals"] == {"a": 4, "b": "4.14285", "c": 2}


def test_all_who_are_left_are_elected_when_they_are_as_many_as_the_seats() -> None:
    outcome = count("stv", "abcd", [(("a",), 5), (("b",), 4), (("c",), 2), (("d",), 1)], {"seats": 3})
    assert (outcome.quota, outcome.winners) == (4, ("a", "b", "c"))
    assert [one.eliminated for one in outcome.rounds] == [(), ("d",), ()]


def test_ties_look_at_the_most_recent_round_that_differs() -> None:
    ballots = [(("a",), 10), (("b",), 5), (("c",), 4), (("d", "c"), 1)]
    outcome = count("stv", "abcd", ballots)
    assert outcome.ties == (Tie("elimination", ("b", "c"), "earlier_round", "c", 2, 1),)


def test_skipped_rank_ends_a_ballot() -> None:
    ballots = [(("a", None, "b"), 3), (("b",), 2), (("c",), 4)]
    assert count("stv", "abc", ballots).settings["skipped"] == "exhaust"
    assert count("stv", "abc", ballots).rounds[1].totals == {"a": 3, "c": 4}
    assert dict(count("stv", "abc", [*ballots, ((None, "a"), 2)]).rounds[0].totals) == {"a": 3, "b": 2, "c": 4}


def test_more_seats_than_options_elect_everybody() -> None:
    assert count("stv", "ab", [(("b",), 1)], {"seats": 3}).winners == ("b", "a")
