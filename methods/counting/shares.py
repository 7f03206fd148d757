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
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from .ballots import Sums
from .budgets import Purse, greedy, open_purse, worth
from .choices import groups_of
from .outcome import Round, Tie, Working
from .settings import Form


@dataclass(frozen=True)
class Purchase:
    """A project, what each supporter gives who can (a Fraction), and the tie it came out of."""

    project: str
    price: Fraction
    tie: Tie | None


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


def raise_shares(
    sums: Sums, purse: Purse, voters: int, increment: int, bought: list[Purchase]
) -> tuple[Fraction, list[Purchase]]:
    """Raise every share by the increment until the next time would overspend, or everything wanted is bought."""
    start = purse.budget
    wanted = sum(votes > 0 for votes in purse.votes.values())
    while len(bought) < wanted:
        more = buy(sums, purse, start + increment * voters, voters)
        if purse.spent(one.project for one in more) > purse.budget:
            break
        start, bought = start + increment * voters, more
    return Fraction(start, voters), bought


def buy(sums: Sums, purse: Purse, start: int, voters: int) -> list[Purchase]:
    """What is bought when everybody starts with start / voters; ends early once more is spent than there is."""
    ballots, weights = list(sums), list(sums.values())
    backers = {project: [at for at, ballot in enumerate(ballots) if project in ballot] for project in purse.queue}
    money, unit = [start] * len(ballots), voters  # in parts of 1 / unit
    rates = {project: Fraction(bool(purse.costs[project]), votes) for project, votes in purse.votes.items() if votes}
    bought: list[Purchase] = []
    spent = 0
    while rates and spent <= purse.budget:
        best, tied = None, []
        for project in sorted(rates, key=rates.__getitem__):
            if best is not None and rates[project] > best:
                break
            need, payers = _price(backers[project], money, weights, purse.costs[project] * unit)
            if need < 0:
                del rates[project]
                continue
            rate = Fraction(need, payers * purse.costs[project] * unit) if need else Fraction(0)
            rates[project] = rate
            if best is None or rate < best:
                best, tied = rate, [(project, need, payers)]
            elif rate == best:
                tied.append((project, need, payers))
        if not tied:
            break
        project, need, payers = min(tied, key=lambda one: purse.queue.index(one[0]))
        common = gcd(need, payers)
        finer, price = payers // common, need // common
        money = [one * finer for one in money] if finer > 1 else money
        unit *= finer
        for at in backers[project]:
            money[at] = max(0, money[at] - price)
        bought.append(Purchase(project, Fraction(price, unit), _tie(purse, [one[0] for one in tied], len(bought) + 1)))
        spent += purse.costs[project]
        del rates[project]
    return bought


def _price(backers: Sequence[int], money: Sequence[int], weights: Sequence[int], cost: int) -> tuple[int, int]:
    """What is left to pay, and by how many equally, when those who have less than that give all; (-1, 0) when all of
    them together cannot."""
    payers = sum(weights[at] for at in backers)
    while backers:
        rich = [at for at in backers if money[at] * payers >= cost]
        if len(rich) == len(backers):
            return cost, payers
        poor = set(backers).difference(rich)
        cost -= sum(weights[at] * money[at] for at in poor)
        payers -= sum(weights[at] for at in poor)
        backers = rich
    return -1, 0


def _tie(purse: Purse, tied: Sequence[str], number: int) -> Tie | None:
    """How projects of the same price were told apart; the queue holds more supporters, then cheaper, then the lot."""
    if len(tied) < 2:
        return None
    first, second = sorted(tied, key=purse.queue.index)[:2]
    how = "lot" if purse.costs[first] == purse.costs[second] else "cheaper"
    how = how if purse.votes[first] == purse.votes[second] else "supporters"
    return Tie("funding", tuple(sorted(tied)), how, first, number)
