"""Agreement against examples that others published and worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from methods.survey import krippendorff_alpha, raw_agreement

# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", section B: two observers, five categories.
TWO_OBSERVERS = list(zip("aabbdcccedda", "babbbccceddd", strict=True))
# Ibid., section C: four observers, twelve units, missing codes.
FOUR_OBSERVERS = list(
    zip(
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
        strict=True,
    )
)
# Ibid., section A: two observers, binary data, ten units.
BINARY = list(zip([0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0], strict=True))


def test_alpha_is_that_of_the_published_example_with_missing_codes():
    assert krippendorff_alpha(FOUR_OBSERVERS, least=2) == pytest.approx(0.743, abs=0.0005)


def test_alpha_is_that_of_the_published_binary_example():
    assert krippendorff_alpha(BINARY, least=2) == pytest.approx(0.095, abs=0.0005)


def test_alpha_is_that_of_the_published_example_with_five_categories():
    assert krippendorff_alpha(TWO_OBSERVERS, least=2) == pytest.approx(0.692, abs=0.0005)


def test_alpha_is_one_when_all_agree_and_none_when_nothing_varies():
    assert krippendorff_alpha([("a", "a"), ("b", "b")] * 30) == 1.0
    assert krippendorff_alpha([("a", "a")] * 60) is None


def test_alpha_is_none_below_fifty_units_with_two_codes():
    assert krippendorff_alpha([("a", "a"), ("b", "b")] * 24 + [("a", None)] * 10) is None
    assert krippendorff_alpha([("a", "a"), ("b", "b")] * 25) == 1.0


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2, max_size=60))
def test_alpha_is_the_same_whoever_is_called_first(pairs):
    assert krippendorff_alpha(pairs, least=2) == krippendorff_alpha([pair[::-1] for pair in reversed(pairs)], least=2)


def test_raw_agreement_counts_equal_pairs():
    assert raw_agreement(BINARY) == 0.6
    assert raw_agreement([]) is None
