"""Counts thousands of random profiles with other libraries and with ours; run by the interpreter that has them.

`python -m tests.methods.counting.oracles` prints as JSON, for each comparison, how many profiles were compared and the
first that differ. Our counting needs the standard library only, so both run in one process.
"""

import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise

from methods.counting import Outcome, count
from methods.counting.lot import draw_lots

LETTERS = "abcdef"
Pair = tuple[object, object, object]  # the profile, ours, theirs


def weighted(ballots: list[object], draw: random.Random) -> list[tuple[object, int]]:
    return [(ballot, draw.choice((1, 1, 2, 3, 7))) for ballot in ballots]


def rankings(draw: random.Random, options: str, full: bool = False) -> list[tuple[tuple[str, ...], int]]:
    """Rankings around a few shared opinions, so that majorities, circles and ties all occur."""
    number = draw.choice((3, 5, 9, 20, 60))
    centres = [draw.sample(options, len(options)) for _ in range(draw.randint(1, 3))]
    found = []
    for _ in range(number):
        order = list(draw.choice(centres))
        for _ in range(draw.randint(0, 3)):
            one, other = draw.randrange(len(order)), draw.randrange(len(order))
            order[one], order[other] = order[other], order[one]
        found.append(tuple(order if full else order[: draw.randint(1, len(order))]))
    return weighted(found, draw)


def tied_set(outcome: Outcome) -> set[str]:
    return set(outcome.ties[0].options) if outcome.ties else set(outcome.winners)


def strict_profile(box: list[tuple[tuple[str, ...], int]], options: str) -> object:
    from pref_voting.profiles import Profile

    return Profile([[options.index(one) for one in ballot] for ballot, _ in box], [weight for _, weight in box])


def run_off(draw: random.Random) -> Iterator[Pair]:
    """pref_voting: our winner is one that some order of breaking ties elects; without ties it is the only one."""
    from pref_voting.iterative_methods import instant_runoff_put

    options = LETTERS[: draw.randint(2, 5)]
    box = rankings(draw, options, full=True)
    outcome = count("irv", options, box)
    theirs = {options[one] for one in instant_runoff_put(strict_profile(box, options))}
    yield box, bool(set(outcome.winners) <= theirs and (outcome.ties or len(theirs) == 1)), True


def run_off_truncated(draw: random.Random) -> Iterator[Pair]:
    """pyrankvote: first-round totals, and the winner where no tie had to be broken."""
    import pyrankvote

    options = LETTERS[: draw.randint(2, 6)]
    box = rankings(draw, options)
    outcome = count("irv", options, box)
    people = {option: pyrankvote.Candidate(option) for option in options}
    ballots = [pyrankvote.Ballot([people[one] for one in ballot]) for ballot, weight in box for _ in range(weight)]
    result = pyrankvote.instant_runoff_voting(list(people.values()), ballots)
    first = {str(one.candidate): int(one.number_of_votes) for one in result.rounds[0].candidate_results}
    yield box, dict(outcome.totals), first
    if not outcome.ties:
        yield box, list(outcome.winners), [str(one) for one in result.get_winners()]


def condorcet(draw: random.Random) -> Iterator[Pair]:
    """pref_voting, told to use winning votes: the same matrix, the same tied set under Schulze and minimax."""
    from pref_voting.margin_based_methods import beat_path, minimax

    options, box, profile = with_ties(draw)
    for rule, method in (("schulze", beat_path), ("minimax", minimax)):
        outcome = count(rule, options, box)
        theirs = {options[one] for one in method(profile, strength_function=profile.support)}
        yield (rule, box), sorted(tied_set(outcome)), sorted(theirs)
    matrix = outcome.matrix or {}
    supports = {a: {b: int(profile.support(options.index(a), options.index(b))) for b in matrix[a]} for a in matrix}
    yield box, matrix, supports


def with_ties(draw: random.Random) -> tuple[str, list[tuple[object, int]], object]:
    """A profile of truncated rankings with shared ranks, for us and for pref_voting."""
    from pref_voting.profiles_with_ties import ProfileWithTies

    options = LETTERS[: draw.randint(2, 5)]
    box: list[tuple[object, int]] = []
    for ballot, weight in rankings(draw, options):
        joined = len(ballot) > 2 and draw.random() < 0.3
        box.append(((ballot[0], tuple(ballot[1:3]), *ballot[3:]) if joined else ballot, weight))
    ranks = [
        {options.index(one): place for place, ids in enumerate(ballot) for one in ids}
        for ballot in ([rank if isinstance(rank, tuple) else (rank,) for rank in ballot] for ballot, _ in box)
    ]
    profile = ProfileWithTies(ranks, [weight for _, weight in box], candidates=list(range(len(options))))
    profile.use_extended_strict_preference()
    return options, box, profile


