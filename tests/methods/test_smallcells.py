"""Small counts of people are withheld so that neither they nor the total give them away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from methods.smallcells import withheld


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 60), max_size=9), st.integers(1, 20))
def test_what_is_withheld_cannot_be_told_from_the_total(cells, limit) -> None:
    hidden = withheld(cells, limit)
    small = {key for key, count in cells.items() if 0 < count < limit}
    assert small <= hidden
    assert [key for key in hidden if not cells[key]] == []
    if small and hidden != {key for key, count in cells.items() if count}:
        assert len(hidden) > 1
        assert sum(cells[key] for key in hidden) >= limit
    if not small:
        assert hidden == set()


def test_the_smallest_other_group_is_withheld_and_no_more() -> None:
    assert withheld({"a": 3, "b": 40, "c": 12, "d": 60}) == {"a", "c"}
    assert withheld({"a": 6, "b": 5, "c": 12}) == {"a", "b"}


def test_negative_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        withheld({"a": -1})
