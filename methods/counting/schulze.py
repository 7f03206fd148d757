"""Schulze's rule: an option wins when its strongest chain of victories over each other one is at least as
strong.

A victory is as strong as the number of ballots for it (winning votes). An option that beats every other one
in pairs always wins. Ties: the tied set is reported, then the lot. Refuses to elect anyone when every ballot
is blank. Source: M. Schulze, A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent
single-winner election method, Social Choice and Welfare 36 (2011).

>>> from methods.counting import count
>>> ballots = [(("a", "b", "c"), 4), (("b", "c", "a"), 3), (("c", "b", "a"), 2)]
>>> outcome = count("schulze", ["a", "b", "c"], ballots)
>>> outcome.winners, outcome.ranking, outcome.matrix["b"]
(('b',), (('b',), ('c',), ('a',)), {'a': 5, 'c': 7})
"""

from collections.abc import Mapping

from .ballots import Sums
from .lot import draw_lots
from .outcome import Tie, Working
from .pairwise import Matrix, compare


def tally_schulze(sums: Sums, options: tuple[str, ...], settings: Mapping[str, object]) -> Working:
    """Count by Schulze's rule. sums: weights of ballots as `pairwise.read_order` reads them."""
    matrix = compare(sums, options)
    if not sums:
        return Working((), matrix=matrix)
    ranking = _layers(strongest_paths(matrix))
    best = ranking[0]
    if len(best) == 1:
        return Working(best, ranking, matrix=matrix)
    decided = draw_lots(best, settings)[0]
    return Working((decided,), ranking, matrix=matrix, ties=(Tie("winner", best, "lot", decided),))


def strongest_paths(matrix: Matrix) -> Matrix:
    """paths[a][b]: the strength of the weakest victory on the strongest chain of victories from a to b, 0
    without one.

    >>> strongest_paths({"a": {"b": 5, "c": 1}, "b": {"a": 2, "c": 4}, "c": {"a": 3, "b": 1}})["a"]
    {'b': 5, 'c': 4}
    """
    paths = {a: {b: votes if votes > matrix[b][a] else 0 for b, votes in row.items()} for a, row in matrix.items()}
    for middle, onward in paths.items():
        for start, row in paths.items():
            reach = row.get(middle, 0)
            if not reach:
                continue
            for end, further in onward.items():
                if end != start:
                    row[end] = max(row[end], min(reach, further))
    return paths


def _layers(paths: Matrix) -> tuple[tuple[str, ...], ...]:
    """Groups of options, best first: those whom nobody left beats, then the same among the rest."""
    left = sorted(paths)
    layers: list[tuple[str, ...]] = []
    while left:
        best = tuple(a for a in left if all(paths[a][b] >= paths[b][a] for b in left if b != a))
        layers.append(best)
        left = [a for a in left if a not in best]
    return tuple(layers)
