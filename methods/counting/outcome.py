"""What a count gives: who won, and all of its working, so that every figure can be followed by hand.

Refuses nothing: it holds what a rule found. Every tuple of options is in the order of their ids unless said
otherwise.

>>> Round({"a": 2, "b": 1}, elected=("a",)).totals["b"]
1
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

Matrix = Mapping[str, Mapping[str, int]]
Votes = Any  # an int, or a Fraction where a rule splits votes


@dataclass(frozen=True)
class Round:
    """One round: totals of the options still in, what happened at its end, and ballots that count for nobody.

    transfers: votes that the others gain from those eliminated here, or from the surplus of the one elected option
    named in `surplus_of`. exhausted: weight of all valid ballots that count for nobody in this round, so that where
    ballots move sum(totals) + exhausted is always the number of valid ballots.
    """

    totals: Mapping[str, Votes]
    elected: tuple[str, ...] = ()
    eliminated: tuple[str, ...] = ()
    transfers: Mapping[str, Votes] = field(default_factory=dict)
    exhausted: Votes = 0
    surplus_of: str | None = None


@dataclass(frozen=True)
class Tie:
    """Options with equal votes, and how that was settled.

    what: 'winner', 'elimination', 'surplus' (whose moves first), 'finalist' or 'funding'. how: 'reported' (left as
    a tie), 'earlier_round', 'pairs', 'votes', 'top_scores', 'supporters', 'cheaper' or 'lot'. decided: the one that
    was chosen, funded or eliminated, None when reported. round: where it happened, from 1. by_round: the earlier
    round that decided.
    """

    what: str
    options: tuple[str, ...]
    how: str
    decided: str | None = None
    round: int | None = None
    by_round: int | None = None


@dataclass(frozen=True)
class Working:
    """What a rule hands to the door: winners and working, before ballots are accounted for."""

    winners: tuple[str, ...]
    ranking: tuple[tuple[str, ...], ...] = ()
    rounds: tuple[Round, ...] = ()
    matrix: Matrix | None = None
    ties: tuple[Tie, ...] = ()
    figures: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    quota: int | None = None


@dataclass(frozen=True, kw_only=True)
class Outcome(Working):
    """The result of a count: the working of its rule, and what became of every ballot.

    winners: in the order of election or funding where there is one; empty when no ballot counts for anyone, when
    a proposal meets too many objections, or when no project can be paid. ranking: groups of options, best first,
    those in one group level. rounds: at least one for rules that add up votes. matrix[a][b]: ballots that rank a
    above b. valid, blank, invalid: weights that together are all ballots cast; exhausted: valid ballots that count
    for nobody at the end. settings: those that the rule applied, defaults included, read-only. figures: what a rule
    shows of each option beside its votes. quota: what elects under the single transferable vote.
    """

    rule: str
    options: tuple[str, ...]
    valid: int
    blank: int
    invalid: int
    exhausted: Votes
    settings: Mapping[str, Any]

    @property
    def turnout(self) -> int:
        """All ballots cast: valid, blank and invalid."""
        return self.valid + self.blank + self.invalid

    @property
    def totals(self) -> Mapping[str, Votes]:
        """Votes of each option in the first round; empty for rules without rounds."""
        return self.rounds[0].totals if self.rounds else {}

    def explain(self, language: str = "id", names: Mapping[str, str] | None = None) -> list[str]:
        """The steps in sentences that a citizen follows.

        language: 'id' or 'en'; any other (also 'en-GB') falls back to its first part, then to English. names:
        labels of the options by id; without it the ids are used.
        """
        from .words import explain  # here: a recount of a published poll comes without words

        return explain(self, language, names or {})

    def as_dict(self) -> dict[str, Any]:
        """The outcome as plain dicts, lists, texts and whole numbers, ready for canonical JSON; see `plain`."""
        return plain({"turnout": self.turnout, **vars(self)})  # type: ignore[no-any-return]


def plain(value: object) -> Any:
    """A value of an outcome as JSON has it. Fractions become texts: decimals where they end within five places.

    >>> plain({"a": Fraction(9, 8), "b": Fraction(1, 3), "c": Fraction(2), "d": ("x",)})
    {'a': '1.125', 'b': '1/3', 'c': 2, 'd': ['x']}
    """
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, Round | Tie):
        return {name: plain(one) for name, one in vars(value).items()}
    if not isinstance(value, Fraction):
        return value
    whole, rest = divmod(value * 100_000, 1)
    if rest:
        return str(value)
    digits = f"{abs(whole):06}"
    text = f"{'-' if value < 0 else ''}{digits[:-5]}.{digits[-5:]}".rstrip("0").rstrip(".")
    return int(text) if value.denominator == 1 else text
