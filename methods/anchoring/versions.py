"""Finds the clauses of one version again in the next, so that what was said stays where it was said.

Source: the verdicts of the project's own design (`exact`, `moved`, `reworded`, `new`, and what is gone), with the
optimal assignment of Kuhn (1955) over word similarity. In this order: the same key with the same text; the same text
elsewhere; similar text, the most similar pairs together in one assignment, where the same key counts as `NEARER`;
last the same explicit number.

Invariants: an unchanged version moves nothing; a clause is matched at most once; a clause that is inserted never
takes another's key; keys in the result are unique.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from methods.anchoring.clauses import Piece, unique

THRESHOLD = 0.6  # share of words two wordings must have in common (normalised Indel similarity of their words)
NEARER = 0.15  # what the same key adds when pairs compete


class Kept(StrEnum):
    """What became of a clause since the version before."""

    SAME = "same"
    MOVED = "moved"
    REWORDED = "reworded"
    NEW = "new"


@dataclass(frozen=True)
class Match:
    """`old` is the index in the version before (None for a new clause); `similarity` is 0 to 1 over words."""

    old: int | None
    kept: Kept
    similarity: float


def match(old: Sequence[Piece], new: Sequence[Piece]) -> list[Match]:
    """One match for each clause of `new`, in its order.

    >>> from methods.anchoring import parse
    >>> before = parse("## Article 1\\nThe bus stops at the market.\\n## Article 2\\nIt runs until ten at night.")
    >>> after = parse("## Article 1\\nWe write minutes.\\n## Article 2\\nThe bus stops at the market.\\n"
    ...               "## Article 3\\nIt runs until eleven at night.")
    >>> [(found.old, found.kept.value) for found in match(before, after)]
    [(None, 'new'), (0, 'moved'), (1, 'reworded')]
    """
    pairs: dict[int, int] = {}
    _pair_equal(old, new, pairs, lambda piece: (piece.kind, piece.key, _words(piece)))
    _pair_equal(old, new, pairs, lambda piece: (piece.kind, "", _words(piece)))
    _pair_similar(old, new, pairs)
    _pair_equal(
        [piece if piece.number else replace(piece, kind="-") for piece in old],
        [piece if piece.number else replace(piece, kind="+") for piece in new],
        pairs,
        lambda piece: (piece.kind, piece.number, ()),
    )
    return [_verdict(old, piece, pairs.get(index)) for index, piece in enumerate(new)]


def rekey(
    old: Sequence[Piece], new: Sequence[Piece], used: Iterable[str] = ()
) -> tuple[tuple[Piece, ...], list[Match]]:
    """`new` with the keys of the clauses of `old` that they continue, and the matches.

    New clauses get keys that no clause of `old` has, nor any in `used` (the keys of all versions before).
    """
    found = match(old, new)
    taken = {piece.key for piece in old}.union(used)
    kept = [replace(piece, key=old[hit.old].key) for piece, hit in zip(new, found, strict=True) if hit.old is not None]
    fresh = [piece for piece, hit in zip(new, found, strict=True) if hit.old is None]
    reserved = [Piece("", key, "", "", "") for key in sorted(taken)]
    free = iter(unique([*reserved, *fresh])[len(reserved) :])
    held = iter(kept)
    return tuple(next(free) if hit.old is None else next(held) for hit in found), found


def _words(piece: Piece) -> tuple[str, ...]:
    return tuple(piece.text.split())


def _pair_equal(
    old: Sequence[Piece], new: Sequence[Piece], pairs: dict[int, int], same: Callable[[Piece], Hashable]
) -> None:
    """Pairs clauses for which `same` is equal, in order of reading."""
    used = set(pairs.values())
    waiting: dict[Hashable, list[int]] = {}
    for index, piece in enumerate(old):
        if index not in used:
            waiting.setdefault(same(piece), []).append(index)
    for index, piece in enumerate(new):
        candidates = waiting.get(same(piece)) if index not in pairs else None
        if candidates:
            pairs[index] = candidates.pop(0)


def _pair_similar(old: Sequence[Piece], new: Sequence[Piece], pairs: dict[int, int]) -> None:
    """Pairs what is left by similarity, in one assignment."""
    import numpy as np
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import cdist
    from scipy.optimize import linear_sum_assignment

    used = set(pairs.values())
    left = [index for index in range(len(old)) if index not in used]
    right = [index for index in range(len(new)) if index not in pairs]
    if not left or not right:
        return
    scorer = Indel.normalized_similarity
    score = cdist([_words(old[i]) for i in left], [_words(new[j]) for j in right], scorer=scorer, dtype=np.float32)
    kinds = np.array([[old[i].kind == new[j].kind for j in right] for i in left])
    nearer = np.array([[NEARER * (old[i].key == new[j].key) for j in right] for i in left])
    worth = np.where(kinds & (score >= THRESHOLD), score + nearer, 0)
    for row, column in zip(*linear_sum_assignment(worth, maximize=True), strict=True):
        if worth[row, column] > 0:
            pairs[right[column]] = left[row]


def _verdict(old: Sequence[Piece], piece: Piece, index: int | None) -> Match:
    if index is None:
        return Match(None, Kept.NEW, 0.0)
    before = old[index]
    if _words(before) == _words(piece):
        return Match(index, Kept.SAME if before.number == piece.number else Kept.MOVED, 1.0)
    from rapidfuzz.distance import Indel

    similarity = Indel.normalized_similarity(_words(before), _words(piece))
    return Match(index, Kept.REWORDED, round(similarity, 4))
