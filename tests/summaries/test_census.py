"""Census figures as people have them: separators, heads, quotes, and lines that are refused by number."""

import contextlib
from collections.abc import Iterator

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from summaries.census import Misread, parse_census
from summaries.voices import row_of


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("33.01,North,400", [["33.01", "North", 400]]),
        ("kode;nama;penduduk\n1;Utara;1.204\n2;Selatan;1 204 500", [["1", "Utara", 1204], ["2", "Selatan", 1204500]]),
        ('\ufeffcode\tname\tinhabitants\r\n\r\n33.01\t"North, old"\t12\r\n', [["33.01", "North, old", 12]]),
        ('33.01,"North, old",12', [["33.01", "North, old", 12]]),
        ("33.01,North,0", [["33.01", "North", 0]]),
    ],
)  # fmt: skip
def test_figures_are_read_as_people_have_them(text, expected) -> None:
    assert parse_census(text) == expected


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "no line with figures"),
        ("code,name,inhabitants", "no line with figures"),
        ("33.01,North", "Line 1"),
        ("33.01,North,4\n\n,South,4", "Line 3"),
        ("33.01,North,4,5", "Line 1"),
        ("33.01,North,-4", "Line 1"),
        ("33.01,North,4.5", "Line 1"),
        ("33.01,North,1.20", "Line 1"),
        ("33.01,North,=1+1", "Line 1"),
        ("33.01,North,٤٠٠", "Line 1"),
        ("33.01,North,9999999999999", "Line 1"),
        ("33.01,North,1\n33.01,South,1", "Line 2"),
        (f"33.01,{'x' * 121},1", "Line 1"),
        ("\n".join(f"{n},Area,5" for n in range(2001)), "2000"),
    ],
)
def test_lines_that_are_wrong_are_named(text, line) -> None:
    with pytest.raises(Misread) as caught:
        parse_census(text)
    assert line in caught.value.problems[0]


def test_line_of_any_length_is_named() -> None:
    with pytest.raises(Misread) as caught:
        parse_census("1,Utara,5\n2," + "x" * 150_000 + ",5")
    assert caught.value.problems == ["Line 2 has a code of more than 20 or a name of more than 120 signs."]


def test_at_most_five_problems_are_told() -> None:
    with pytest.raises(Misread) as caught:
        parse_census("1,a\n" * 50)
    assert len(caught.value.problems) == 5


@given(st.text(max_size=300))
def test_whatever_is_sent_is_read_or_refused(text) -> None:
    rows = []
    with contextlib.suppress(Misread):
        rows = parse_census(text)
    assert [row for row in rows if len(row) != 3 or not isinstance(row[2], int) or row[2] < 0] == []


def test_people_count_for_the_narrowest_area_there_is() -> None:
    codes = ["33", "33.98.01", "33.98.010"]
    assert [row_of(code, codes) for code in ("33.98.01.1002", "33.98.01", "33.97", "34", "33.98.0101")] == [
        "33.98.01", "33.98.01", "33", "", "33",
    ]  # fmt: skip
