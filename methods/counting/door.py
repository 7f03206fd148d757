"""The door to all rules: check options and settings, add up ballots, let the rule count, account for every
ballot.

Refuses unknown rules, options without an id or named twice, and settings that no rule knows. A new rule is
one more file and one more line in `RULES`.

>>> count("irv", ["a", "b"], [(("a", "b"), 2), (("b",), 3)], {"poll": "p1"}).winners
('b',)
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from .approval import read_approvals, tally_approval
from .ballots import Ballot, Sums, add_up, preferences
from .irv import tally_irv
from .outcome import Outcome, Working
from .pairwise import read_order
from .plurality import read_choice, tally_plurality
from .schulze import tally_schulze
from .settings import NO_SETTINGS, Settings, freeze

RANK_BY_RANK = ("skipped", "duplicates", "overvote")
LOT = ("poll", "seed")


@dataclass(frozen=True)
class Rule:
    """A way of counting: how it reads one ballot, how it counts the sums, and which settings it applies."""

    read: Callable[[object, frozenset[str], Settings], Hashable | None]
    tally: Callable[[Sums, tuple[str, ...], Settings], Working]
    settings: tuple[str, ...] = ()


RULES: Mapping[str, Rule] = {
    "plurality": Rule(read_choice, tally_plurality, RANK_BY_RANK),
    "approval": Rule(read_approvals, tally_approval, ("max_choices",)),
    "irv": Rule(preferences, tally_irv, RANK_BY_RANK + LOT),
    "schulze": Rule(read_order, tally_schulze, LOT),
}


def count(
    rule: str,
    options: Sequence[str],
    ballots: Iterable[tuple[Ballot, int]],
    settings: Settings = NO_SETTINGS,
) -> Outcome:
    """Count ballots under a rule.

    rule: a name in `RULES`. options: ids, each once, in any order. ballots: pairs of ballot and weight
    (whole, 0 or more); a ballot is one id for plurality, a frozenset of ids for approval, a tuple of ids,
    best first, for rankings (a tuple inside it is a shared rank, None a skipped one); None or an empty one is
    blank. settings: `max_choices`, `skipped`, `duplicates`, `overvote`, `poll`, `seed`, `invalid`, all
    optional (see `settings.py`).

    Returns the Outcome. Raises BallotError for a ballot that cannot be counted (unless `invalid` is 'count'),
    and ValueError for an unknown rule or setting and for options that are none, empty or repeated.
    """
    if rule not in RULES:
        raise ValueError(f"unknown rule {rule!r}: it is one of {', '.join(sorted(RULES))}")
    ids = tuple(sorted(options))
    known = frozenset(ids)
    if not ids or "" in known or len(known) < len(ids):
        raise ValueError("options must be ids, at least one, none empty, each named once")
    chosen = RULES[rule]
    frozen = freeze(chosen.settings, settings)
    box = add_up(ballots, lambda ballot: chosen.read(ballot, known, frozen), frozen["invalid"] == "count")
    found = chosen.tally(box.sums, ids, frozen)
    return Outcome(
        rule=rule,
        options=ids,
        winners=found.winners,
        ranking=found.ranking,
        rounds=found.rounds,
        matrix=found.matrix,
        valid=sum(box.sums.values()),
        blank=box.blank,
        invalid=box.invalid,
        exhausted=found.rounds[-1].exhausted if found.rounds else 0,
        ties=found.ties,
        settings=frozen,
    )
