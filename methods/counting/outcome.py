"""What a count gives: who won, and all of its working, so that every figure can be followed by hand.

Refuses nothing: it holds what a rule found. Every tuple of options is in the order of their ids unless said
otherwise.

>>> Round({"a": 2, "b": 1}, elected=("a",)).totals["b"]
1
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .words import explain

Matrix = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Round:
    """One round: totals of the options still in, what happened at its end, and ballots that count for nobody.

    transfers: votes that the others gain from those eliminated here. exhausted: weight of all valid ballots
    that count for nobody in this round, so that sum(totals) + exhausted is always the number of valid
    ballots.
    """

    totals: Mapping[str, int]
    elected: tuple[str, ...] = ()
    eliminated: tuple[str, ...] = ()
    transfers: Mapping[str, int] = field(default_factory=dict)
    exhausted: int = 0


@dataclass(frozen=True)
class Tie:
    """Options with equal votes, and how that was settled.

    what: 'winner' or 'elimination'. how: 'reported' (left as a tie), 'earlier_round' or 'lot'. decided: the
    one that was elected or eliminated, None when reported. round: where it happened, from 1. by_round: the
    earlier round that decided.
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


@dataclass(frozen=True)
class Outcome:
    """The result of a count.

    winners: empty only when no ballot counts for anyone. ranking: groups of options, best first, those in one
    group level. rounds: at least one for rules that add up votes. matrix[a][b]: ballots that rank a above b.
    valid, blank, invalid: weights that together are all ballots cast; exhausted: valid ballots that count for
    nobody at the end. settings: those that the rule applied, defaults included, read-only.
    """

    rule: str
    options: tuple[str, ...]
    winners: tuple[str, ...]
    ranking: tuple[tuple[str, ...], ...]
    rounds: tuple[Round, ...]
    matrix: Matrix | None
    valid: int
    blank: int
    invalid: int
    exhausted: int
    ties: tuple[Tie, ...]
    settings: Mapping[str, object]

    @property
    def turnout(self) -> int:
        """All ballots cast: valid, blank and invalid."""
        return self.valid + self.blank + self.invalid

    @property
    def totals(self) -> Mapping[str, int]:
        """Votes of each option in the first round; empty for rules without rounds."""
        return self.rounds[0].totals if self.rounds else {}

    def explain(self, language: str = "id", names: Mapping[str, str] | None = None) -> list[str]:
        """The steps in sentences that a citizen follows.

        language: 'id' or 'en'; any other (also 'en-GB') falls back to its first part, then to English. names:
        labels of the options by id; without it the ids are used.
        """
        return explain(self, language, names or {})

    def as_dict(self) -> dict[str, object]:
        """The outcome as plain dicts, lists, strings and numbers, ready for canonical JSON."""
        return {
            "rule": self.rule,
            "options": list(self.options),
            "winners": list(self.winners),
            "ranking": [list(group) for group in self.ranking],
            "rounds": [
                {
                    "totals": dict(one.totals),
                    "elected": list(one.elected),
                    "eliminated": list(one.eliminated),
                    "transfers": dict(one.transfers),
                    "exhausted": one.exhausted,
                }
                for one in self.rounds
            ],
            "matrix": None if self.matrix is None else {a: dict(row) for a, row in self.matrix.items()},
            "turnout": self.turnout,
            "valid": self.valid,
            "blank": self.blank,
            "invalid": self.invalid,
            "exhausted": self.exhausted,
            "ties": [
                {
                    "what": tie.what,
                    "options": list(tie.options),
                    "how": tie.how,
                    "decided": tie.decided,
                    "round": tie.round,
                    "by_round": tie.by_round,
                }
                for tie in self.ties
            ],
            "settings": dict(self.settings),
        }
