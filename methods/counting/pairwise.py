"""Comparing every two options on every ballot: the matrix on which the Condorcet rules work.

A shared rank counts as equal, a skipped rank changes nothing, an option named twice counts where it stands
first, and an option that is not named stands below all that are. Refuses nothing else that is a ranking.

>>> compare({(("a",), ("b", "c")): 3, (("c",),): 2}, ("a", "b", "c"))["a"]
{'b': 3, 'c': 3}
"""

from collections import Counter
from collections.abc import Hashable, Mapping
from itertools import combinations
from typing import cast

from .ballots import Sums, ranks_of

Matrix = dict[str, dict[str, int]]


def read_order(ballot: object, known: frozenset[str], settings: Mapping[str, object]) -> Hashable | None:
    """The ballot as tuples of ids that stand level, best first; None when no rank was filled in."""
    seen: set[str] = set()
    order: list[tuple[str, ...]] = []
    for ids in ranks_of(ballot, known):
        fresh = tuple(option for option in ids if option not in seen)
        if fresh:
            order.append(fresh)
            seen.update(fresh)
    return tuple(order) or None


def compare(sums: Sums, options: tuple[str, ...]) -> Matrix:
    """matrix[a][b]: the weight of ballots that rank a above b."""
    named: Counter[str] = Counter()
    above: Counter[tuple[str, str]] = Counter()
    level: Counter[tuple[str, str]] = Counter()
    for ballot, weight in sums.items():
        order = cast(tuple[tuple[str, ...], ...], ballot)
        for ids in order:
            for option in ids:
                named[option] += weight
            for pair in combinations(ids, 2):
                level[pair] += weight
        for higher, lower in combinations(order, 2):
            for a in higher:
                for b in lower:
                    above[a, b] += weight

    def wins(a: str, b: str) -> int:
        both = above[a, b] + above[b, a] + level[a, b] + level[b, a]
        return above[a, b] + named[a] - both

    return {a: {b: wins(a, b) for b in options if b != a} for a in options}
