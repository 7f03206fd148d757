"""Single choice: each ballot counts for one option, and the most votes win.

A ranked ballot counts for the first rank that is valid under the settings. Equal votes are reported as a tie.

>>> from methods.counting import count
>>> count("plurality", ["a", "b"], [("a", 2), ("b", 2), ("", 1)]).winners
('a', 'b')
"""

from collections.abc import Hashable, Mapping

from .ballots import BallotError, Sums, preferences
from .outcome import Working
from .sums import most_votes


def read_choice(ballot: object, known: frozenset[str], settings: Mapping[str, object]) -> Hashable | None:
    """The choice as a tuple of one id, () when a ranked ballot counts for nobody, None when blank."""
    if isinstance(ballot, tuple):
        ranking = preferences(ballot, known, settings)
        return None if ranking is None else ranking[:1]
    if not ballot:
        return None
    if not isinstance(ballot, str):
        raise BallotError(ballot, "is not a single choice (one id)")
    if ballot not in known:
        raise BallotError(ballot, f"unknown option {ballot!r}")
    return (ballot,)


def tally_plurality(sums: Sums, options: tuple[str, ...], settings: Mapping[str, object]) -> Working:
    """Add up single choices."""
    totals = {option: sums.get((option,), 0) for option in options}
    return most_votes(totals, exhausted=sums.get((), 0))
