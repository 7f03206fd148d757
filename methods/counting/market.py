"""What a given share for everybody buys under equal shares, and how far shares can be raised.

Exact: money is kept in whole numbers of a unit that is made finer as needed. Refuses to go on once more is spent than
there is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from .ballots import Sums
from .budgets import Purse
from .outcome import Tie


@dataclass(frozen=True)
class Purchase:
    """A project, what each supporter gives who can (a Fraction), and the tie it came out of."""

    project: str
    price: Fraction
    tie: Tie | None


def raise_shares(
    sums: Sums, purse: Purse, voters: int, increment: int, bought: list[Purchase], patience: int = 16
) -> tuple[Fraction, list[Purchase]]:
    """Raise every share by the increment until the next time would overspend, or everything wanted is bought.

    patience: after so many raises that changed nothing those that change nothing either are passed over.
    """
    start, step, quiet = purse.budget, increment * voters, 0
    wanted = sum(votes > 0 for votes in purse.votes.values())
    while len(bought) < wanted:
        if quiet >= patience:
            ahead = _alike(sums, purse, start, step, voters, bought)
            if ahead is None:
                break
            start, quiet, patience = start + ahead * step, 0, patience if ahead > patience else 2 * patience
            bought = buy(sums, purse, start, voters)
        more = buy(sums, purse, start + step, voters)
        if purse.spent(one.project for one in more) > purse.budget:
            break
        quiet = quiet + 1 if [one.project for one in more] == [one.project for one in bought] else 0
        start, bought = start + step, more
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


class _Slopes:
    """Money that grows with every raise: value now and slope for each raise, in parts of 1 / unit.

    `steps` is how many raises may follow before any comparison that was made turns out otherwise; None without end.
    """

    def __init__(self, money: list[int], slope: list[int], weights: Sequence[int]) -> None:
        self.money, self.slope, self.weights = money, slope, weights
        self.steps: int | None = None

    def hold(self, value: int, slope: int, above: bool = False) -> None:
        """Note that value + slope * raises must stay at or above 0, or above it."""
        if slope < 0:
            most = (value - above) // -slope
            self.steps = most if self.steps is None else min(self.steps, most)

    def price(self, backers: Sequence[int], cost: int) -> tuple[int, int, int, Sequence[int]] | None:
        """As `_price`, with the slope of what is left to pay, and those who pay equally; None when they cannot."""
        total = sum(self.weights[at] * self.money[at] for at in backers) - cost
        growth = sum(self.weights[at] * self.slope[at] for at in backers)
        if total < 0:
            self.hold(-total, -growth, above=True)
            return None
        self.hold(total, growth)
        need, change, payers = cost, 0, sum(self.weights[at] for at in backers)
        while True:
            poor = []
            for at in backers:
                value, slope = self.money[at] * payers - need, self.slope[at] * payers - change
                if value < 0:
                    poor.append(at)
                    self.hold(-value, -slope, above=True)
                else:
                    self.hold(value, slope)
            if not poor:
                return need, change, payers, backers
            need -= sum(self.weights[at] * self.money[at] for at in poor)
            change -= sum(self.weights[at] * self.slope[at] for at in poor)
            payers -= sum(self.weights[at] for at in poor)
            gone = set(poor)
            backers = [at for at in backers if at not in gone]

    def pay(self, backers: Sequence[int], need: int, change: int, payers: int, equal: Sequence[int]) -> int:
        """Take what a project costs from its backers; by how much the unit became finer."""
        common = gcd(need, change, payers)
        finer = payers // common
        self.money = [one * finer for one in self.money]
        self.slope = [one * finer for one in self.slope]
        rich = set(equal)
        for at in backers:
            self.money[at] = self.money[at] - need // common if at in rich else 0
            self.slope[at] = self.slope[at] - change // common if at in rich else 0
        return finer


def _alike(sums: Sums, purse: Purse, start: int, step: int, voters: int, bought: Sequence[Purchase]) -> int | None:
    """How many further raises buy the same for sure; None when no raise ever changes anything.

    The purchases are gone through again with all money as a line that grows with the raises: as long as each comparison
    comes out as before, so do the purchases.
    """
    ballots = list(sums)
    lines = _Slopes([start] * len(ballots), [step] * len(ballots), list(sums.values()))
    wanted = [project for project in purse.queue if purse.votes[project] and purse.costs[project]]
    backers = {project: [at for at, ballot in enumerate(ballots) if project in ballot] for project in wanted}
    unit = voters
    for project in [*(one.project for one in bought if one.project in backers), None]:
        prices = {other: lines.price(at, purse.costs[other] * unit) for other, at in backers.items()}
        found = prices.get(project or "")
        if project is None or found is None:
            continue
        need, change, payers, equal = found
        weight = payers * purse.costs[project]
        for other, price in prices.items():
            if price and other != project:
                against = price[2] * purse.costs[other]
                value, slope = price[0] * weight - need * against, price[1] * weight - change * against
                lines.hold(value, slope, above=purse.queue.index(other) < purse.queue.index(project))
        unit *= lines.pay(backers.pop(project), need, change, payers, equal)
    return lines.steps
