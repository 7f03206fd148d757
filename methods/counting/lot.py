"""Breaking ties so that anybody can do it again: by earlier rounds, and by a lot drawn from a hash.

Refuses randomness: the lot is the order of SHA-256 over "poll|option|seed"; whoever has the seed gets the
same order.

>>> draw_lots(["a", "b", "c"], {"poll": "p1", "seed": "44102"})
('a', 'c', 'b')
"""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from .outcome import Tie


def draw_lots(options: Iterable[str], settings: Mapping[str, object]) -> tuple[str, ...]:
    """The options in the order of the lot: the first goes ahead of the others, the last gives way first."""

    def ticket(option: str) -> bytes:
        return sha256(f"{settings['poll']}|{option}|{settings['seed']}".encode()).digest()

    return tuple(sorted(options, key=lambda option: (ticket(option), option)))


def break_tie(
    what: str,
    tied: Sequence[str],
    earlier: Sequence[Mapping[str, int]],
    settings: Mapping[str, object],
) -> Tie:
    """Decide between options with equal votes: previous rounds backwards, then the lot.

    what: 'elimination' (the weakest is decided on) or 'winner' (the strongest). earlier: totals of the rounds
    before this one, oldest first.
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
