"""Rules that elect whoever beats every other option in pairs: Schulze, ranked pairs and minimax.

A victory is as strong as the number of ballots for it (winning votes). Ties: the tied set, then the lot. Refuse to
elect anyone when every ballot is blank. Sources: M. Schulze, A new monotonic, clone-independent, reversal symmetric,
and Condorcet-consistent single-winner election method, Social Choice and Welfare 36 (2011); T. N. Tideman,
Independence of clones as a criterion for voting rules, Social Choice and Welfare 4 (1987), equal victories in an order
of the options as by T. Zavist and T. N. Tideman, Social Choice and Welfare 6 (1989).

>>> from methods.counting import count
>>> ballots = [(("a", "b", "c"), 4), (("b", "c", "a"), 3), (("c", "b", "a"), 2)]
>>> outcome = count("schulze", ["a", "b", "c"], ballots)
>>> outcome.winners, outcome.ranking, outcome.matrix["b"]
(('b',), (('b',), ('c',), ('a',)), {'a': 5, 'c': 7})
>>> [count(rule, ["a", "b", "c"], ballots).winners for rule in ("ranked_pairs", "minimax")]
[('b',), ('b',)]
"""

from collections.abc import Callable, Mapping, Sequence

from .ballots import Sums
from .choices import groups_of
from .lot import draw_lots
from .outcome import Tie, Working
from .pairwise import Matrix, compare
from .settings import Form

Layers = tuple[tuple[str, ...], ...]


def _decided(sums: Sums, form: Form, rank: Callable[[Matrix], tuple[Sequence[str], Layers]]) -> Working:
    """The working of a rule that names from the matrix the tied set of the best, and the ranking."""
    matrix = compare(sums, form.options)
    if not sums:
        return Working((), matrix=matrix)
    best, ranking = rank(matrix)
    winner = draw_lots(best, form.settings)[0]
    ties = (Tie("winner", tuple(sorted(best)), "lot", winner),) if len(best) > 1 else ()
    return Working((winner,), ranking, matrix=matrix, ties=ties)


def tally_schulze(sums: Sums, form: Form) -> Working:
    """The option wins whose strongest chain of victories over each other one is at least as strong as the way back."""

    def rank(matrix: Matrix) -> tuple[Sequence[str], Layers]:
        paths = strongest_paths(matrix)
        ranking = _layers({a: {b for b in row if paths[b][a] > row[b]} for a, row in paths.items()})
        return ranking[0], ranking

    return _decided(sums, form, rank)


def tally_minimax(sums: Sums, form: Form) -> Working:
    """The option wins whose worst defeat in pairs is the weakest."""

    def rank(matrix: Matrix) -> tuple[Sequence[str], Layers]:
        ranking = groups_of({a: -max((votes for votes, _, _ in _defeats(matrix, a)), default=0) for a in matrix})
        return ranking[0], ranking

    return _decided(sums, form, rank)


def tally_ranked_pairs(sums: Sums, form: Form) -> Working:
    """Victories are kept from the strongest down, unless one would close a circle with those kept before.

    Of equal victories that over the option which comes last in the order of the lot is kept first. An option belongs to
    the tied set when it would win if the lot put it first.
    """

    def rank(matrix: Matrix) -> tuple[Sequence[str], Layers]:
        lots = draw_lots(matrix, form.settings)
        victories = [one for a in matrix for one in _defeats(matrix, a)]
        lead = {a: _kept(matrix, victories, [a, *(b for b in lots if b != a)]) for a in lots}
        best = [a for a in lots if not lead[a][a]] or [a for a in lots if not lead[lots[0]][a]][:1]
        return best, _layers(lead[best[0]])

    return _decided(sums, form, rank)


def _defeats(matrix: Matrix, loser: str) -> list[tuple[int, str, str]]:
    """Victories over an option: votes, winner, loser."""
    return [(row[loser], a, loser) for a, row in matrix.items() if a != loser and row[loser] > matrix[loser][a]]


def _kept(matrix: Matrix, victories: Sequence[tuple[int, str, str]], order: Sequence[str]) -> dict[str, set[str]]:
    """By whom each option is beaten, directly or by a chain, in the victories that are kept."""
    place = {option: number for number, option in enumerate(order)}
    above: dict[str, set[str]] = {option: set() for option in order}
    for _, winner, loser in sorted(victories, key=lambda one: (-one[0], -place[one[2]], place[one[1]])):
        if loser not in above[winner] and winner not in above[loser]:
            more = {winner, *above[winner]}
            for option in order:
                if option == loser or loser in above[option]:
                    above[option] |= more
    return above


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


def _layers(beaten_by: Mapping[str, set[str]]) -> Layers:
    """Groups of options, best first: those whom nobody left beats, then the same among the rest."""
    left = sorted(beaten_by)
    layers: list[tuple[str, ...]] = []
    while left:
        best = tuple(a for a in left if beaten_by[a].isdisjoint(left))
        layers.append(best)
        left = [a for a in left if a not in best]
    return tuple(layers)
