"""Breaking ties so that anybody can do it again: by earlier rounds, by further figures, by a lot drawn from a hash.

Refuses randomness: the lot is the order of SHA-256 over "poll|option|seed"; whoever has the seed gets the
same order.

>>> draw_lots(["a", "b", "c"], {"poll": "p1", "seed": "44102"})
('a', 'c', 'b')
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256

from .outcome import Tie, Votes
from .settings import Settings

Measure = tuple[str, Callable[[Sequence[str]], Mapping[str, Votes]]]


def draw_lots(options: Iterable[str], settings: Settings) -> tuple[str, ...]:
    """The options in the order of the lot: the first goes ahead of the others, the last gives way first."""

    def ticket(option: str) -> bytes:
        return sha256(f"{settings['poll']}|{option}|{settings['seed']}".encode()).digest()

    return tuple(sorted(options, key=lambda option: (ticket(option), option)))


def break_tie(what: str, tied: Sequence[str], earlier: Sequence[Mapping[str, Votes]], settings: Settings) -> Tie:
    """Decide between options with equal votes: previous rounds backwards, then the lot.

    what: 'elimination' (the weakest is decided on), 'winner' or 'surplus' (the strongest). earlier: totals of the
    rounds before this one, oldest first.
    """
    pick = min if what == "elimination" else max
    left = list(tied)
    for number in range(len(earlier), 0, -1):
        totals = earlier[number - 1]
        edge = pick(totals[option] for option in left)
        left = [option for option in left if totals[option] == edge]
        if len(left) == 1:
            return Tie(what, tuple(sorted(tied)), "earlier_round", left[0], len(earlier) + 1, number)
    order = draw_lots(left, settings)
    decided = order[-1] if what == "elimination" else order[0]
    return Tie(what, tuple(sorted(tied)), "lot", decided, len(earlier) + 1)


def decide(
    what: str, tied: Sequence[str], earlier: Sequence[Mapping[str, Votes]], settings: Settings
) -> tuple[str, tuple[Tie, ...]]:
    """The one option of `tied` that is picked, with the tie that had to be broken for it, if any."""
    if len(tied) == 1:
        return tied[0], ()
    tie = break_tie(what, tied, earlier, settings)
    return str(tie.decided), (tie,)


def pick_best(
    what: str, number: int, options: Sequence[str], measures: Sequence[Measure], settings: Settings, round_number: int
) -> tuple[list[str], list[Tie]]:
    """The best `number` of options, best first, with the ties that further measures or the lot had to break.

    measures: names and figures, the first of which is no tie-break; each is asked for those left level by the one
    before, and more is better.
    """
    chosen: list[str] = []
    ties: list[Tie] = []
    left = tied = list(options)

    def take(some: Sequence[str], how: str) -> None:
        chosen.extend(some)
        if how:
            ties.extend(Tie(what, tuple(sorted(tied)), how, option, round_number) for option in some)

    for place, (how, measure) in enumerate(measures):
        figures = measure(left)
        for figure in sorted(set(figures.values()), reverse=True):
            level = [option for option in left if figures[option] == figure]
            if len(level) > number - len(chosen):
                left = level
                break
            take(level, how if place else "")
        if len(chosen) == number:
            return chosen, ties
        if not place:
            tied = left
    take(draw_lots(left, settings)[: number - len(chosen)], "lot")
    return chosen, ties
