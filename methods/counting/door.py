"""The door to all rules: check options and settings, add up ballots, let the rule count, account for every
ballot.

Refuses unknown rules, options without an id or named twice, and settings that no rule knows. A new rule is
one more file and one more line in `RULES`.

>>> count("irv", ["a", "b"], [(("a", "b"), 2), (("b",), 3)], {"poll": "p1"}).winners
('b',)
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .ballots import (
    Ballot,
    Sums,
    add_up,
    read_approvals,
    read_choice,
    read_credits,
    read_ranking,
    read_scores,
)
from .budgets import needs_budget, tally_greedy
from .choices import tally_approval, tally_consent, tally_plurality, tally_quadratic
from .condorcet import tally_minimax, tally_ranked_pairs, tally_schulze
from .irv import tally_irv
from .outcome import Outcome, Working
from .pairwise import read_order, tally_borda
from .scores import tally_score, tally_star
from .settings import NO_SETTINGS, Form, Settings, freeze
from .shares import tally_equal_shares
from .stv import tally_stv

RANK_BY_RANK = ("skipped", "duplicates", "overvote")
LOT = ("poll", "seed")
BUDGET = ("budget", "costs", "ballot_limit", "max_choices")


@dataclass(frozen=True)
class Rule:
    """A way of counting: how it reads one ballot, how it counts the sums, which settings it applies, with which
    defaults of its own; and whether a ranking without anything to decide stands as it is."""

    read: Callable[[object, Form], Hashable | None]
    tally: Callable[[Sums, Form], Working]
    settings: tuple[str, ...] = ()
    own: Settings = field(default_factory=dict)
    ranked: bool = False


RULES: Mapping[str, Rule] = {
    "plurality": Rule(read_choice, tally_plurality, (*RANK_BY_RANK, "seats")),
    "approval": Rule(read_approvals, tally_approval, ("max_choices", "seats")),
    "score": Rule(read_scores, tally_score, ("scale", "seats", *LOT)),
    "quadratic": Rule(read_credits, tally_quadratic, ("credits", "seats")),
    "consent": Rule(read_choice, tally_consent, (*RANK_BY_RANK, "limit", "objection")),
    "irv": Rule(read_ranking, tally_irv, RANK_BY_RANK + LOT, ranked=True),
    "stv": Rule(read_ranking, tally_stv, (*RANK_BY_RANK, *LOT, "seats"), {"skipped": "exhaust"}, ranked=True),
    "schulze": Rule(read_order, tally_schulze, LOT, ranked=True),
    "ranked_pairs": Rule(read_order, tally_ranked_pairs, LOT, ranked=True),
    "minimax": Rule(read_order, tally_minimax, LOT, ranked=True),
    "borda": Rule(read_order, tally_borda, (*LOT, "seats"), ranked=True),
    "star": Rule(read_scores, tally_star, ("scale", *LOT)),
    "budget_greedy": Rule(read_approvals, tally_greedy, (*BUDGET, "variant", "threshold", *LOT)),
    "budget_equal_shares": Rule(read_approvals, tally_equal_shares, (*BUDGET, "completion", "increment", *LOT)),
}


def count(
    rule: str,
    options: Sequence[str],
    ballots: Iterable[tuple[Ballot, int]],
    settings: Settings = NO_SETTINGS,
) -> Outcome:
    """Count ballots under a rule.

    rule: a name in `RULES`. options: ids, each once, in any order (for consent the positions, objection last).
    ballots: pairs of ballot and weight (whole, 0 or more); a ballot is one id for plurality and consent, a frozenset
    of ids for approval and budgets, a tuple of ids, best first, for rankings (a tuple inside it is a shared rank, None
    a skipped one), a mapping from ids to whole numbers for scores and credits; None or an empty one is blank.
    settings: all optional but `budget` and `costs` where money is shared; see `settings.py`.

    Returns the Outcome. Raises BallotError for a ballot that cannot be counted (unless `invalid` is 'count'),
    and ValueError for an unknown rule or setting and for options that are none, empty or repeated.
    """
    if rule not in RULES:
        raise ValueError(f"unknown rule {rule!r}: it is one of {', '.join(sorted(RULES))}")
    given = tuple(options)
    known = frozenset(given)
    if not given or "" in known or len(known) < len(given):
        raise ValueError("options must be ids, at least one, none empty, each named once")
    chosen = RULES[rule]
    frozen = freeze(chosen.settings, settings, {"objection": given[-1], **chosen.own})
    if "budget" in frozen:
        needs_budget(frozen, given)
    form = Form(tuple(sorted(given)), known, given, frozen)
    tidy = known if chosen.ranked else frozenset()
    box = add_up(ballots, lambda ballot: chosen.read(ballot, form), frozen["invalid"] == "count", tidy)
    found = chosen.tally(box.sums, form)
    return Outcome(
        **vars(found),
        rule=rule,
        options=form.options,
        valid=sum(box.sums.values()),
        blank=box.blank,
        invalid=box.invalid,
        exhausted=found.rounds[-1].exhausted if found.rounds else 0,
        settings=frozen,
    )