def ranked_pairs(draw: random.Random) -> Iterator[Pair]:
    """pref_voting: whoever we call tied wins under some order of equal victories. (Where two options are level in pairs
    it lets that count as a victory of each, which we do not.)"""
    from pref_voting.margin_based_methods import ranked_pairs as theirs_by_all_orders

    options, box, profile = with_ties(draw)
    outcome = count("ranked_pairs", options, box)
    matrix = outcome.matrix or {}
    pairs = [(a, b) for a in options for b in options if a < b]
    victories = [max(matrix[a][b], matrix[b][a]) for a, b in pairs]
    if len(options) > 4 or any(matrix[a][b] == matrix[b][a] for a, b in pairs):
        return
    theirs = {options[one] for one in theirs_by_all_orders(profile, strength_function=profile.support)}
    if len(set(victories)) == len(victories):
        yield box, sorted(tied_set(outcome)), sorted(theirs)
    else:
        yield box, sorted(tied_set(outcome) - theirs), []


def borda(draw: random.Random) -> Iterator[Pair]:
    """pref_voting: scores of complete rankings, and of truncated ones up to a constant."""
    from pref_voting.scoring_methods import symmetric_borda_scores

    options = LETTERS[: draw.randint(2, 6)]
    box = rankings(draw, options, full=True)
    theirs = strict_profile(box, options).borda_scores()
    ours = count("borda", options, box).totals
    yield box, ours, {options[one]: int(score) for one, score in theirs.items()}
    options, box, profile = with_ties(draw)
    ours = count("borda", options, box).totals
    scores = {options[one]: Fraction(float(score)) for one, score in symmetric_borda_scores(profile).items()}
    middle = Fraction(sum(weight for _, weight in box) * (len(options) - 1), 2)
    yield box, {option: 2 * (votes - middle) for option, votes in ours.items()}, scores


def star(draw: random.Random) -> Iterator[Pair]:
    """starvote: the winner, and a tie that it cannot break where we draw the lot."""
    import starvote

    options = LETTERS[: draw.randint(2, 5)]
    scores = (0, 3, 5) if draw.random() < 0.5 else range(6)
    box = weighted([{one: draw.choice(scores) for one in options} for _ in range(draw.choice((2, 4, 9, 30)))], draw)
    outcome = count("star", options, box)
    ballots = [dict(ballot) for ballot, weight in box for _ in range(weight)]
    try:
        theirs = starvote.star_voting(ballots, tiebreaker=None)
    except starvote.UnbreakableTieError:
        theirs = ["lot"]
    lot = any(tie.how == "lot" for tie in outcome.ties)
    yield box, ["lot"] if lot else list(outcome.winners), theirs


def scottish(draw: random.Random) -> Iterator[Pair]:
    """stvpoll: who is elected, where no tie had to be broken, no two reached the quota at once (it then moves votes to
    those elected already, which the Scottish rules do not) and no hundredth of a vote decides (it rounds values to the
    nearest, the Scottish rules cut them)."""
    from stvpoll.scottish_stv import calculate_scottish_stv

    options = LETTERS[: draw.randint(3, 6)]
    box, seats = rankings(draw, options), draw.randint(1, 3)
    outcome = count("stv", options, box, {"seats": seats})
    *before, _last = outcome.rounds
    if outcome.ties or len(options) <= seats or any(len(one.elected) > 1 for one in before):
        return
    votes = [sorted([*one.totals.values(), outcome.quota]) for one in outcome.rounds]
    if any(0 < other - one < Fraction(1, 100) for some in votes for one, other in pairwise(some)):
        return
    result = calculate_scottish_stv(tuple(options), box, seats, allow_random=False)
    yield (seats, box), (sorted(outcome.winners), outcome.quota), (sorted(map(str, result)), int(result.quota))


def approvals(draw: random.Random) -> tuple[str, dict[str, object], list[tuple[frozenset[str], int]]]:
    """Projects, a budget with costs that are often alike, and approvals."""
    options = LETTERS[: draw.randint(2, 6)]
    costs = {one: draw.choice((10, 20, 20, 35, 50, 90)) for one in options}
    popular = {one: draw.random() for one in options}
    ballots = [
        frozenset(one for one in options if draw.random() < popular[one]) for _ in range(draw.choice((3, 8, 25)))
    ]
    box = weighted([ballot or frozenset(options[0]) for ballot in ballots], draw)
    return options, {"budget": draw.choice((40, 75, 100, 130)), "costs": costs}, box


