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

from .ballots import Sums, by_weight
from .lot import decide
from .outcome import Round, Tie, Working
from .settings import Form

Pile = dict[int, list[tuple[str, ...]]]  # ballots by their weight


def tally_irv(sums: Sums, form: Form) -> Working:
    """Count by instant run-off. sums: weights of ballots as `ballots.read_ranking` reads them."""
    piles: dict[str, Pile] = {option: {} for option in form.options}
    first, exhausted = move_on(by_weight(sums), piles)
    totals = {option: first.get(option, 0) for option in form.options}
    rounds: list[Round] = []
    ties: list[Tie] = []
    out: list[str] = []
    if not any(totals.values()):
        return Working((), rounds=(Round(totals, exhausted=exhausted),))
    while len(piles) > 2:
        loser = _last("elimination", totals, rounds, ties, form)
        gains, lost = move_on(piles.pop(loser), piles)
        rounds.append(Round(totals, eliminated=(loser,), transfers=gains, exhausted=exhausted))
        exhausted += lost
        out.append(loser)
        totals = {option: totals[option] + gains.get(option, 0) for option in piles}
    winner = _last("winner", totals, rounds, ties, form)
    rounds.append(Round(totals, elected=(winner,), exhausted=exhausted))
    others = [option for option in totals if option != winner]
    ranking = tuple((option,) for option in [winner, *others, *reversed(out)])
    return Working((winner,), ranking, tuple(rounds), None, tuple(ties))


def _last(what: str, totals: Mapping[str, int], rounds: Sequence[Round], ties: list[Tie], form: Form) -> str:
    """The one option that goes out or wins; a tie is settled and noted in `ties`."""
    edge = (min if what == "elimination" else max)(totals.values())
    level = [option for option, votes in totals.items() if votes == edge]
    decided, found = decide(what, level, [one.totals for one in rounds], form.settings)
    ties += found
    return decided


def move_on(pile: Pile, heirs: Mapping[str, Pile]) -> tuple[dict[str, int], int]:
    """Give ballots to their next option among the heirs' piles; what each gains, and the weight that counts no more."""
    gains = dict.fromkeys(heirs, 0)
    lost = 0
    for weight, ballots in pile.items():
        parts: dict[str, list[tuple[str, ...]]] = {option: [] for option in heirs}
        take = {option: part.append for option, part in parts.items()}
        for ballot in ballots:
            for option in ballot:
                if option in take:
                    take[option](ballot)
                    break
        lost += weight * len(ballots)
        for option, part in parts.items():
            if part:
                heirs[option].setdefault(weight, []).extend(part)
                gains[option] += weight * len(part)
                lost -= weight * len(part)
    return {option: gain for option, gain in gains.items() if gain}, lost
