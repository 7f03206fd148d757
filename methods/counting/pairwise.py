"""Comparing every two options on every ballot: the matrix on which the Condorcet rules and Borda's count work.

A shared rank counts as equal, a skipped rank changes nothing, an option named twice counts where it stands
first, and an option that is not named stands below all that are. Refuses nothing else that is a ranking.

>>> compare({(("a",), ("b", "c")): 3, ("c",): 2}, ("a", "b", "c"))["a"]
{'b': 3, 'c': 3}
"""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from operator import itemgetter
from typing import Any

from .ballots import Sums, by_weight, ranks_of
from .choices import groups_of
from .lot import pick_best
from .outcome import Round, Working
from .settings import Form

Matrix = dict[str, dict[str, int]]
MANY = 5_000


def read_order(ballot: object, form: Form) -> tuple[Any, ...] | None:
    """The ballot as ids, best first, or as tuples of ids that stand level when any do; None when it is blank."""
    seen: set[str] = set()
    order: list[tuple[str, ...]] = []
    for ids in ranks_of(ballot, form.known):
        fresh = tuple(option for option in ids if option not in seen)
        if fresh:
            order.append(fresh)
            seen.update(fresh)
    if all(len(ids) == 1 for ids in order):
        return tuple(ids[0] for ids in order) or None
    return tuple(order)


class _Bits(dict[Any, int]):
    """A bit for each option; a shared rank has the bits of its options."""

    def __missing__(self, ids: tuple[str, ...]) -> int:
        self[ids] = sum(self[one] for one in ids)
        return self[ids]


def compare(sums: Sums, options: tuple[str, ...]) -> Matrix:
    """matrix[a][b]: the weight of ballots that rank a above b.

    What is counted is how often an option comes next after a set of others: it then stands above all that are left.
    """
    bits = _Bits({option: 1 << place for place, option in enumerate(options)})
    following: dict[tuple[int, Any], int] = {}
    for placed, ranks, weight in _parts(sums, options, bits):
        for ids in ranks:
            following[placed, ids] = following.get((placed, ids), 0) + weight
            placed |= bits[ids]
    matrix = {a: {b: 0 for b in options if b != a} for a in options}
    for (placed, ids), weight in following.items():
        below = [option for option in options if not (placed | bits[ids]) & bits[option]]
        for a in ids if ids.__class__ is tuple else (ids,):
            for b in below:
                matrix[a][b] += weight
    return matrix


def _parts(sums: Sums, options: tuple[str, ...], bits: dict[Any, int]) -> Iterator[tuple[int, tuple[Any, ...], int]]:
    """Pieces of ballots with what was placed before them and their weight.

    Of many complete rankings first halves that are alike are counted together, and so are second halves: a million
    different ballots cost little more than reading them twice.
    """
    full, half = (1 << len(options)) - 1, len(options) // 2
    for weight, ballots in by_weight(sums).items():
        whole = [ballot for ballot in ballots if len(ballot) == len(options)] if len(ballots) >= MANY else []
        if len(whole) < len(ballots):
            short = ballots if not whole else [ballot for ballot in ballots if len(ballot) < len(options)]
            yield from ((0, ballot, weight) for ballot in short)
        for head, number in Counter(map(itemgetter(slice(half)), whole)).items():
            yield 0, head, number * weight
        for tail, number in Counter(map(itemgetter(slice(half, None)), whole)).items():
            yield full - sum(bits[option] for option in tail), tail, number * weight


def tally_borda(sums: Sums, form: Form) -> Working:
    """Borda's count: an option gets a point for each other one that a ballot ranks below it, half a point for each
    that stands level; so those left out share the average of what is left.

    >>> from methods.counting import count
    >>> dict(count("borda", "abc", [(("a", "b", "c"), 2), (("c",), 1)]).totals)
    {'a': Fraction(9, 2), 'b': Fraction(5, 2), 'c': 2}
    """
    matrix = compare(sums, form.options)
    cast = sum(sums.values())
    doubled = {a: sum(cast + votes - matrix[b][a] for b, votes in row.items()) for a, row in matrix.items()}
    totals = {option: votes // 2 if votes % 2 == 0 else Fraction(votes, 2) for option, votes in doubled.items()}
    if not sums:
        return Working((), rounds=(Round(totals),), matrix=matrix)
    seats = min(form.settings["seats"], len(form.options))
    winners, ties = pick_best("winner", seats, form.options, [("", lambda some: totals)], form.settings, 1)
    only = Round(totals, elected=tuple(winners))
    return Working(tuple(winners), groups_of(totals), (only,), matrix, tuple(ties))
