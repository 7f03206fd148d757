"""Sharing out money among projects: the most votes first while it fits, or the Method of Equal Shares.

Refuses to spend more than there is. Ties of the greedy rule: more votes, cheaper, lot; of equal shares: the better
price for those who pay, more supporters, cheaper, lot. Source: D. Peters and P. Skowron, Method of Equal Shares,
https://equalshares.net; pabulib for the variants of the greedy rule.

>>> from methods.counting import count
>>> settings = {"budget": 100, "costs": {"a": 60, "b": 50, "c": 40}}
>>> votes = [(frozenset("ab"), 5), (frozenset("c"), 4)]
>>> count("budget_greedy", "abc", votes, settings).winners, count("budget_equal_shares", "abc", votes, settings).winners
(('b', 'c'), ('b', 'c'))
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .ballots import Sums
from .choices import approvals, groups_of
from .lot import draw_lots
from .outcome import Round, Tie, Working
from .settings import Form


@dataclass(frozen=True)
class Purse:
    """What both rules look at: votes and costs of projects, the money, the order in which equal ones stand."""

    votes: Mapping[str, int]
    costs: Mapping[str, int]
    budget: int
    queue: tuple[str, ...]  # most votes, then cheaper, then the lot

    def spent(self, projects: Iterable[str]) -> int:
        return sum(self.costs[project] for project in projects)


def open_purse(sums: Sums, form: Form) -> Purse:
    votes, costs = approvals(sums, form), form.settings["costs"]
    lots = {project: place for place, project in enumerate(draw_lots(form.options, form.settings))}
    queue = sorted(form.options, key=lambda project: (-votes[project], costs[project], lots[project]))
    return Purse(votes, costs, form.settings["budget"], tuple(queue))


def tally_greedy(sums: Sums, form: Form) -> Working:
    """The most votes first while it fits. Variants: `skip` passes over what does not fit, `stop` ends there,
    `threshold` passes over what has fewer votes than that as well.

    rounds: one for each project in the order in which it is looked at. figures: votes, cost, the money left before it
    and what became of it.
    """
    if not sums:
        return Working(())
    purse = open_purse(sums, form)
    figures = spend(purse, purse.queue, purse.budget, form.settings["variant"], form.settings["threshold"])
    funded = tuple(project for project in purse.queue if figures[project]["why"] == "funded")
    rounds = _looked_at(purse, purse.queue, funded)
    return Working(funded, groups_of(purse.votes), rounds, None, _level(purse, purse.queue, funded), figures)


def spend(
    purse: Purse, queue: Iterable[str], left: int, variant: str = "skip", threshold: int | None = None
) -> dict[str, dict[str, object]]:
    """Go through projects in their order; what each costs, meets and gets."""
    figures: dict[str, dict[str, object]] = {}
    stopped = False
    for project in queue:
        votes, cost = purse.votes[project], purse.costs[project]
        if variant == "threshold" and votes < (threshold or 0):
            why = "below_threshold"
        elif stopped:
            why = "after_stop"
        else:
            why = "funded" if cost <= left else "too_dear"
        figures[project] = {"votes": votes, "cost": cost, "left": left, "why": why}
        left -= cost if why == "funded" else 0
        stopped = stopped or (variant == "stop" and why == "too_dear")
    return figures


def greedy(purse: Purse, queue: Iterable[str], left: int) -> list[str]:
    """What can be paid with the money left, most votes first, passing over what does not fit."""
    return [project for project, found in spend(purse, queue, left).items() if found["why"] == "funded"]


def worth(sums: Sums, purse: Purse, one: Iterable[str], other: Iterable[str]) -> int:
    """How many more voters see more money spent on what they named in one list of projects than in the other."""
    first, second, more = set(one), set(other), 0
    for ballot, weight in sums.items():
        gain = purse.spent(ballot & first) - purse.spent(ballot & second)
        more += weight * ((gain > 0) - (gain < 0))
    return more


def _looked_at(purse: Purse, queue: Sequence[str], funded: Sequence[str]) -> tuple[Round, ...]:
    left = dict(purse.votes)
    rounds = []
    for project in queue:
        chosen = (project,) if project in funded else ()
        rounds.append(Round(dict(left), elected=chosen, eliminated=() if chosen else (project,)))
        del left[project]
    return tuple(rounds)


def _level(purse: Purse, queue: Sequence[str], funded: Sequence[str]) -> tuple[Tie, ...]:
    """Projects with equally many votes and equal costs, of which some are funded and some are not: the lot decided."""
    groups: dict[tuple[int, int], list[str]] = {}
    for project in queue:
        groups.setdefault((purse.votes[project], purse.costs[project]), []).append(project)
    return tuple(
        Tie("funding", tuple(sorted(group)), "lot", project)
        for group in groups.values()
        if 0 < sum(one in funded for one in group) < len(group)
        for project in group
        if project in funded
    )


def needs_budget(settings: Mapping[str, Any], options: Iterable[str]) -> None:
    """Raise ValueError unless there are a budget, a cost for every option, and what the variant needs."""
    missing = [name for name in ("budget", "costs") if settings[name] is None]
    missing += ["threshold"] if settings.get("variant") == "threshold" and settings["threshold"] is None else []
    if missing:
        raise ValueError(f"the rule needs the setting {missing[0]!r}")
    without = [option for option in options if option not in settings["costs"]]
    if without:
        raise ValueError(f"setting 'costs' names no cost of {without[0]!r}")
