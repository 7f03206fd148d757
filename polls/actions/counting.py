"""Adds up ballots and lets `methods.counting` count. Computes nothing before the poll's rules show it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db.models import Count

from methods.counting import Ballot as Paper
from methods.counting import Outcome, count
from polls.models import CountingRule, Poll, PollKind
from polls.rules import ResultsHidden, results_exist, shows_counts

Sums = Mapping[str, int]  # ballots by canonical choice


@dataclass(frozen=True)
class Figures:
    """Sums that may be shown now, and how many ballots stand in them. `final`: the poll has closed."""

    sums: Sums
    count: int
    final: bool


def sums(poll: Poll) -> dict[str, int]:
    """All ballots of `poll` added up by choice, in the order of the choices' text."""
    rows = poll.ballots.order_by("choice").values_list("choice").annotate(Count("pk"))
    return dict(rows)


def visible_figures(poll: Poll) -> Figures:
    """What may be counted for readers now: every ballot, or what a confidential poll has released in steps.

    Raises ResultsHidden while the poll's rules hide the result from everybody.
    """
    if not results_exist(poll):
        raise ResultsHidden
    if poll.is_confidential and not poll.is_closed:
        released = poll.released or {"sums": {}, "count": 0}
        return Figures(released["sums"], released["count"], False)
    found = sums(poll)
    return Figures(found, sum(found.values()), poll.is_closed)


def tally(poll: Poll, rule: str = "") -> Outcome:
    """The outcome of `poll` as it may be shown now, under its own rule or (for "what if") another one.

    Of a closed confidential poll with fewer than ten ballots only turnout and winners are filled in: `rounds` and
    `ranking` are empty and `matrix` is None. Raises ResultsHidden before anybody may see a result.
    """
    return count_figures(poll, visible_figures(poll), rule)


def count_figures(poll: Poll, figures: Figures, rule: str = "") -> Outcome:
    """The outcome of figures that were read already; see `tally`."""
    outcome = count_sums(poll, figures.sums, rule)
    if figures.final and not shows_counts(poll):
        return replace(outcome, ranking=(), rounds=(), matrix=None, exhausted=0, ties=())
    return outcome


def count_sums(poll: Poll, found: Sums, rule: str = "") -> Outcome:
    """Count `found` with the options and settings of `poll` under `rule` (the poll's own)."""
    settings: dict[str, object] = {"poll": f"poll-{poll.pk}"}
    if poll.kind == PollKind.SEVERAL:
        settings["max_choices"] = poll.max_choices
    keys = [option.key for option in poll.choices]
    return count(rule or poll.rule, keys, papers(poll, found), settings)


def papers(poll: Poll, found: Sums) -> Iterable[tuple[Paper, int]]:
    """The sums as `methods.counting` reads them: one id, a set of ids, or a ranking, each with its weight."""
    for text, weight in found.items():
        keys = json.loads(text)
        if poll.kind == PollKind.SINGLE:
            yield keys[0], weight
        elif poll.kind == PollKind.SEVERAL:
            yield frozenset(keys), weight
        else:
            yield tuple(keys), weight


def other_rules(poll: Poll) -> list[str]:
    """Rules under which a ranking can be counted as "what if"."""
    if poll.kind != PollKind.RANKING:
        return []
    return [rule for rule in (CountingRule.IRV, CountingRule.SCHULZE, CountingRule.PLURALITY) if rule != poll.rule]
