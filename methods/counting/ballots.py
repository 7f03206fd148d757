"""What a ballot may look like, and how equal ballots are added up before any rule sees them.

Refuses what no voter could have meant: unknown options, negative weights, values that are not ballots.

>>> add_up([(("a", "b"), 2), (("a", "b"), 1), ((), 4)], lambda ballot: ballot or None)
Box(sums={('a', 'b'): 3}, blank=4, invalid=0)
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from .settings import Form, Settings

Rank = str | None | tuple[str, ...]
Ballot = str | frozenset[str] | tuple[Rank, ...] | Mapping[str, int | None] | None
Sums = Mapping[Any, int]


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
    known: frozenset[str] = frozenset(),
) -> Box:
    """Add up equal ballots, then let the rule read each distinct one once.

    ballots: pairs of ballot and weight (a whole number, 0 or more). read: gives the ballot as the rule counts
    it, None when it is blank, and raises BallotError when it cannot be counted. With count_invalid such a
    ballot's weight is counted as invalid instead; a pair whose weight is itself wrong then counts as one.
    known: options of a rule for which a tidy ranking stands as it is. Raises BallotError.
    """
    sums: dict[Any, int] = {}
    meant: dict[Hashable | None, int] = {}
    invalid = 0

    def take(ballot: object, weight: int) -> None:
        nonlocal invalid
        try:
            found = read(ballot)
            meant[found] = meant.get(found, 0) + weight
        except BallotError:
            if not count_invalid:
                raise
            invalid += weight

    for ballot, weight in ballots:
        if weight.__class__ is not int or weight < 0:
            if not count_invalid:
                raise BallotError(ballot, f"weight {weight!r} is not a whole number of 0 or more")
            invalid += 1
            continue
        try:
            sums[ballot] = sums.get(ballot, 0) + weight
        except TypeError:  # a mapping, or another thing that cannot be a key
            take(ballot, weight)
    for ballot in [one for one in sums if not is_tidy(one, known)]:
        take(ballot, sums.pop(ballot))
    blank = meant.pop(None, 0)
    for found, weight in meant.items():
        sums[found] = sums.get(found, 0) + weight
    if 0 in sums.values():
        sums = {ballot: weight for ballot, weight in sums.items() if weight}
    return Box(sums, blank, invalid)


def by_weight(sums: Sums) -> dict[int, list[Any]]:
    """Ballots with equal weight together: nearly all weigh one, and lists are counted faster than pairs."""
    found: dict[int, list[Any]] = {}
    for ballot, weight in sums.items():
        found.setdefault(weight, []).append(ballot)
    return found


def is_tidy(ballot: object, known: frozenset[str]) -> TypeGuard[tuple[str, ...]]:
    """Whether a ballot is a ranking without anything to decide, as nearly all are: known ids, each once."""
    return ballot.__class__ is tuple and 0 < len(ballot) == len(set(ballot)) and known.issuperset(ballot)  # type: ignore[arg-type]


def check_known(ballot: object, named: Iterable[object], known: frozenset[str]) -> None:
    """Raise BallotError when a ballot names an option that does not exist."""
    try:
        unknown = [option for option in named if option not in known]
    except TypeError:
        raise BallotError(ballot, "names something that is not an option") from None
    if unknown:
        raise BallotError(ballot, f"unknown option {min(unknown, key=repr)!r}")


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
        check_known(ballot, ids, known)
        ranks.append(ids if len(ids) < 2 else tuple(sorted(set(ids))))
    return tuple(ranks)


def preferences(ballot: object, known: frozenset[str], settings: Settings) -> tuple[str, ...] | None:
    """The ids that a ranked ballot counts for, one after the other, as rules that go rank by rank read it.

    settings: `skipped` ('skip', 'exhaust', or 'exhaust_two': two skipped ranks in a row end the ballot),
    `duplicates` ('ignore' or 'exhaust'), `overvote` ('exhaust' or 'skip'). None when no rank was filled in;
    an empty tuple when something was, but nothing of it can count. Raises BallotError.

    >>> preferences(("a", None, "a", "b"), frozenset("ab"), {"skipped": "skip", "duplicates": "ignore"})
    ('a', 'b')
    """
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


def read_ranking(ballot: object, form: Form) -> tuple[str, ...] | None:
    """A ranking for rules that go rank by rank."""
    return preferences(ballot, form.known, form.settings)


def read_choice(ballot: object, form: Form) -> tuple[str, ...] | None:
    """The choice as a tuple of one id, () when a ranked ballot counts for nobody, None when blank."""
    if isinstance(ballot, tuple):
        ranking = preferences(ballot, form.known, form.settings)
        return None if ranking is None else ranking[:1]
    if not ballot:
        return None
    if not isinstance(ballot, str):
        raise BallotError(ballot, "is not a single choice (one id)")
    check_known(ballot, [ballot], form.known)
    return (ballot,)


def read_approvals(ballot: object, form: Form) -> frozenset[str] | None:
    """The options that a ballot names, or None when it names none; `max_choices` and `ballot_limit` bind."""
    if not ballot:
        return None
    if not isinstance(ballot, frozenset | set):
        raise BallotError(ballot, "is not a set of choices (a frozenset of ids)")
    check_known(ballot, ballot, form.known)
    limit = form.settings.get("max_choices")
    if limit is not None and len(ballot) > limit:
        raise BallotError(ballot, f"too many choices: {len(ballot)}, at most {limit}")
    limit = form.settings.get("ballot_limit")
    spent = sum(form.settings["costs"][option] for option in ballot) if limit is not None else 0
    if limit is not None and spent > limit:
        raise BallotError(ballot, f"choices cost {spent}, at most {limit}")
    return frozenset(ballot)


def read_points(ballot: object, form: Form) -> tuple[int | None, ...] | None:
    """Whole numbers by option in the order of ids, None where an option was left out; None when all were."""
    if not ballot:
        return None
    if not isinstance(ballot, Mapping):
        raise BallotError(ballot, "is not a mapping from options to whole numbers")
    check_known(ballot, ballot, form.known)
    for option, points in ballot.items():
        if points is not None and points.__class__ is not int:
            raise BallotError(ballot, f"{points!r} for {option!r} is not a whole number")
    found = tuple(ballot.get(option) for option in form.options)
    return None if all(points is None for points in found) else found


def read_scores(ballot: object, form: Form) -> tuple[int | None, ...] | None:
    """Scores as `read_points` gives them, each within the scale."""
    found = read_points(ballot, form)
    lowest, highest = form.settings["scale"]
    for points in found or ():
        if points is not None and not lowest <= points <= highest:
            raise BallotError(ballot, f"score {points} is not from {lowest} to {highest}")
    return found


def read_credits(ballot: object, form: Form) -> tuple[int, ...] | None:
    """Votes by option in the order of ids; their squares together may not cost more than `credits`."""
    points = read_points(ballot, form)
    votes = tuple(one or 0 for one in points or ())
    if votes and min(votes) < 0:
        raise BallotError(ballot, f"{min(votes)} votes are fewer than none")
    limit, spent = form.settings["credits"], sum(one * one for one in votes)
    if limit is not None and spent > limit:
        raise BallotError(ballot, f"votes cost {spent} credits, at most {limit}")
    return None if points is None else votes
