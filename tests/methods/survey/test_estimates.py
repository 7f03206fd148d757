"""Samples that can be drawn again, and intervals that hold what they promise."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from methods.survey import Stratum, draw, estimate

STRATA = {"bus": [f"b{n}" for n in range(40)], "park": ["p1", "p2"], "": [f"n{n}" for n in range(9)]}


def test_draw_takes_so_many_of_each_and_all_where_there_are_fewer():
    drawn = draw(STRATA, each=5, seed=7)
    assert {name: len(ids) for name, ids in drawn.items()} == {"bus": 5, "park": 2, "": 5}
    assert all(set(ids) <= set(STRATA[name]) for name, ids in drawn.items())


def test_draw_depends_on_seed_and_not_on_order():
    shuffled = {name: random.Random(3).sample(ids, len(ids)) for name, ids in STRATA.items()}
    assert draw(shuffled, each=5, seed=7) == draw(STRATA, each=5, seed=7) != draw(STRATA, each=5, seed=8)


def test_draw_keeps_those_already_drawn_when_more_are_asked_for():
    assert set(draw(STRATA, each=5, seed=7)["bus"]) < set(draw(STRATA, each=9, seed=7)["bus"])


def test_draw_is_fair():
    hits = sum("b0" in draw(STRATA, each=10, seed=seed)["bus"] for seed in range(2000))
    assert 420 < hits < 580


@pytest.mark.parametrize(
    ("right", "checked", "low", "high"),
    # R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3 (Wilson's score interval).
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_estimate_of_one_large_stratum_is_the_published_interval(right, checked, low, high):
    found = estimate([Stratum(10**9, checked, right)])
    assert found.share == pytest.approx(right / checked, abs=5e-5)
    assert (found.low, found.high) == (pytest.approx(low, abs=2e-4), pytest.approx(high, abs=2e-4))


def test_estimate_weighs_strata_by_size():
    found = estimate([Stratum(900, 10, 10), Stratum(100, 10, 0), Stratum(50, 0, 0)])
    assert (found.share, found.n) == (0.9, 20)
    assert found.low < 0.9 < found.high <= 1


def test_estimate_is_certain_where_everything_was_read():
    found = estimate([Stratum(4, 4, 3), Stratum(4, 4, 4)])
    assert (found.share, found.low, found.high) == (0.875, 0.875, 0.875)
    assert estimate([]) is None
    assert estimate([Stratum(9, 0, 0)]) is None


def test_estimate_refuses_impossible_counts():
    with pytest.raises(ValueError, match="impossible"):
        estimate([Stratum(5, 6, 1)])
    with pytest.raises(ValueError, match="impossible"):
        estimate([Stratum(5, 2, 3)])


@given(st.lists(st.tuples(st.integers(1, 500), st.integers(0, 60), st.floats(0, 1)), min_size=1, max_size=12))
def test_estimate_lies_inside_its_interval(rows):
    strata = [Stratum(size, min(size, checked), round(min(size, checked) * share)) for size, checked, share in rows]
    found = estimate(strata)
    assert found is None or 0 <= found.low <= found.share <= found.high <= 1


def test_interval_holds_the_truth_nearly_as_often_as_it_says():
    lot = random.Random(11)
    sizes, truth = (600, 300, 80, 20), (0.9, 0.8, 0.5, 0.7)
    whole = sum(size * share for size, share in zip(sizes, truth, strict=True)) / sum(sizes)
    held = 0
    for _ in range(1500):
        strata = []
        for size, share in zip(sizes, truth, strict=True):
            members = [number < size * share for number in range(size)]
            strata.append(Stratum(size, 15, sum(lot.sample(members, 15))))
        found = estimate(strata)
        held += found.low <= whole <= found.high
    assert held >= 0.93 * 1500
