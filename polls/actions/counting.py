"""Adds up ballots and lets `methods.counting` count. Computes nothing before the poll's rules show it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.db.models import Count

from methods.counting import Ballot as Paper
from methods.counting import Outcome, count
from polls.models import Ballot, CountingRule, Poll, Position, Question, QuestionKind
from polls.rules import ResultsHidden, results_exist, shows_counts

Sums = Mapping[str, int]  # ballots of one box by canonical choice
OWN_SETTINGS = {"min_choices", "low", "high", "unit", "places"}  # of the form: no rule knows them


@dataclass(frozen=True)
class Figures:
    """Sums that may be shown now by question key, and how many people voted in them. `final`: the poll has closed.

    aside: in a final result the sums of ballots that were set aside, by question key. reasons: how many votes, by why.
    """

    sums: Mapping[str, Sums]
    count: int
    final: bool
    aside: Mapping[str, Sums] = field(default_factory=dict)
    reasons: Mapping[str, int] = field(default_factory=dict)


def sums(poll: Poll) -> dict[str, dict[str, int]]:
    """The ballots of `poll` that count, added up: for each box (by question key) its choices, in the order of their
    text."""
    return all_sums(poll)[0]


def all_sums(poll: Poll) -> tuple[dict[str, dict[str, int]], dict[str, dict[str, int]], dict[str, int]]:
    """The ballots of `poll` added up by question key: those that count, those that were set aside, and how many votes
    were set aside for which reason. One query."""
    found: dict[str, dict[str, int]] = {box.key: {} for box in poll.boxes}
    aside: dict[str, dict[str, int]] = {box.key: {} for box in poll.boxes}
    reasons: dict[str, int] = {}
    rows = Ballot.objects.of(poll).order_by("choice").values_list("question__key", "choice", "set_aside")
    for key, choice, reason, number in rows.annotate(Count("pk")):
        into = (aside if reason else found)[key]
        into[choice] = into.get(choice, 0) + number
        if reason and key == poll.boxes[0].key:
            reasons[reason] = reasons.get(reason, 0) + number
    return found, aside, reasons


def visible_figures(poll: Poll) -> Figures:
    """What may be counted for readers now: every ballot, or what a confidential poll has released in steps.

    Raises ResultsHidden while the poll's rules hide the result from everybody.
    """
    if not results_exist(poll):
        raise ResultsHidden
    if poll.is_secret and not poll.is_complete:
        released = poll.released or {"sums": {}, "count": 0}
        return Figures(released["sums"], released["count"], False)
    found, aside, reasons = all_sums(poll)
    count = max((sum(box.values()) for box in found.values()), default=0)
    return Figures(found, count, poll.is_complete, aside, reasons)


def tally(question: Question, rule: str = "") -> Outcome:
    """The outcome of `question` as it may be shown now, under its own rule or (for "what if") another one.

    Of a closed confidential poll with fewer than ten ballots only turnout and winners are filled in: `rounds` and
    `ranking` are empty and `matrix` is None. Raises ResultsHidden before anybody may see a result.
    """
    return count_figures(question, visible_figures(question.poll), rule)


def count_figures(question: Question, figures: Figures, rule: str = "") -> Outcome:
    """The outcome of figures that were read already; see `tally`."""
    outcome = count_sums(question, figures.sums.get(question.key, {}), rule)
    if figures.final and not shows_counts(question.poll):
        return replace(outcome, ranking=(), rounds=(), matrix=None, exhausted=0, ties=(), figures={}, quota=None)
    return outcome


def count_sums(question: Question, found: Sums, rule: str = "") -> Outcome:
    """Count `found` with the options and settings of `question` under `rule` (its own)."""
    keys = [option.key for option in question.choices]
    settings = {**counting_settings(question), "seed": question.poll.seed}
    return count(rule or question.rule, keys, papers(question, found), settings)


def counting_settings(question: Question) -> dict[str, object]:
    """The settings of `question` as `methods.counting` takes them. The lot of each question is another one."""
    own = {name: value for name, value in question.settings.items() if name not in OWN_SETTINGS}
    if question.kind == QuestionKind.BUDGET:
        own["costs"] = {option.key: option.cost or 0 for option in question.choices}
    if question.kind == QuestionKind.CONSENT:
        own["objection"] = str(Position.OBJECT)
    return {"poll": f"poll-{question.poll_id}/{question.key}"} | own


def papers(question: Question, found: Sums) -> Iterable[tuple[Paper, int]]:
    """The sums as `methods.counting` reads them: one id, a set of ids, or a ranking, each with its weight."""
    for text, weight in found.items():
        said = json.loads(text)
        if not said:
            yield None, weight
        elif question.limit == 1 and question.kind != QuestionKind.SEVERAL:
            yield said[0], weight
        elif question.is_valued:
            yield said, weight
        elif question.is_listed:
            yield frozenset(said), weight
        else:
            yield tuple(said), weight


def other_rules(question: Question) -> list[str]:
    """Rules under which the answers can be counted as "what if"."""
    if question.settings.get("seats", 1) > 1:
        return []
    others = {
        QuestionKind.RANKING: [CountingRule.IRV, CountingRule.SCHULZE, CountingRule.PLURALITY],
        QuestionKind.SCORE: [CountingRule.SCORE, CountingRule.STAR],
        QuestionKind.BUDGET: [CountingRule.BUDGET_GREEDY, CountingRule.BUDGET_EQUAL_SHARES],
    }.get(QuestionKind(question.kind), [])
    return [rule for rule in others if rule != question.rule]
