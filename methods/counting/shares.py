"""The Method of Equal Shares: everybody gets an equal part of the money, and buys with others what they want.

In each step the project is bought that costs its supporters the least per unit of money spent on what they want (cost
utilities); who has less than the price gives all that is left. Exact: money is kept in whole numbers of a unit that is
made finer as needed. Refuses to spend more than there is. Ties: more supporters, cheaper, lot. Source: D. Peters,
G. Pierczyński and P. Skowron, Proportional Participatory Budgeting with Additive Utilities (NeurIPS 2021), and
https://equalshares.net for the completions.

>>> from methods.counting import count
>>> settings = {"budget": 90, "costs": {"a": 50, "b": 30, "c": 40}, "completion": "none"}
>>> outcome = count("budget_equal_shares", "abc", [(frozenset("a"), 2), (frozenset("bc"), 1)], settings)
>>> outcome.winners, outcome.figures["a"]["price"]
(('a', 'b'), Fraction(25, 1))
"""

from collections.abc import Sequence
from fractions import Fraction

from .ballots import Sums
from .budgets import Purse, greedy, open_purse, worth
from .choices import groups_of
from .market import buy, raise_shares
from .outcome import Round, Working
from .settings import Form


def tally_equal_shares(sums: Sums, form: Form) -> Working:
    """Count by equal shares and complete as the setting says.

    rounds: one for each project bought, with the supporters of those not bought yet. figures: votes, cost, the share
    that everybody had at the start, the price, and what became of the project.
    """
    if not sums:
        return Working(())
    purse = open_purse(sums, form)
    voters, completion = sum(sums.values()), form.settings["completion"]
    share, bought = Fraction(purse.budget, voters), buy(sums, purse, purse.budget, voters)
    if completion != "none":
        share, bought = raise_shares(sums, purse, voters, form.settings["increment"], bought)
    chosen = [one.project for one in bought]
    figures: dict[str, dict[str, object]] = {
        project: {"votes": purse.votes[project], "cost": purse.costs[project], "share": share, "why": "not_bought"}
        for project in form.options
    }
    for one in bought:
        figures[one.project] |= {"price": one.price, "why": "funded"}
    if completion == "add1u":
        rest = [project for project in purse.queue if project not in chosen]
        for project in greedy(purse, rest, purse.budget - purse.spent(chosen)):
            figures[project]["why"] = "completion"
            chosen.append(project)
    if completion == "add1_comparison":
        other = greedy(purse, purse.queue, purse.budget)
        if worth(sums, purse, other, chosen) > 0:
            figures = {project: figures[project] | {"why": "not_bought"} for project in figures}
            figures |= {project: figures[project] | {"why": "comparison"} for project in other}
            chosen, bought = other, []
    ties = tuple(one.tie for one in bought if one.tie)
    return Working(tuple(chosen), groups_of(purse.votes), _rounds(purse, chosen), None, ties, figures)


def _rounds(purse: Purse, chosen: Sequence[str]) -> tuple[Round, ...]:
    left = {project: purse.votes[project] for project in sorted(purse.votes)}
    rounds = []
    for project in chosen:
        rounds.append(Round(dict(left), elected=(project,)))
        del left[project]
    return (*rounds, Round(left, eliminated=tuple(left))) if left else tuple(rounds)
