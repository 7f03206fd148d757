"""Rules that only add up: the most votes win, and equal votes are reported as a tie, not decided.

Refuses to elect anyone when no ballot counts.

>>> most_votes({"a": 2, "b": 2, "c": 1}).ranking
(('a', 'b'), ('c',))
"""

from collections.abc import Mapping

from .outcome import Round, Tie, Working


def most_votes(totals: Mapping[str, int], exhausted: int = 0) -> Working:
    """The working of a count by sums. totals: votes of every option; exhausted: valid ballots that count for
    nobody."""
    levels = sorted(set(totals.values()), reverse=True)
    ranking = tuple(tuple(sorted(o for o in totals if totals[o] == level)) for level in levels)
    winners = ranking[0] if levels[0] else ()
    ties = (Tie("winner", winners, "reported", round=1),) if len(winners) > 1 else ()
    only = Round(totals, elected=winners, exhausted=exhausted)
    return Working(winners, ranking if winners else (), (only,), None, ties)
