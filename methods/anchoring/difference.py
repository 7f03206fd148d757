"""The difference of two wordings, word by word.

Source: the longest common subsequence (Myers 1986, as RapidFuzz computes it for insertions and deletions).
Invariants: the parts "same" and "gone" joined give the old wording exactly, "same" and "new" the new one.
"""

import re
from itertools import groupby

SAME, GONE, NEW = "same", "gone", "new"
_token = re.compile(r"\s+|\w+|[^\w\s]")
_names = {"equal": SAME, "delete": GONE, "insert": NEW}


def difference(old: str, new: str) -> list[tuple[str, str]]:
    """The parts ("same" | "gone" | "new", text) from the wording `old` to `new`; what is gone comes before what is new.

    >>> difference("The bus stops at six.", "The bus leaves at seven.")
    ... # doctest: +NORMALIZE_WHITESPACE
    [('same', 'The bus '), ('gone', 'stops'), ('new', 'leaves'), ('same', ' at '), ('gone', 'six'),
     ('new', 'seven'), ('same', '.')]
    """
    before, after = _token.findall(old), _token.findall(new)
    parts: list[tuple[str, str]] = []
    from rapidfuzz.distance import Indel  # not when the server starts

    for code in Indel.opcodes(before, after):
        words = (
            after[code.dest_start : code.dest_end] if code.tag == "insert" else before[code.src_start : code.src_end]
        )
        if words:
            parts.append((_names[code.tag], "".join(words)))
    return _tidy(parts)


def _tidy(parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Joins changes that only a space divides, so that a changed phrase reads as one."""
    result: list[tuple[str, str]] = []
    bridged = [
        (name, text, name == SAME and not text.strip() and 0 < index < len(parts) - 1)
        for index, (name, text) in enumerate(parts)
    ]
    for unchanged, group in groupby(bridged, key=lambda part: part[0] == SAME and not part[2]):
        run = list(group)
        if unchanged:
            result += [(SAME, text) for _, text, _ in run]
            continue
        result += [
            (name, joined)
            for name in (GONE, NEW)
            if (joined := "".join(text for kind, text, _ in run if kind in (name, SAME))).strip() or joined
        ]
    return result
