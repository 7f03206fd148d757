"""Approval: each ballot counts for every option it names, at most `max_choices`, and the most votes win.

Equal votes are reported as a tie. Refuses a ballot with too many choices: which ones were meant cannot be
known.

>>> from methods.counting import count
>>> count("approval", ["a", "b"], [(frozenset("ab"), 2), (frozenset("b"), 1)]).winners
('b',)
"""

from collections.abc import Hashable, Mapping
from typing import cast

from .ballots import BallotError, Sums
from .outcome import Working
from .sums import most_votes


def read_approvals(ballot: object, known: frozenset[str], settings: Mapping[str, object]) -> Hashable | None:
    """The options that a ballot names, or None when it names none."""
    if not ballot:
        return None
    if not isinstance(ballot, frozenset):
        raise BallotError(ballot, "is not a set of choices (a frozenset of ids)")
    unknown = ballot - known
    if unknown:
        raise BallotError(ballot, f"unknown option {min(unknown, key=repr)!r}")
    limit = settings["max_choices"]
    if isinstance(limit, int) and len(ballot) > limit:
        raise BallotError(ballot, f"too many choices: {len(ballot)}, at most {limit}")
    return ballot


def tally_approval(sums: Sums, options: tuple[str, ...], settings: Mapping[str, object]) -> Working:
    """Add up approvals."""
    totals = dict.fromkeys(options, 0)
    for ballot, weight in sums.items():
        for option in cast(frozenset[str], ballot):
            totals[option] += weight
    return most_votes(totals)
