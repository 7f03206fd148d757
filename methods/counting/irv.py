"""Instant run-off: the option with the fewest votes goes out, one at a time, and its ballots move on, until
two remain.

Ties: the totals of previous rounds backwards, then the lot. Refuses to elect anyone when no ballot counts.
Source: single-winner run-off as RCTab counts it when it continues until two candidates remain.

>>> from methods.counting import count
>>> outcome = count("irv", ["a", "b", "c"], [(("a",), 4), (("b", "c"), 3), (("c", "b"), 2)])
>>> outcome.winners, [dict(one.totals) for one in outcome.rounds]
(('b',), [{'a': 4, 'b': 3, 'c': 2}, {'a': 4, 'b': 5}])
"""

from collections.abc import Mapping, Sequence
from typing import cast

from .ballots import Sums
from .lot import break_tie
from .outcome import Round, Tie, Working

Pile = list[tuple[tuple[str, ...], int]]


def tally_irv(sums: Sums, options: tuple[str, ...], settings: Mapping[str, object]) -> Working:
    """Count by instant run-off. sums: weights of ballots as `ballots.preferences` reads them."""
    piles, exhausted = _first_piles(sums, options)
    rounds: list[Round] = []
    ties: list[Tie] = []
    out: list[str] = []
    totals = {option: sum(weight for _, weight in pile) for option, pile in piles.items()}
    if not any(totals.values()):
        return Working((), rounds=(Round(totals, exhausted=exhausted),))
    while len(piles) > 2:
        loser = _decide("elimination", totals, rounds, ties, settings)
        gains, lost = _move_on(piles, loser)
        rounds.append(Round(totals, eliminated=(loser,), transfers=gains, exhausted=exhausted))
        exhausted += lost
        out.append(loser)
        totals = {option: totals[option] + gains.get(option, 0) for option in piles}
    winner = _decide("winner", totals, rounds, ties, settings)
    rounds.append(Round(totals, elected=(winner,), exhausted=exhausted))
    others = [option for option in totals if option != winner]
    ranking = tuple((option,) for option in [winner, *others, *reversed(out)])
    return Working((winner,), ranking, tuple(rounds), None, tuple(ties))


def _first_piles(sums: Sums, options: tuple[str, ...]) -> tuple[dict[str, Pile], int]:
    piles: dict[str, Pile] = {option: [] for option in options}
    for ballot, weight in sums.items():
        ranking = cast(tuple[str, ...], ballot)
        if ranking:
            piles[ranking[0]].append((ranking, weight))
    return piles, sums.get((), 0)


def _decide(
    what: str,
    totals: Mapping[str, int],
    rounds: Sequence[Round],
    ties: list[Tie],
    settings: Mapping[str, object],
) -> str:
    """The one option that goes out or wins; a tie is settled and noted in `ties`."""
    edge = (min if what == "elimination" else max)(totals.values())
    level = [option for option, votes in totals.items() if votes == edge]
    if len(level) == 1:
        return level[0]
    tie = break_tie(what, level, [one.totals for one in rounds], settings)
    ties.append(tie)
    return cast(str, tie.decided)


def _move_on(piles: dict[str, Pile], loser: str) -> tuple[dict[str, int], int]:
    """Give the loser's ballots to their next option still in; what each gains, and the weight that counts no
    more."""
    pile = piles.pop(loser)
    gains = dict.fromkeys(piles, 0)
    lost = 0
    for ballot, weight in pile:
        for heir in ballot:
            if heir in piles:
                piles[heir].append((ballot, weight))
                gains[heir] += weight
                break
        else:
            lost += weight
    return {option: gain for option, gain in gains.items() if gain}, lost
