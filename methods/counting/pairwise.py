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

from .ballots import Sums, ranks_of
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


def compare(sums: Sums, options: tuple[str, ...]) -> Matrix:
    """matrix[a][b]: the weight of ballots that rank a above b.

    What is counted is how often an option comes next after a set of others: it then stands above all that are left.
    """
    bits = {option: 1 << place for place, option in enumerate(options)}
    bits |= {ids: sum(bits[one] for one in ids) for ballot in sums for ids in ballot if ids.__class__ is tuple}
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
    groups: dict[tuple[int, int], list[tuple[Any, ...]]] = {}
    for ballot, weight in sums.items():
        groups.setdefault((len(ballot), weight), []).append(ballot)
    full = (1 << len(options)) - 1
    for (length, weight), ballots in groups.items():
        if length < len(options) or len(ballots) < MANY:
            yield from ((0, ballot, weight) for ballot in ballots)
            continue
        half = length // 2
        for head, number in Counter(map(itemgetter(slice(half)), ballots)).items():
            yield 0, head, number * weight
        for tail, number in Counter(map(itemgetter(slice(half, None)), ballots)).items():
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
