"""Comparing every two options on every ballot: the matrix on which the Condorcet rules work.

A shared rank counts as equal, a skipped rank changes nothing, an option named twice counts where it stands
first, and an option that is not named stands below all that are. Refuses nothing else that is a ranking.

>>> compare({(("a",), ("b", "c")): 3, ("c",): 2}, ("a", "b", "c"))["a"]
{'b': 3, 'c': 3}
"""

from collections.abc import Hashable, Mapping
from itertools import combinations, permutations, product
from typing import cast

from .ballots import Sums, is_tidy, ranks_of

Matrix = dict[str, dict[str, int]]


def read_order(ballot: object, known: frozenset[str], settings: Mapping[str, object]) -> Hashable | None:
    """The ballot as ids, best first, or as tuples of ids that stand level when any do; None when it is blank."""
    if is_tidy(ballot, known):
        return ballot
    seen: set[str] = set()
    order: list[tuple[str, ...]] = []
    for ids in ranks_of(ballot, known):
        fresh = tuple(option for option in ids if option not in seen)
        if fresh:
            order.append(fresh)
            seen.update(fresh)
    if all(len(ids) == 1 for ids in order):
        return tuple(ids[0] for ids in order) or None
    return tuple(order)


def compare(sums: Sums, options: tuple[str, ...]) -> Matrix:
    """matrix[a][b]: the weight of ballots that rank a above b."""
    named = dict.fromkeys(options, 0)
    above = dict.fromkeys(permutations(options, 2), 0)
    level = dict.fromkeys(permutations(options, 2), 0)
    for ballot, weight in sums.items():
        order = cast(tuple[str, ...], ballot)
        if order[0].__class__ is str:
            for option in order:
                named[option] += weight
            for pair in combinations(order, 2):
                above[pair] += weight
        else:
            _add_shared(cast(tuple[tuple[str, ...], ...], ballot), weight, named, above, level)

    def wins(a: str, b: str) -> int:
        both = above[a, b] + above[b, a] + level[a, b]
        return above[a, b] + named[a] - both

    return {a: {b: wins(a, b) for b in options if b != a} for a in options}


def _add_shared(
    order: tuple[tuple[str, ...], ...],
    weight: int,
    named: dict[str, int],
    above: dict[tuple[str, str], int],
    level: dict[tuple[str, str], int],
) -> None:
    """Add a ballot in which options stand level."""
    for ids in order:
        for option in ids:
            named[option] += weight
        for pair in permutations(ids, 2):
            level[pair] += weight
    for higher, lower in combinations(order, 2):
        for pair in product(higher, lower):
            above[pair] += weight
