"""What a ballot may look like, and how equal ballots are added up before any rule sees them.

Refuses what no voter could have meant: unknown options, negative weights, values that are not ballots.

>>> add_up([(("a", "b"), 2), (("a", "b"), 1), ((), 4)], lambda ballot: ballot or None)
Box(sums={('a', 'b'): 3}, blank=4, invalid=0)
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeGuard

Rank = str | None | tuple[str, ...]
Ballot = str | frozenset[str] | tuple[Rank, ...] | None
Sums = Mapping[Hashable, int]


class BallotError(ValueError):
    """A ballot that cannot be counted: `ballot` is it, `reason` says why in English."""

    def __init__(self, ballot: object, reason: str) -> None:
        self.ballot = ballot
        self.reason = reason
        super().__init__(f"ballot {ballot!r}: {reason}")


@dataclass(frozen=True)
class Box:
    """Ballots added up: weight of each distinct valid ballot, and the weights of blank and invalid ones."""

    sums: dict[Hashable, int]
    blank: int
    invalid: int


def add_up(
    ballots: Iterable[tuple[object, int]],
    read: Callable[[object], Hashable | None],
    count_invalid: bool = False,
) -> Box:
    """Add up equal ballots, then let the rule read each distinct one once.

    ballots: pairs of ballot and weight (a whole number, 0 or more). read: gives the ballot as the rule counts
    it, None when it is blank, and raises BallotError when it cannot be counted. With count_invalid such a
    ballot's weight is counted as invalid instead; a pair whose weight is itself wrong then counts as one.
    Raises BallotError.
    """
    raw: dict[object, int] = {}
    invalid = 0
    for ballot, weight in ballots:
        try:
            if weight.__class__ is not int or weight < 0:
                raise BallotError(ballot, f"weight {weight!r} is not a whole number of 0 or more")
            raw[ballot] = raw.get(ballot, 0) + weight
        except TypeError:  # a list or another thing that cannot be a key
            if not count_invalid:
                raise BallotError(ballot, "is not a ballot") from None
            invalid += weight
        except BallotError:
            if not count_invalid:
                raise
            invalid += 1

    sums: dict[Hashable, int] = {}
    blank = 0
    for ballot, weight in raw.items():
        try:
            meant = read(ballot)
        except BallotError:
            if not count_invalid:
                raise
            invalid += weight
            continue
        if meant is None:
            blank += weight
        elif weight:
            sums[meant] = sums.get(meant, 0) + weight
    return Box(sums, blank, invalid)


def is_tidy(ballot: object, known: frozenset[str]) -> TypeGuard[tuple[str, ...]]:
    """Whether a ballot is a ranking without anything to decide, as nearly all are: known ids, each once."""
    return isinstance(ballot, tuple) and 0 < len(ballot) == len(set(ballot)) and known.issuperset(ballot)


def ranks_of(ballot: object, known: frozenset[str]) -> tuple[tuple[str, ...], ...]:
    """A ranked ballot as tuples of ids, best first: () is a skipped rank, more than one id a shared one.

    Raises BallotError when it is not a tuple of ids, tuples of ids and None, or names an unknown option.
    """
    if ballot is None:
        return ()
    if not isinstance(ballot, tuple):
        raise BallotError(ballot, "is not a ranking (a tuple of ids, best first)")
    ranks: list[tuple[str, ...]] = []
    for rank in ballot:
        ids = () if rank is None else rank if isinstance(rank, tuple) else (rank,)
        for option in ids:
            if option not in known:
                raise BallotError(ballot, f"unknown option {option!r}")
        ranks.append(ids if len(ids) < 2 else tuple(sorted(set(ids))))
    return tuple(ranks)


def preferences(ballot: object, known: frozenset[str], settings: Mapping[str, object]) -> tuple[str, ...] | None:
    """The ids that a ranked ballot counts for, one after the other, as rules that go rank by rank read it.

    settings: `skipped` ('skip', 'exhaust', or 'exhaust_two': two skipped ranks in a row end the ballot),
    `duplicates` ('ignore' or 'exhaust'), `overvote` ('exhaust' or 'skip'). None when no rank was filled in;
    an empty tuple when something was, but nothing of it can count. Raises BallotError.

    >>> preferences(("a", None, "a", "b"), frozenset("ab"), {"skipped": "skip", "duplicates": "ignore"})
    ('a', 'b')
    """
    if is_tidy(ballot, known):
        return ballot
    ranks = ranks_of(ballot, known)
    if not any(ranks):
        return None
    chosen: dict[str, None] = {}
    gap = 0
    for ids in ranks:
        gap = gap + 1 if not ids else 0
        if not ids:
            if settings["skipped"] == "exhaust" or (settings["skipped"] == "exhaust_two" and gap == 2):
                break
        elif len(ids) > 1:
            if settings["overvote"] == "exhaust":
                break
        elif ids[0] not in chosen:
            chosen[ids[0]] = None
        elif settings["duplicates"] == "exhaust":
            break
    return tuple(chosen)
