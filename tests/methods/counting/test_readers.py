"""BLT files: shared, skipped and withdrawn ranks, and files that are refused with their line."""

import re

import pytest

from methods.counting.readers import read_blt

TEXT = """# a comment
3 2
-2
4 1=3 - 2 1 0

2 2 0
0
"Ani"
"Budi"
"Citra"
"Dewan"
"""


def test_blt_keeps_shared_and_skipped_ranks_and_drops_withdrawn_options() -> None:
    file = read_blt(TEXT)
    assert file == ({"1": "Ani", "3": "Citra"}, [((("1", "3"), None, "1"), 4), ((), 2)], 2, "Dewan")
    assert read_blt(TEXT.splitlines()) == file


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1: expected the number of options and of seats"),
        ("2 x\n0", "line 1: expected the number of options and of seats, found '2 x'"),
        ("2 1\n1 3 0\n0", "line 2: '3' is not an option from 1 to 2"),
        ("2 1\n1 1 2\n0", "line 2: a ballot is a weight, ranks and a closing 0, found '1 1 2'"),
        ("2 1\n1 1 0\n", "line 2: the ballots do not end with a line 0"),
        ('2 1\n0\n"Ani"', "the file names 1 options, its first line promises 2"),
    ],
)
def test_broken_blt_is_refused_with_its_line(text: str, message: str) -> None:
    with pytest.raises(ValueError, match="^" + re.escape(message)):
        read_blt(text)