def pabulib_poll(settings: dict[str, object], box: list[tuple[frozenset[str], int]]) -> tuple[object, ...]:
    """The instance, profile and order of ties that pabutools needs."""
    from pabutools.election import ApprovalBallot, ApprovalProfile, Instance, Project
    from pabutools.tiebreaking import TieBreakingRule

    costs = settings["costs"]
    votes = {one: sum(weight for ballot, weight in box if one in ballot) for one in costs}
    lots = draw_lots(costs, {"poll": "", "seed": ""})
    projects = {one: Project(one, costs[one]) for one in costs}
    instance = Instance(projects.values(), budget_limit=settings["budget"])
    ballots = [ApprovalBallot(projects[one] for one in ballot) for ballot, weight in box for _ in range(weight)]
    order = TieBreakingRule(lambda _i, _p, one: (-votes[one.name], costs[one.name], lots.index(one.name)))
    return instance, ApprovalProfile(ballots, instance=instance), order


def greedy(draw: random.Random) -> Iterator[Pair]:
    """pabutools: with cost utilities its greedy rule takes the most votes first."""
    from pabutools.election import Cost_Sat
    from pabutools.rules import greedy_utilitarian_welfare

    options, settings, box = approvals(draw)
    instance, profile, order = pabulib_poll(settings, box)
    theirs = greedy_utilitarian_welfare(instance, profile, sat_class=Cost_Sat, tie_breaking=order)
    outcome = count("budget_greedy", options, box, settings)
    yield (settings, box), sorted(outcome.winners), sorted(one.name for one in theirs)


def equal_shares(draw: random.Random) -> Iterator[Pair]:
    """pabutools: equal shares alone, raised as far as the money goes, and completed by the order of votes."""
    from pabutools.election import Cost_Sat
    from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares

    options, settings, box = approvals(draw)
    instance, profile, order = pabulib_poll(settings, box)
    more = {"sat_class": Cost_Sat, "tie_breaking": order}
    supported = sum(any(one in ballot for ballot, _ in box) for one in options)

    def ours(completion: str) -> list[str]:
        return sorted(count("budget_equal_shares", options, box, {**settings, "completion": completion}).winners)

    bought = method_of_equal_shares(instance, profile, **more)
    yield (settings, box), ours("none"), sorted(one.name for one in bought)
    while (
        len(bought) < supported
    ):  # its own increments stop earlier, at the first outcome to which nothing can be added
        instance.budget_limit += len(profile)
        raised = method_of_equal_shares(instance, profile, **more)
        if sum(one.cost for one in raised) > settings["budget"]:
            break
        bought = raised
    yield (settings, box), ours("add1"), sorted(one.name for one in bought)
    instance.budget_limit = settings["budget"]
    filled = greedy_utilitarian_welfare(instance, profile, initial_budget_allocation=bought, **more)
    yield (settings, box), ours("add1u"), sorted(one.name for one in filled)


def committees(draw: random.Random) -> Iterator[Pair]:
    """abcvoting: with equal costs equal shares elect one of the committees that it finds; approvals alike."""
    from abcvoting import abcrules
    from abcvoting.preferences import Profile

    options, _, box = approvals(draw)
    seats = draw.randint(1, len(options) - 1)
    profile = Profile(len(options))
    profile.add_voters([[options.index(one) for one in ballot] for ballot, weight in box for _ in range(weight)])
    settings = {"budget": seats, "costs": dict.fromkeys(options, 1), "completion": "none"}
    ours = count("budget_equal_shares", options, box, settings).winners
    theirs = abcrules.compute_equal_shares(profile, seats, resolute=False, completion=None)
    yield (seats, box), {options.index(one) for one in ours} in [set(one) for one in theirs], True
    outcome = count("approval", options, box, {"seats": seats})
    theirs = abcrules.compute_av(profile, seats, resolute=False)
    if not outcome.ties and len(outcome.winners) == seats:
        yield (seats, box), [{options.index(one) for one in outcome.winners}], [set(one) for one in theirs]


COMPARISONS: dict[str, tuple[Callable[[random.Random], Iterator[Pair]], int]] = {
    "run_off": (run_off, 1500),
    "run_off_truncated": (run_off_truncated, 1500),
    "condorcet": (condorcet, 1500),
    "ranked_pairs": (ranked_pairs, 1500),
    "borda": (borda, 1000),
    "star": (star, 3000),
    "scottish": (scottish, 3000),
    "greedy": (greedy, 1500),
    "equal_shares": (equal_shares, 400),
    "committees": (committees, 500),
}


def compare(name: str) -> dict[str, object]:
    """How many figures were compared, and the first three that differ."""
    method, number = COMPARISONS[name]
    compared, differences = 0, []
    started = time.process_time()
    for seed in range(number):
        for profile, ours, theirs in method(random.Random(f"{name}-{seed}")):
            compared += 1
            if ours != theirs:
                differences.append({"seed": seed, "profile": repr(profile), "ours": repr(ours), "theirs": repr(theirs)})
    seconds = round(time.process_time() - started, 1)
    return {"compared": compared, "differences": differences[:3], "number": len(differences), "seconds": seconds}


if __name__ == "__main__":
    json.dump({name: compare(name) for name in sys.argv[1:] or COMPARISONS}, sys.stdout)
