"""Menghitung ulang pemungutan suara Rembuk. / Recounts a poll of Rembuk.
Python 3.10+, tanpa jaringan / no network.

0  semua cocok / all holds
1  ada yang salah, yang pertama disebut / something is wrong, the first is named
2  surat suara tidak diumumkan, selebihnya cocok / ballots are not published, all else holds
64 perintahnya tidak dikenal / it was called wrongly
"""
# Made by methods/ledger/making.py from the sources named below. / Dibuat dari sumber yang disebut di bawah.
from __future__ import annotations
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from hashlib import sha256
from itertools import combinations
from math import ceil, floor, gcd
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple
import argparse
import csv
import io
import json
import sys
import zipfile

# methods/counting/settings.py: Settings that are frozen when a poll opens: which exist, what they default to, what each may be.
NO_SETTINGS = MappingProxyType({})
ONE_OF = {
    'skipped': ('skip', 'exhaust', 'exhaust_two'),
    'duplicates': ('ignore', 'exhaust'),
    'overvote': ('exhaust', 'skip'),
    'invalid': ('raise', 'count'),
    'variant': ('skip', 'stop', 'threshold'),
    'completion': ('add1u', 'none', 'add1', 'add1_comparison'),
}
NUMBERS = {'max_choices': 1, 'seats': 1, 'increment': 1, 'budget': 0, 'ballot_limit': 0, 'credits': 0, 'threshold': 0}
TEXTS = frozenset({'poll', 'seed'})
DEFAULTS = {'seats': 1, 'increment': 1, 'scale': (0, 5), 'limit': 0}
EVERY_RULE = ('invalid',)
@dataclass(frozen=True)
class Form:
    options: tuple[str, ...]
    known: frozenset[str]
    given: tuple[str, ...]
    settings: Settings
def freeze(names, given, own=NO_SETTINGS):
    for name, value in given.items():
        _check(name, value)
    used = sorted({*names, *EVERY_RULE})
    return MappingProxyType({name: _kept(name, given.get(name, own.get(name, _default(name)))) for name in used})
def _default(name):
    return ONE_OF[name][0] if name in ONE_OF else '' if name in TEXTS else DEFAULTS.get(name)
def _kept(name, value):
    if name == 'scale':
        return (0, value) if isinstance(value, int) else (min(value), max(value))
    return MappingProxyType(dict(value)) if isinstance(value, Mapping) else value
def is_whole(value, least):
    return value.__class__ is int and isinstance(value, int) and (value >= least)
def _check(name, value):
    if name in ONE_OF:
        fine, wanted = (value in ONE_OF[name], 'one of ' + ', '.join(ONE_OF[name]))
    elif name in TEXTS:
        fine, wanted = (isinstance(value, str), 'a text')
    elif name in NUMBERS:
        fine = is_whole(value, NUMBERS[name]) or (value is None and name not in DEFAULTS)
        wanted = f'a whole number of {NUMBERS[name]} or more'
    elif name == 'costs':
        fine = isinstance(value, Mapping) and all((is_whole(cost, 0) for cost in value.values()))
        wanted = 'a mapping from options to whole numbers of 0 or more'
    elif name == 'scale':
        ends = [0, value] if isinstance(value, int) else list(value) if isinstance(value, tuple | list | range) else []
        fine = len(ends) > 1 and all((one.__class__ is int for one in ends)) and (min(ends) < max(ends))
        wanted = 'the highest score, or the lowest and the highest'
    elif name == 'limit':
        fine, wanted = (_is_share(value), "a share from 0 to 1, as a whole number, a Fraction or a text such as '1/10'")
    elif name == 'objection':
        fine, wanted = (isinstance(value, str), 'an option')
    else:
        raise ValueError(f'unknown setting {name!r}')
    if not fine:
        raise ValueError(f'setting {name!r} must be {wanted}, not {value!r}')
def _is_share(value):
    try:
        return value.__class__ in (int, Fraction, str) and 0 <= Fraction(value) <= 1
    except (ValueError, ZeroDivisionError):
        return False

# methods/counting/ballots.py: What a ballot may look like, and how equal ballots are added up before any rule sees them.
class BallotError(ValueError):
    def __init__(self, ballot, reason):
        self.ballot = ballot
        self.reason = reason
        super().__init__(f'ballot {ballot!r}: {reason}')
@dataclass(frozen=True)
class Box:
    sums: dict[Hashable, int]
    blank: int
    invalid: int
def add_up(ballots, read, count_invalid=False, known=frozenset()):
    sums = {}
    meant = {}
    invalid = 0
    def take(ballot, weight):
        nonlocal invalid
        try:
            found = read(ballot)
            meant[found] = meant.get(found, 0) + weight
        except BallotError:
            if not count_invalid:
                raise
            invalid += weight
    for ballot, weight in ballots:
        if weight.__class__ is not int or weight < 0:
            if not count_invalid:
                raise BallotError(ballot, f'weight {weight!r} is not a whole number of 0 or more')
            invalid += 1
            continue
        try:
            sums[ballot] = sums.get(ballot, 0) + weight
        except TypeError:
            take(ballot, weight)
    for ballot in [one for one in sums if not is_tidy(one, known)]:
        take(ballot, sums.pop(ballot))
    blank = meant.pop(None, 0)
    for found, weight in meant.items():
        sums[found] = sums.get(found, 0) + weight
    if 0 in sums.values():
        sums = {ballot: weight for ballot, weight in sums.items() if weight}
    return Box(sums, blank, invalid)
def by_weight(sums):
    found = {}
    for ballot, weight in sums.items():
        found.setdefault(weight, []).append(ballot)
    return found
def is_tidy(ballot, known):
    return ballot.__class__ is tuple and 0 < len(ballot) == len(set(ballot)) and known.issuperset(ballot)
def check_known(ballot, named, known):
    try:
        unknown = [option for option in named if option not in known]
    except TypeError:
        raise BallotError(ballot, 'names something that is not an option') from None
    if unknown:
        raise BallotError(ballot, f'unknown option {min(unknown, key=repr)!r}')
def ranks_of(ballot, known):
    if ballot is None:
        return ()
    if not isinstance(ballot, tuple):
        raise BallotError(ballot, 'is not a ranking (a tuple of ids, best first)')
    ranks = []
    for rank in ballot:
        ids = () if rank is None else rank if isinstance(rank, tuple) else (rank,)
        check_known(ballot, ids, known)
        ranks.append(ids if len(ids) < 2 else tuple(sorted(set(ids))))
    return tuple(ranks)
def preferences(ballot, known, settings):
    ranks = ranks_of(ballot, known)
    if not any(ranks):
        return None
    chosen = {}
    gap = 0
    for ids in ranks:
        gap = gap + 1 if not ids else 0
        if not ids:
            if settings['skipped'] == 'exhaust' or (settings['skipped'] == 'exhaust_two' and gap == 2):
                break
        elif len(ids) > 1:
            if settings['overvote'] == 'exhaust':
                break
        elif ids[0] not in chosen:
            chosen[ids[0]] = None
        elif settings['duplicates'] == 'exhaust':
            break
    return tuple(chosen)
def read_ranking(ballot, form):
    return preferences(ballot, form.known, form.settings)
def read_choice(ballot, form):
    if isinstance(ballot, tuple):
        ranking = preferences(ballot, form.known, form.settings)
        return None if ranking is None else ranking[:1]
    if not ballot:
        return None
    if not isinstance(ballot, str):
        raise BallotError(ballot, 'is not a single choice (one id)')
    check_known(ballot, [ballot], form.known)
    return (ballot,)
def read_approvals(ballot, form):
    if not ballot:
        return None
    if not isinstance(ballot, frozenset | set):
        raise BallotError(ballot, 'is not a set of choices (a frozenset of ids)')
    check_known(ballot, ballot, form.known)
    limit = form.settings.get('max_choices')
    if limit is not None and len(ballot) > limit:
        raise BallotError(ballot, f'too many choices: {len(ballot)}, at most {limit}')
    limit = form.settings.get('ballot_limit')
    spent = sum((form.settings['costs'][option] for option in ballot)) if limit is not None else 0
    if limit is not None and spent > limit:
        raise BallotError(ballot, f'choices cost {spent}, at most {limit}')
    return frozenset(ballot)
def read_points(ballot, form):
    if not ballot:
        return None
    if not isinstance(ballot, Mapping):
        raise BallotError(ballot, 'is not a mapping from options to whole numbers')
    check_known(ballot, ballot, form.known)
    for option, points in ballot.items():
        if points is not None and points.__class__ is not int:
            raise BallotError(ballot, f'{points!r} for {option!r} is not a whole number')
    found = tuple((ballot.get(option) for option in form.options))
    return None if all((points is None for points in found)) else found
def read_scores(ballot, form):
    found = read_points(ballot, form)
    lowest, highest = form.settings['scale']
    for points in found or ():
        if points is not None and (not lowest <= points <= highest):
            raise BallotError(ballot, f'score {points} is not from {lowest} to {highest}')
    return found
def read_credits(ballot, form):
    points = read_points(ballot, form)
    votes = tuple((one or 0 for one in points or ()))
    if votes and min(votes) < 0:
        raise BallotError(ballot, f'{min(votes)} votes are fewer than none')
    limit, spent = (form.settings['credits'], sum((one * one for one in votes)))
    if limit is not None and spent > limit:
        raise BallotError(ballot, f'votes cost {spent} credits, at most {limit}')
    return None if points is None else votes

# methods/counting/outcome.py: What a count gives: who won, and all of its working, so that every figure can be followed by hand.
@dataclass(frozen=True)
class Round:
    totals: Mapping[str, Votes]
    elected: tuple[str, ...] = ()
    eliminated: tuple[str, ...] = ()
    transfers: Mapping[str, Votes] = field(default_factory=dict)
    exhausted: Votes = 0
    surplus_of: str | None = None
@dataclass(frozen=True)
class Tie:
    what: str
    options: tuple[str, ...]
    how: str
    decided: str | None = None
    round: int | None = None
    by_round: int | None = None
@dataclass(frozen=True)
class Working:
    winners: tuple[str, ...]
    ranking: tuple[tuple[str, ...], ...] = ()
    rounds: tuple[Round, ...] = ()
    matrix: Matrix | None = None
    ties: tuple[Tie, ...] = ()
    figures: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    quota: int | None = None
@dataclass(frozen=True, kw_only=True)
class Outcome(Working):
    rule: str
    options: tuple[str, ...]
    valid: int
    blank: int
    invalid: int
    exhausted: Votes
    settings: Mapping[str, Any]
    @property
    def turnout(self):
        return self.valid + self.blank + self.invalid
    @property
    def totals(self):
        return self.rounds[0].totals if self.rounds else {}
    def as_dict(self):
        return plain({'turnout': self.turnout, **vars(self)})
def plain(value):
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, Round | Tie):
        return {name: plain(one) for name, one in vars(value).items()}
    if not isinstance(value, Fraction):
        return value
    whole, rest = divmod(value * 100000, 1)
    if rest:
        return str(value)
    digits = f'{abs(whole):06}'
    text = f"{('-' if value < 0 else '')}{digits[:-5]}.{digits[-5:]}".rstrip('0').rstrip('.')
    return int(text) if value.denominator == 1 else text

# methods/counting/choices.py: Rules that only add up: single choice, approval, consent, and votes bought with credits.
def groups_of(totals):
    levels = {}
    for option in sorted(totals):
        levels.setdefault(totals[option], []).append(option)
    return tuple((tuple(levels[votes]) for votes in sorted(levels, reverse=True)))
def most_votes(totals, form, exhausted=0):
    if not any(totals.values()):
        return Working((), rounds=(Round(totals, exhausted=exhausted),))
    ranking = groups_of(totals)
    winners = ()
    ties = ()
    for group in ranking:
        seats = form.settings['seats'] - len(winners)
        if seats <= 0 or not totals[group[0]]:
            break
        winners += group
        if len(group) > seats:
            ties = (Tie('winner', group, 'reported', round=1),)
    return Working(winners, ranking, (Round(totals, elected=winners, exhausted=exhausted),), None, ties)
def tally_plurality(sums, form):
    return most_votes({option: sums.get((option,), 0) for option in form.options}, form, sums.get((), 0))
def tally_approval(sums, form):
    return most_votes(approvals(sums, form), form)
def approvals(sums, form):
    totals = dict.fromkeys(form.options, 0)
    for ballot, weight in sums.items():
        for option in ballot:
            totals[option] += weight
    return totals
def tally_quadratic(sums, form):
    totals = dict.fromkeys(form.options, 0)
    for ballot, weight in sums.items():
        for option, votes in zip(form.options, ballot, strict=True):
            totals[option] += votes * weight
    return most_votes(totals, form)
def tally_consent(sums, form):
    objection = form.settings['objection']
    if objection not in form.known:
        raise ValueError(f"setting 'objection' must be an option, not {objection!r}")
    totals = {option: sums.get((option,), 0) for option in form.options}
    valid = sum(sums.values())
    passes = valid and Fraction(totals[objection], valid) <= Fraction(form.settings['limit'])
    winners = (next((option for option in form.given if option != objection or len(form.given) == 1)),) if passes else ()
    shares = {option: {'share': Fraction(votes, valid or 1)} for option, votes in totals.items()}
    only = Round(totals, elected=winners, exhausted=sums.get((), 0))
    return Working(winners, groups_of(totals) if valid else (), (only,), figures=shares)

# methods/counting/lot.py: Breaking ties so that anybody can do it again: by earlier rounds, by further figures, by a lot drawn from a hash.
def draw_lots(options, settings):
    def ticket(option):
        return sha256(f"{settings['poll']}|{option}|{settings['seed']}".encode()).digest()
    return tuple(sorted(options, key=lambda option: (ticket(option), option)))
def break_tie(what, tied, earlier, settings):
    pick = min if what == 'elimination' else max
    left = list(tied)
    for number in range(len(earlier), 0, -1):
        totals = earlier[number - 1]
        edge = pick((totals[option] for option in left))
        left = [option for option in left if totals[option] == edge]
        if len(left) == 1:
            return Tie(what, tuple(sorted(tied)), 'earlier_round', left[0], len(earlier) + 1, number)
    order = draw_lots(left, settings)
    decided = order[-1] if what == 'elimination' else order[0]
    return Tie(what, tuple(sorted(tied)), 'lot', decided, len(earlier) + 1)
def decide(what, tied, earlier, settings):
    if len(tied) == 1:
        return (tied[0], ())
    tie = break_tie(what, tied, earlier, settings)
    return (str(tie.decided), (tie,))
def pick_best(what, number, options, measures, settings, round_number):
    chosen = []
    ties = []
    left = tied = list(options)
    def take(some, how):
        chosen.extend(some)
        if how:
            ties.extend((Tie(what, tuple(sorted(tied)), how, option, round_number) for option in some))
    for place, (how, measure) in enumerate(measures):
        figures = measure(left)
        for figure in sorted(set(figures.values()), reverse=True):
            level = [option for option in left if figures[option] == figure]
            if len(level) > number - len(chosen):
                left = level
                break
            take(level, how if place else '')
        if len(chosen) == number:
            return (chosen, ties)
        if not place:
            tied = left
    take(draw_lots(left, settings)[:number - len(chosen)], 'lot')
    return (chosen, ties)

# methods/counting/budgets.py: Sharing out money among projects: the most votes first while it fits, or the Method of Equal Shares.
@dataclass(frozen=True)
class Purse:
    votes: Mapping[str, int]
    costs: Mapping[str, int]
    budget: int
    queue: tuple[str, ...]
    def spent(self, projects):
        return sum((self.costs[project] for project in projects))
def open_purse(sums, form):
    votes, costs = (approvals(sums, form), form.settings['costs'])
    lots = {project: place for place, project in enumerate(draw_lots(form.options, form.settings))}
    queue = sorted(form.options, key=lambda project: (-votes[project], costs[project], lots[project]))
    return Purse(votes, costs, form.settings['budget'], tuple(queue))
def tally_greedy(sums, form):
    if not sums:
        return Working(())
    purse = open_purse(sums, form)
    figures = spend(purse, purse.queue, purse.budget, form.settings['variant'], form.settings['threshold'])
    funded = tuple((project for project in purse.queue if figures[project]['why'] == 'funded'))
    rounds = _looked_at(purse, purse.queue, funded)
    return Working(funded, groups_of(purse.votes), rounds, None, _level(purse, purse.queue, funded), figures)
def spend(purse, queue, left, variant='skip', threshold=None):
    figures = {}
    stopped = False
    for project in queue:
        votes, cost = (purse.votes[project], purse.costs[project])
        if variant == 'threshold' and votes < (threshold or 0):
            why = 'below_threshold'
        elif stopped:
            why = 'after_stop'
        else:
            why = 'funded' if cost <= left else 'too_dear'
        figures[project] = {'votes': votes, 'cost': cost, 'left': left, 'why': why}
        left -= cost if why == 'funded' else 0
        stopped = stopped or (variant == 'stop' and why == 'too_dear')
    return figures
def greedy(purse, queue, left):
    return [project for project, found in spend(purse, queue, left).items() if found['why'] == 'funded']
def worth(sums, purse, one, other):
    first, second, more = (set(one), set(other), 0)
    for ballot, weight in sums.items():
        gain = purse.spent(ballot & first) - purse.spent(ballot & second)
        more += weight * ((gain > 0) - (gain < 0))
    return more
def _looked_at(purse, queue, funded):
    left = dict(purse.votes)
    rounds = []
    for project in queue:
        chosen = (project,) if project in funded else ()
        rounds.append(Round(dict(left), elected=chosen, eliminated=() if chosen else (project,)))
        del left[project]
    return tuple(rounds)
def _level(purse, queue, funded):
    groups = {}
    for project in queue:
        groups.setdefault((purse.votes[project], purse.costs[project]), []).append(project)
    return tuple((Tie('funding', tuple(sorted(group)), 'lot', project) for group in groups.values() if 0 < sum((one in funded for one in group)) < len(group) for project in group if project in funded))
def needs_budget(settings, options):
    missing = [name for name in ('budget', 'costs') if settings[name] is None]
    missing += ['threshold'] if settings.get('variant') == 'threshold' and settings['threshold'] is None else []
    if missing:
        raise ValueError(f'the rule needs the setting {missing[0]!r}')
    without = [option for option in options if option not in settings['costs']]
    if without:
        raise ValueError(f"setting 'costs' names no cost of {without[0]!r}")

# methods/counting/pairwise.py: Comparing every two options on every ballot: the matrix on which the Condorcet rules and Borda's count work.
MANY = 5000
def read_order(ballot, form):
    seen = set()
    order = []
    for ids in ranks_of(ballot, form.known):
        fresh = tuple((option for option in ids if option not in seen))
        if fresh:
            order.append(fresh)
            seen.update(fresh)
    if all((len(ids) == 1 for ids in order)):
        return tuple((ids[0] for ids in order)) or None
    return tuple(order)
class _Bits(dict[Any, int]):
    def __missing__(self, ids):
        self[ids] = sum((self[one] for one in ids))
        return self[ids]
def compare(sums, options):
    bits = _Bits({option: 1 << place for place, option in enumerate(options)})
    following = {}
    for placed, ranks, weight in _parts(sums, options, bits):
        for ids in ranks:
            following[placed, ids] = following.get((placed, ids), 0) + weight
            placed |= bits[ids]
    matrix = {a: {b: 0 for b in options if b != a} for a in options}
    for (placed, ids), weight in following.items():
        below = [option for option in options if not (placed | bits[ids]) & bits[option]]
        for a in ids if ids.__class__ is tuple else (ids,):
            for b in below:
                matrix[a][b] += weight
    return matrix
def _parts(sums, options, bits):
    full, half = ((1 << len(options)) - 1, len(options) // 2)
    for weight, ballots in by_weight(sums).items():
        whole = [ballot for ballot in ballots if len(ballot) == len(options)] if len(ballots) >= MANY else []
        if len(whole) < len(ballots):
            short = ballots if not whole else [ballot for ballot in ballots if len(ballot) < len(options)]
            yield from ((0, ballot, weight) for ballot in short)
        for head, number in Counter(map(itemgetter(slice(half)), whole)).items():
            yield (0, head, number * weight)
        for tail, number in Counter(map(itemgetter(slice(half, None)), whole)).items():
            yield (full - sum((bits[option] for option in tail)), tail, number * weight)
def tally_borda(sums, form):
    matrix = compare(sums, form.options)
    cast = sum(sums.values())
    doubled = {a: sum((cast + votes - matrix[b][a] for b, votes in row.items())) for a, row in matrix.items()}
    totals = {option: votes // 2 if votes % 2 == 0 else Fraction(votes, 2) for option, votes in doubled.items()}
    if not sums:
        return Working((), rounds=(Round(totals),), matrix=matrix)
    seats = min(form.settings['seats'], len(form.options))
    winners, ties = pick_best('winner', seats, form.options, [('', lambda some: totals)], form.settings, 1)
    only = Round(totals, elected=tuple(winners))
    return Working(tuple(winners), groups_of(totals), (only,), matrix, tuple(ties))

# methods/counting/condorcet.py: Rules that elect whoever beats every other option in pairs: Schulze, ranked pairs and minimax.
def _decided(sums, form, rank):
    matrix = compare(sums, form.options)
    if not sums:
        return Working((), matrix=matrix)
    best, ranking = rank(matrix)
    winner = draw_lots(best, form.settings)[0]
    ties = (Tie('winner', tuple(sorted(best)), 'lot', winner),) if len(best) > 1 else ()
    return Working((winner,), ranking, matrix=matrix, ties=ties)
def tally_schulze(sums, form):
    def rank(matrix):
        paths = strongest_paths(matrix)
        ranking = _layers({a: {b for b in row if paths[b][a] > row[b]} for a, row in paths.items()})
        return (ranking[0], ranking)
    return _decided(sums, form, rank)
def tally_minimax(sums, form):
    def rank(matrix):
        ranking = groups_of({a: -max((votes for votes, _, _ in _defeats(matrix, a)), default=0) for a in matrix})
        return (ranking[0], ranking)
    return _decided(sums, form, rank)
def tally_ranked_pairs(sums, form):
    def rank(matrix):
        lots = draw_lots(matrix, form.settings)
        victories = [one for a in matrix for one in _defeats(matrix, a)]
        lead = {a: condorcet_kept(matrix, victories, [a, *(b for b in lots if b != a)]) for a in lots}
        best = [a for a in lots if not lead[a][a]] or [a for a in lots if not lead[lots[0]][a]][:1]
        return (best, _layers(lead[best[0]]))
    return _decided(sums, form, rank)
def _defeats(matrix, loser):
    return [(row[loser], a, loser) for a, row in matrix.items() if a != loser and row[loser] > matrix[loser][a]]
def condorcet_kept(matrix, victories, order):
    place = {option: number for number, option in enumerate(order)}
    above = {option: set() for option in order}
    for _, winner, loser in sorted(victories, key=lambda one: (-one[0], -place[one[2]], place[one[1]])):
        if loser not in above[winner] and winner not in above[loser]:
            more = {winner, *above[winner]}
            for option in order:
                if option == loser or loser in above[option]:
                    above[option] |= more
    return above
def strongest_paths(matrix):
    paths = {a: {b: votes if votes > matrix[b][a] else 0 for b, votes in row.items()} for a, row in matrix.items()}
    for middle, onward in paths.items():
        for start, row in paths.items():
            reach = row.get(middle, 0)
            if not reach:
                continue
            for end, further in onward.items():
                if end != start:
                    row[end] = max(row[end], min(reach, further))
    return paths
def _layers(beaten_by):
    left = sorted(beaten_by)
    layers = []
    while left:
        best = tuple((a for a in left if beaten_by[a].isdisjoint(left)))
        layers.append(best)
        left = [a for a in left if a not in best]
    return tuple(layers)

# methods/counting/irv.py: Instant run-off: the option with the fewest votes goes out, one at a time, and its ballots move on, until two remain.
def tally_irv(sums, form):
    piles = {option: {} for option in form.options}
    first, exhausted = move_on(by_weight(sums), piles)
    totals = {option: first.get(option, 0) for option in form.options}
    rounds = []
    ties = []
    out = []
    if not any(totals.values()):
        return Working((), rounds=(Round(totals, exhausted=exhausted),))
    while len(piles) > 2:
        loser = _last('elimination', totals, rounds, ties, form)
        gains, lost = move_on(piles.pop(loser), piles)
        rounds.append(Round(totals, eliminated=(loser,), transfers=gains, exhausted=exhausted))
        exhausted += lost
        out.append(loser)
        totals = {option: totals[option] + gains.get(option, 0) for option in piles}
    winner = _last('winner', totals, rounds, ties, form)
    rounds.append(Round(totals, elected=(winner,), exhausted=exhausted))
    others = [option for option in totals if option != winner]
    ranking = tuple(((option,) for option in [winner, *others, *reversed(out)]))
    return Working((winner,), ranking, tuple(rounds), None, tuple(ties))
def _last(what, totals, rounds, ties, form):
    edge = (min if what == 'elimination' else max)(totals.values())
    level = [option for option, votes in totals.items() if votes == edge]
    decided, found = decide(what, level, [one.totals for one in rounds], form.settings)
    ties += found
    return decided
def move_on(pile, heirs):
    gains = dict.fromkeys(heirs, 0)
    lost = 0
    for weight, ballots in pile.items():
        parts = {option: [] for option in heirs}
        take = {option: part.append for option, part in parts.items()}
        for ballot in ballots:
            for option in ballot:
                if option in take:
                    take[option](ballot)
                    break
        lost += weight * len(ballots)
        for option, part in parts.items():
            if part:
                heirs[option].setdefault(weight, []).extend(part)
                gains[option] += weight * len(part)
                lost -= weight * len(part)
    return ({option: gain for option, gain in gains.items() if gain}, lost)

# methods/counting/scores.py: Rules that add up scores: the highest sum, and STAR (two highest sums, then the one that more ballots prefer).
def histograms(sums, form):
    lowest, highest = form.settings['scale']
    found = {option: dict.fromkeys(range(lowest, highest + 1), 0) for option in form.options}
    unscored = dict.fromkeys(form.options, 0)
    for weight, ballots in by_weight(sums).items():
        for place, option in enumerate(form.options):
            for score, number in Counter(map(itemgetter(place), ballots)).items():
                found[option][lowest if score is None else score] += number * weight
                unscored[option] += number * weight if score is None else 0
    return (found, unscored)
def figures_of(counts, unscored):
    number = sum(counts.values())
    middle = [_score_at(counts, place) for place in ((number - 1) // 2, number // 2)]
    return {'n': number, 'unscored': unscored, 'histogram': counts, 'median': Fraction(sum(middle), 2), 'mean': Fraction(sum((score * votes for score, votes in counts.items())), number), 'top_two': Fraction(sum((votes for _, votes in sorted(counts.items())[-2:])), number)}
def _score_at(counts, place):
    for score, number in sorted(counts.items()):
        place -= number
        if place < 0:
            return score
    return 0
def _sums_and_tops(counts):
    totals = {option: sum((score * number for score, number in row.items())) for option, row in counts.items()}
    return (totals, {option: row[max(row)] for option, row in counts.items()})
def tally_score(sums, form):
    if not sums:
        return Working((), rounds=(Round(dict.fromkeys(form.options, 0)),))
    counts, unscored = histograms(sums, form)
    totals, tops = _sums_and_tops(counts)
    seats = min(form.settings['seats'], len(form.options))
    measures = [('', lambda some: totals), ('top_scores', lambda some: tops)]
    winners, ties = pick_best('winner', seats, form.options, measures, form.settings, 1)
    ranking = groups_of({option: (totals[option], tops[option]) for option in form.options})
    only = Round(totals, elected=tuple(winners))
    figures = {option: figures_of(counts[option], unscored[option]) for option in form.options}
    return Working(tuple(winners), ranking, (only,), None, tuple(ties), figures)
def tally_star(sums, form):
    if not sums:
        return Working((), rounds=(Round(dict.fromkeys(form.options, 0)),))
    counts, unscored = histograms(sums, form)
    totals, tops = _sums_and_tops(counts)
    figures = {option: figures_of(counts[option], unscored[option]) for option in form.options}
    def pairs(some):
        return preferred(sums, some, form)
    first = [('', lambda some: totals), ('pairs', pairs), ('top_scores', lambda some: tops)]
    number = min(2, len(form.options))
    finalists, ties = pick_best('finalist', number, form.options, first, form.settings, 1)
    others = {option: votes for option, votes in totals.items() if option not in finalists}
    start = Round(totals, eliminated=tuple(others))
    last = [('', pairs), ('votes', lambda some: totals), ('top_scores', lambda some: tops)]
    (winner,), more = pick_best('winner', 1, sorted(finalists), last, form.settings, 2)
    liked = preferred(sums, finalists, form)
    end = Round(liked, elected=(winner,), exhausted=sum(sums.values()) - sum(liked.values()))
    second = tuple(((option,) for option in finalists if option != winner))
    ranking = ((winner,), *second, *groups_of(others))
    return Working((winner,), ranking, (start, end), None, (*ties, *more), figures)
def preferred(sums, some, form):
    lowest = form.settings['scale'][0]
    found = dict.fromkeys(some, 0)
    if len(some) == 1:
        return {some[0]: sum((weight for ballot, weight in sums.items() if (ballot[_place(some[0], form)] or 0) > lowest))}
    for weight, ballots in by_weight(sums).items():
        for one, other in combinations(some, 2):
            for pair, number in _pairs(ballots, _place(one, form), _place(other, form)):
                left, right = (lowest if score is None else score for score in pair)
                if left != right:
                    found[one if left > right else other] += number * weight
    return found
def _place(option, form):
    return form.options.index(option)
def _pairs(ballots, one, other):
    yield from Counter(map(itemgetter(one, other), ballots)).items()

# methods/counting/market.py: What a given share for everybody buys under equal shares, and how far shares can be raised.
@dataclass(frozen=True)
class Purchase:
    project: str
    price: Fraction
    tie: Tie | None
def raise_shares(sums, purse, voters, increment, bought, patience=16):
    start, step, quiet = (purse.budget, increment * voters, 0)
    wanted = sum((votes > 0 for votes in purse.votes.values()))
    while len(bought) < wanted:
        if quiet >= patience:
            ahead = _alike(sums, purse, start, step, voters, bought)
            if ahead is None:
                break
            start, quiet, patience = (start + ahead * step, 0, patience if ahead > patience else 2 * patience)
            bought = buy(sums, purse, start, voters)
        more = buy(sums, purse, start + step, voters)
        if purse.spent((one.project for one in more)) > purse.budget:
            break
        quiet = quiet + 1 if [one.project for one in more] == [one.project for one in bought] else 0
        start, bought = (start + step, more)
    return (Fraction(start, voters), bought)
def buy(sums, purse, start, voters):
    ballots, weights = (list(sums), list(sums.values()))
    backers = {project: [at for at, ballot in enumerate(ballots) if project in ballot] for project in purse.queue}
    money, unit = ([start] * len(ballots), voters)
    rates = {project: Fraction(bool(purse.costs[project]), votes) for project, votes in purse.votes.items() if votes}
    bought = []
    spent = 0
    while rates and spent <= purse.budget:
        best, tied = (None, [])
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
                best, tied = (rate, [(project, need, payers)])
            elif rate == best:
                tied.append((project, need, payers))
        if not tied:
            break
        project, need, payers = min(tied, key=lambda one: purse.queue.index(one[0]))
        common = gcd(need, payers)
        finer, price = (payers // common, need // common)
        money = [one * finer for one in money] if finer > 1 else money
        unit *= finer
        for at in backers[project]:
            money[at] = max(0, money[at] - price)
        bought.append(Purchase(project, Fraction(price, unit), _tie(purse, [one[0] for one in tied], len(bought) + 1)))
        spent += purse.costs[project]
        del rates[project]
    return bought
def _price(backers, money, weights, cost):
    payers = sum((weights[at] for at in backers))
    while backers:
        rich = [at for at in backers if money[at] * payers >= cost]
        if len(rich) == len(backers):
            return (cost, payers)
        poor = set(backers).difference(rich)
        cost -= sum((weights[at] * money[at] for at in poor))
        payers -= sum((weights[at] for at in poor))
        backers = rich
    return (-1, 0)
def _tie(purse, tied, number):
    if len(tied) < 2:
        return None
    first, second = sorted(tied, key=purse.queue.index)[:2]
    how = 'lot' if purse.costs[first] == purse.costs[second] else 'cheaper'
    how = how if purse.votes[first] == purse.votes[second] else 'supporters'
    return Tie('funding', tuple(sorted(tied)), how, first, number)
class _Slopes:
    def __init__(self, money, slope, weights):
        self.money, self.slope, self.weights = (money, slope, weights)
        self.steps = None
    def hold(self, value, slope, above=False):
        if slope < 0:
            most = (value - above) // -slope
            self.steps = most if self.steps is None else min(self.steps, most)
    def price(self, backers, cost):
        total = sum((self.weights[at] * self.money[at] for at in backers)) - cost
        growth = sum((self.weights[at] * self.slope[at] for at in backers))
        if total < 0:
            self.hold(-total, -growth, above=True)
            return None
        self.hold(total, growth)
        need, change, payers = (cost, 0, sum((self.weights[at] for at in backers)))
        while True:
            poor = []
            for at in backers:
                value, slope = (self.money[at] * payers - need, self.slope[at] * payers - change)
                if value < 0:
                    poor.append(at)
                    self.hold(-value, -slope, above=True)
                else:
                    self.hold(value, slope)
            if not poor:
                return (need, change, payers, backers)
            need -= sum((self.weights[at] * self.money[at] for at in poor))
            change -= sum((self.weights[at] * self.slope[at] for at in poor))
            payers -= sum((self.weights[at] for at in poor))
            gone = set(poor)
            backers = [at for at in backers if at not in gone]
    def pay(self, backers, need, change, payers, equal):
        common = gcd(need, change, payers)
        finer = payers // common
        self.money = [one * finer for one in self.money]
        self.slope = [one * finer for one in self.slope]
        rich = set(equal)
        for at in backers:
            self.money[at] = self.money[at] - need // common if at in rich else 0
            self.slope[at] = self.slope[at] - change // common if at in rich else 0
        return finer
def _alike(sums, purse, start, step, voters, bought):
    ballots = list(sums)
    lines = _Slopes([start] * len(ballots), [step] * len(ballots), list(sums.values()))
    wanted = [project for project in purse.queue if purse.votes[project] and purse.costs[project]]
    backers = {project: [at for at, ballot in enumerate(ballots) if project in ballot] for project in wanted}
    unit = voters
    for project in [*(one.project for one in bought if one.project in backers), None]:
        prices = {other: lines.price(at, purse.costs[other] * unit) for other, at in backers.items()}
        found = prices.get(project or '')
        if project is None or found is None:
            continue
        need, change, payers, equal = found
        weight = payers * purse.costs[project]
        for other, price in prices.items():
            if price and other != project:
                against = price[2] * purse.costs[other]
                value, slope = (price[0] * weight - need * against, price[1] * weight - change * against)
                lines.hold(value, slope, above=purse.queue.index(other) < purse.queue.index(project))
        unit *= lines.pay(backers.pop(project), need, change, payers, equal)
    return lines.steps

# methods/counting/shares.py: The Method of Equal Shares: everybody gets an equal part of the money, and buys with others what they want.
def tally_equal_shares(sums, form):
    if not sums:
        return Working(())
    purse = open_purse(sums, form)
    voters, completion = (sum(sums.values()), form.settings['completion'])
    share, bought = (Fraction(purse.budget, voters), buy(sums, purse, purse.budget, voters))
    if completion != 'none':
        share, bought = raise_shares(sums, purse, voters, form.settings['increment'], bought)
    chosen = [one.project for one in bought]
    figures = {project: {'votes': purse.votes[project], 'cost': purse.costs[project], 'share': share, 'why': 'not_bought'} for project in form.options}
    for one in bought:
        figures[one.project] |= {'price': one.price, 'why': 'funded'}
    if completion == 'add1u':
        rest = [project for project in purse.queue if project not in chosen]
        for project in greedy(purse, rest, purse.budget - purse.spent(chosen)):
            figures[project]['why'] = 'completion'
            chosen.append(project)
    if completion == 'add1_comparison':
        other = greedy(purse, purse.queue, purse.budget)
        if worth(sums, purse, other, chosen) > 0:
            figures = {project: figures[project] | {'why': 'not_bought'} for project in figures}
            figures |= {project: figures[project] | {'why': 'comparison'} for project in other}
            chosen, bought = (other, [])
    ties = tuple((one.tie for one in bought if one.tie))
    return Working(tuple(chosen), groups_of(purse.votes), _rounds(purse, chosen), None, ties, figures)
def _rounds(purse, chosen):
    left = {project: purse.votes[project] for project in sorted(purse.votes)}
    rounds = []
    for project in chosen:
        rounds.append(Round(dict(left), elected=(project,)))
        del left[project]
    return (*rounds, Round(left, eliminated=tuple(left))) if left else tuple(rounds)

# methods/counting/stv.py: The single transferable vote as Scottish councils are elected: weighted inclusive Gregory transfers.
UNIT = 100000
@dataclass
class _Hall:
    form: Form
    quota: int
    parcels: dict[str, list[tuple[int, Pile]]]
    totals: dict[str, int]
    exhausted: int
    elected: list[str] = field(default_factory=list)
    out: list[str] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    history: list[dict[str, int]] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    @property
    def continuing(self):
        return [option for option in self.totals if option not in self.elected]
def tally_stv(sums, form):
    seats = form.settings['seats']
    valid = sum(sums.values())
    heirs = {option: {} for option in form.options}
    gains, lost = move_on(by_weight(sums), heirs)
    totals = {option: gains.get(option, 0) * UNIT for option in form.options}
    parcels = {option: [(UNIT, pile)] for option, pile in heirs.items()}
    hall = _Hall(form, valid // (seats + 1) + 1, parcels, totals, lost * UNIT)
    if not gains:
        return Working((), rounds=(Round(_shown(totals), exhausted=lost),), quota=hall.quota)
    while True:
        fresh = _elect(hall, seats)
        if len(hall.elected) == seats or not hall.continuing:
            hall.rounds.append(Round(_shown(hall.totals), fresh, exhausted=_votes(hall.exhausted)))
            break
        _next_round(hall, fresh)
    groups = [{option: one.totals[option] for option in one.elected} for one in hall.rounds]
    groups.append({option: hall.totals[option] for option in hall.continuing})
    ranking = tuple((group for votes in groups for group in groups_of(votes)))
    ranking += tuple(((option,) for option in reversed(hall.out)))
    return Working(tuple(hall.elected), ranking, tuple(hall.rounds), None, tuple(hall.ties), quota=hall.quota)
def _elect(hall, seats):
    left = hall.continuing
    fresh = [option for option in left if hall.totals[option] >= hall.quota * UNIT]
    if len(left) <= seats - len(hall.elected):
        fresh = left
    lots = draw_lots(fresh, hall.form.settings)
    fresh = sorted(fresh, key=lambda option: (-hall.totals[option], lots.index(option)))
    hall.elected += fresh
    if len(hall.continuing) <= seats - len(hall.elected):
        more = _elect(hall, seats) if hall.continuing else ()
        return (*fresh, *more)
    return tuple(fresh)
def _next_round(hall, fresh):
    quota = hall.quota * UNIT
    surplus = {option: hall.totals[option] - quota for option in hall.elected if option in hall.parcels}
    surplus = {option: votes for option, votes in surplus.items() if votes > 0}
    standing, before = (dict(hall.totals), hall.exhausted)
    if surplus:
        edge = max(surplus.values())
        level = sorted((option for option, votes in surplus.items() if votes == edge))
        source, ties = decide('surplus', level, hall.history, hall.form.settings)
        gains = _transfer(hall, source, edge, hall.totals[source])
        hall.totals[source] = quota
    else:
        edge = min((hall.totals[option] for option in hall.continuing))
        level = [option for option in hall.continuing if hall.totals[option] == edge]
        source, ties = decide('elimination', level, hall.history, hall.form.settings)
        gains = _transfer(hall, source, edge, edge)
        del hall.totals[source]
        hall.out.append(source)
    hall.ties += ties
    hall.history.append(standing)
    gone, moved = (() if surplus else (source,), source if surplus else None)
    hall.rounds.append(Round(_shown(standing), fresh, gone, _shown(gains), _votes(before), moved))
def _transfer(hall, source, part, whole):
    gains = {}
    heirs = [option for option in hall.continuing if option != source]
    for value, pile in hall.parcels.pop(source):
        piles = {option: {} for option in heirs}
        kept = value * part // whole if whole else 0
        for option, weight in move_on(pile, piles)[0].items():
            hall.parcels[option].append((kept, piles[option]))
            gains[option] = gains.get(option, 0) + weight * kept
    for option, votes in gains.items():
        hall.totals[option] += votes
    hall.exhausted += part - sum(gains.values())
    return {option: gains[option] for option in sorted(gains)}
def _votes(units):
    return units // UNIT if units % UNIT == 0 else Fraction(units, UNIT)
def _shown(units):
    return {option: _votes(votes) for option, votes in units.items()}

# methods/counting/door.py: The door to all rules: check options and settings, add up ballots, let the rule count, account for every ballot.
RANK_BY_RANK = ('skipped', 'duplicates', 'overvote')
LOT = ('poll', 'seed')
BUDGET = ('budget', 'costs', 'ballot_limit', 'max_choices')
@dataclass(frozen=True)
class Rule:
    read: Callable[[object, Form], Hashable | None]
    tally: Callable[[Sums, Form], Working]
    settings: tuple[str, ...] = ()
    own: Settings = field(default_factory=dict)
    ranked: bool = False
RULES = {
    'plurality': Rule(read_choice, tally_plurality, (*RANK_BY_RANK, 'seats')),
    'approval': Rule(read_approvals, tally_approval, ('max_choices', 'seats')),
    'score': Rule(read_scores, tally_score, ('scale', 'seats', *LOT)),
    'quadratic': Rule(read_credits, tally_quadratic, ('credits', 'seats')),
    'consent': Rule(read_choice, tally_consent, (*RANK_BY_RANK, 'limit', 'objection')),
    'irv': Rule(read_ranking, tally_irv, RANK_BY_RANK + LOT, ranked=True),
    'stv': Rule(read_ranking, tally_stv, (*RANK_BY_RANK, *LOT, 'seats'), {'skipped': 'exhaust'}, ranked=True),
    'schulze': Rule(read_order, tally_schulze, LOT, ranked=True),
    'ranked_pairs': Rule(read_order, tally_ranked_pairs, LOT, ranked=True),
    'minimax': Rule(read_order, tally_minimax, LOT, ranked=True),
    'borda': Rule(read_order, tally_borda, (*LOT, 'seats'), ranked=True),
    'star': Rule(read_scores, tally_star, ('scale', *LOT)),
    'budget_greedy': Rule(read_approvals, tally_greedy, (*BUDGET, 'variant', 'threshold', *LOT)),
    'budget_equal_shares': Rule(read_approvals, tally_equal_shares, (*BUDGET, 'completion', 'increment', *LOT)),
}
def count(rule, options, ballots, settings=NO_SETTINGS):
    if rule not in RULES:
        raise ValueError(f"unknown rule {rule!r}: it is one of {', '.join(sorted(RULES))}")
    given = tuple(options)
    known = frozenset(given)
    if not given or '' in known or len(known) < len(given):
        raise ValueError('options must be ids, at least one, none empty, each named once')
    chosen = RULES[rule]
    frozen = freeze(chosen.settings, settings, {'objection': given[-1], **chosen.own})
    if 'budget' in frozen:
        needs_budget(frozen, given)
    form = Form(tuple(sorted(given)), known, given, frozen)
    tidy = known if chosen.ranked else frozenset()
    box = add_up(ballots, lambda ballot: chosen.read(ballot, form), frozen['invalid'] == 'count', tidy)
    found = chosen.tally(box.sums, form)
    return Outcome(**vars(found), rule=rule, options=form.options, valid=sum(box.sums.values()), blank=box.blank, invalid=box.invalid, exhausted=found.rounds[-1].exhausted if found.rounds else 0, settings=frozen)

# methods/ledger/canon.py: One spelling for one meaning: canonical JSON and its hashes, on which commitments and the chain stand.
def canonical(value):
    text = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(',', ':'), allow_nan=False)
    json.loads(text, parse_float=_refuse)
    return text
def written(value):
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + '\n').encode()
def digest(data):
    return sha256(data.encode() if isinstance(data, str) else data).hexdigest()
def _refuse(number):
    raise ValueError(f'{number} is a decimal fraction: canonical JSON has whole numbers only')

# methods/ledger/codes.py: What binds a ballot without telling it: its commitment, and the short code that a voter keeps as a receipt.
def commitment(ballot, nonce):
    return digest(f'{ballot}|{nonce}')
def is_receipt_of(receipt, code):
    typed = ''.join((sign for sign in receipt if sign.isalnum())).lower()
    return len(typed) >= 16 and code.startswith(typed)

# methods/ledger/entries.py: Writing the chain: each entry is one line of canonical JSON that names the hash of the one before and its own.
GENESIS = '0' * 64
BATCH = 10
def lot_seed(closing_head, value):
    return f'{closing_head}|{value}'
def hash_of(entry):
    return digest(canonical({name: fact for name, fact in entry.items() if name != 'hash'}))

# methods/ledger/requirements.py: Quorum and majority, frozen with their base when a poll opens: what is needed, what there is, and whether it is met.
ROUND = {'plurality': 0, 'approval': 0, 'irv': -1}
def required(rules, question, official, roll):
    asked, rule, found = (rules.get('requirements', {}), question['rule'], {})
    bases = {'cast': official['turnout'], 'valid': official.get('valid'), 'roll': roll, 'ballots': 1}
    if 'quorum' in asked:
        found['quorum'] = _compared(asked['quorum'], bases, official['turnout'])
    if 'majority' in asked and rule in ROUND and official.get('rounds'):
        totals = official['rounds'][ROUND[rule]]['totals']
        votes = min((totals[one] for one in official['winners']), default=0)
        found['majority'] = _compared(asked['majority'], bases, votes)
    return found
def _compared(asked, bases, has):
    share = Fraction(asked['share']) * bases[asked['of']]
    needs = max(1, floor(share) + 1 if asked.get('more') else ceil(share))
    return {'has': has, 'needs': needs, 'met': has >= needs}

# methods/ledger/boxes.py: Ballots as the package publishes them, and the result that follows from them: what the server and an outsider do.
ONE = ('single', 'consent')
COLUMNS = ('channel', 'cell')
ADDED = ('plurality', 'consent', 'approval', 'quadratic')
PAIRS = ('schulze', 'ranked_pairs', 'minimax')
class Paper(NamedTuple):
    question: str
    commitment: str
    nonce: str
    ballot: str
    channel: str = ''
    cell: str = ''
def read_ballot(kind, text):
    value = json.loads(text)
    if not value:
        return None
    if isinstance(value, dict):
        return value
    if kind in ONE:
        return value[0]
    if kind == 'ranking':
        return tuple((tuple(rank) if isinstance(rank, list) else rank for rank in value))
    return frozenset(value)
def count_box(question, papers, seed):
    sums = Counter((paper.ballot for paper in papers))
    if not question['rule']:
        return {'turnout': sums.total(), 'answers': dict(sums)}
    options = [option['key'] for option in question['options']]
    ballots = ((read_ballot(question['kind'], text), number) for text, number in sums.items())
    return count(question['rule'], options, ballots, {**question['settings'], 'seed': seed}).as_dict()
def result_of_box(rules, question, papers, aside, seed, roll=None):
    counts = [paper for paper in papers if paper.commitment not in aside]
    official = count_box(question, counts, seed)
    met = required(rules, question, official, roll)
    if not shows_ballots(rules, len(counts)):
        official = {name: official[name] for name in ('rule', 'winners', 'turnout') if name in official}
        met |= {name: {'met': met[name]['met']} for name in met if name == 'majority'}
    result = {'official': official} | ({'requirements': met} if met else {})
    if not shows_ballots(rules, len(counts)):
        return result
    for column in COLUMNS:
        names = sorted({getattr(paper, column) for paper in counts} - {''})
        parts = {name: [paper for paper in counts if getattr(paper, column) == name] for name in names}
        if parts:
            result[column] = {name: count_box(question, part, seed) for name, part in parts.items()}
    if len(counts) < len(papers) and opens_aside(rules, len(papers) - len(counts), len(counts)):
        result['with_set_aside'] = count_box(question, papers, seed)
    return result
def follows_from_sums(question, official, seed):
    rule, matrix, settings = (question['rule'], official.get('matrix'), {**question['settings'], 'seed': seed})
    if rule in PAIRS and matrix:
        best = [one for one, row in matrix.items() if all((votes > matrix[other][one] for other, votes in row.items()))]
        return {'winners': best} if best else {}
    if rule not in ADDED or not official.get('rounds'):
        return {}
    sums = official['rounds'][0]['totals'].items()
    shape = {'approval': lambda one: frozenset([one]), 'quadratic': lambda one: {one: 1}}.get(rule, str)
    ballots = [(shape(one), number) for one, number in sums]
    again = count(rule, [one['key'] for one in question['options']], ballots, settings)
    return {name: again.as_dict()[name] for name in ('winners', 'ranking', 'ties')}
def shows_ballots(rules, ballots):
    return rules['mode'] == 'open' or ballots >= BATCH
def opens_aside(rules, aside, counts):
    return rules['mode'] == 'open' or min(aside, counts) >= BATCH

# methods/ledger/wrong.py: The first thing that is wrong, in Indonesian and English. Refuses to go on: what follows would rest on it.
class Wrong(Exception):
    def __init__(self, file, indonesian, english, number=0):
        self.file, self.indonesian, self.number = (file, indonesian, number)
        super().__init__(f'{file}: {english}')
def need(holds, file, indonesian, english, number=0):
    if not holds:
        raise Wrong(file, indonesian, english, number)

# methods/ledger/chain.py: Reading the chain: every link, every hash, and what may follow what; the first wrong entry is named.
LEDGER = 'ledger.jsonl'
NOTHING = {'kind': None}
FACTS = {
    'opening': {'poll', 'rules', 'roll'},
    'batch': {'question', 'commitments'},
    'replaced': {'question', 'withdrawn'},
    'closed': {'boxes', 'set_aside'},
    'counted': {'result', 'ballots', 'listed', 'value', 'seed', 'version'},
}
FOLLOWS = {
    None: ('opening',),
    'opening': ('batch', 'closed'),
    'batch': ('batch', 'replaced', 'closed'),
    'replaced': ('batch', 'closed'),
    'closed': ('counted',),
    'counted': (),
}
@dataclass
class Chain:
    entries: list[Entry] = field(default_factory=list)
    listed: dict[str, tuple[str, int]] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)
    @property
    def heads(self):
        return [entry['hash'] for entry in self.entries]
    @property
    def head(self):
        return str(self.entries[-1]['hash']) if self.entries else GENESIS
    @property
    def set_aside(self):
        return set(self.the('closed').get('set_aside', ()))
    def the(self, kind):
        return next((entry for entry in self.entries if entry['kind'] == kind), {})
    def box(self, question):
        return {code for code, (of, _) in self.listed.items() if of == question} - self.withdrawn
def verify(lines):
    chain = Chain()
    for number, line in enumerate(lines, start=1):
        try:
            entry = json.loads(line)
            as_written = canonical(entry) == line
        except (ValueError, RecursionError):
            as_written, entry = (False, {})
        _need(as_written and isinstance(entry, dict), number, 'bukan JSON kanonis.', 'it is not canonical JSON.')
        whole = entry.get('hash') == hash_of(entry)
        _need(whole, number, 'hash-nya bukan hash isinya.', 'its hash is not that of its content.')
        follows = entry.get('previous') == chain.head
        _need(follows, number, 'tidak menyambung catatan sebelumnya.', 'it does not continue the entry before.')
        try:
            _take(chain, entry, number)
        except (AttributeError, IndexError, KeyError, TypeError):
            _need(False, number, 'isinya tidak terbaca.', 'its content cannot be read.')
        chain.entries.append(entry)
    return chain
def _take(chain, entry, number):
    kind, before = (entry['kind'], chain.entries[-1] if chain.entries else NOTHING)
    _need(kind in FOLLOWS[before['kind']], number, f'{kind} tidak boleh ada di sini.', f'{kind} may not stand here.')
    complete = set(entry) == FACTS[kind] | {'kind', 'previous', 'hash'}
    _need(complete, number, 'isinya kurang atau lebih.', 'it holds too little or too much.')
    if kind == 'batch':
        codes = _codes(entry['commitments'], number)
        fits = codes and entry['question'] not in chain.ended and chain.listed.keys().isdisjoint(codes)
        _need(fits, number, 'kelompok ini berulang atau sesudah yang terakhir.', 'it repeats, or follows the last batch.')
        if len(codes) < BATCH:
            chain.ended.add(entry['question'])
        chain.listed.update(dict.fromkeys(codes, (entry['question'], number)))
    elif kind == 'replaced':
        codes = _codes(entry['withdrawn'], number)
        fits = entry['question'] == before['question'] and len(codes) <= len(before['commitments'])
        older = (chain.listed.get(code, ('', number)) for code in codes if code not in chain.withdrawn)
        fits = fits and [of for of, at in older if at < number - 1] == [entry['question']] * len(codes)
        _need(fits, number, 'menarik yang tidak diganti.', 'it withdraws what was not replaced.')
        chain.withdrawn.update(codes)
    elif kind == 'closed':
        questions = {of for of, _ in chain.listed.values()} | set(entry['boxes'])
        fits = entry['boxes'] == {question: len(chain.box(question)) for question in questions}
        _need(fits, number, 'jumlah surat suara tidak cocok.', 'the numbers of ballots do not fit.')
        standing = chain.listed.keys() - chain.withdrawn
        fits = standing.issuperset(_codes(entry['set_aside'], number))
        _need(fits, number, 'menyisihkan yang tidak ada.', 'it sets aside what is not there.')
    elif kind == 'counted':
        fits = entry['seed'] == lot_seed(chain.head, entry['value'])
        _need(fits, number, 'benih undian tidak cocok.', 'the seed is not the closing head and the public value.')
def _codes(codes, number):
    fits = codes == sorted(set(codes)) and all((len(code) == 64 for code in codes))
    _need(fits, number, 'komitmennya tidak urut.', 'its commitments are not in order.')
    return codes
def _need(holds, number, indonesian, english):
    need(holds, LEDGER, f'catatan {number}: {indonesian}', f'entry {number}: {english}', number)

# methods/ledger/recounting.py: Counting a package again: chain, codes, count, ties and lot. `recount.py` is made from this and all it calls.
recounting_RULES = 'rules.json'
BALLOTS = 'ballots.csv'
RESULT = 'result.json'
PROGRAM = 'recount.py'
WORDS = {'quorum': 'kuorum / quorum', 'majority': 'mayoritas / majority'}
def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    own = Path(__file__).resolve().parent
    parser.add_argument('package', nargs='?', default=own, type=Path, help='folder atau ZIP / folder or ZIP')
    parser.add_argument('--head', default='', help='kepala rantai yang Anda lihat / a head of the chain that you saw')
    parser.add_argument('--receipt', default='', help='kode tanda terima Anda / the code of your receipt')
    try:
        chosen = parser.parse_args(arguments)
        said, complete = check_package(read_package(chosen.package), chosen.head, chosen.receipt)
    except SystemExit as stop:
        return 64 if stop.code else 0
    except Wrong as wrong:
        print(f'SALAH: {wrong.file}: {wrong.indonesian}\nWRONG: {wrong}')
        return 1
    print('\n'.join(said))
    return 0 if complete else 2
def read_package(package):
    names = (LEDGER, recounting_RULES, BALLOTS, RESULT, PROGRAM)
    folder = package if package.is_dir() else _read(package.name, lambda: zipfile.Path(package))
    return {name: _read(name, folder.joinpath(name).read_bytes) for name in names}
def check_package(files, head='', receipt=''):
    chain = _read(LEDGER, lambda: _check_chain(files))
    rules = _read(recounting_RULES, lambda: _check_rules(files, chain))
    papers = _read(BALLOTS, lambda: _check_ballots(files, chain))
    _check_hash(PROGRAM, files, chain.the('counted')['version'])
    results, complete = _read(RESULT, lambda: _check_result(files, chain, rules, papers))
    opened = sum((bool(paper.nonce) for paper in papers))
    said = [f'Semua cocok: {opened} surat suara dihitung ulang. / All holds: {opened} ballots were counted again.']
    if not complete:
        said = [f'{len(papers) - opened} surat suara tidak dibuka, jadi tidak dapat dihitung ulang; selebihnya cocok.']
        said += [f'{len(papers) - opened} ballots are not opened and cannot be counted again; all else holds.']
    said += _read(RESULT, lambda: _say_results(rules, results, chain.the('counted')['value']))
    said += _look_up(chain, head.strip().lower(), receipt)
    return ([*said, f'Kepala rantai, bandingkan! / Head of the chain, compare it! {chain.head}'], complete)
def _check_chain(files):
    text = files[LEDGER].decode('ascii')
    need(text.endswith('\n'), LEDGER, 'baris terakhir terpotong.', 'its last line is cut off.')
    chain = verify(text[:-1].split('\n'))
    need(chain.the('counted'), LEDGER, 'belum dihitung.', 'the poll has not been counted yet.')
    return chain
def _check_rules(files, chain):
    opening = chain.the('opening')
    _check_hash(recounting_RULES, files, opening['rules'])
    rules = json.loads(files[recounting_RULES])
    need(rules['poll'] == opening['poll'], recounting_RULES, 'milik pemungutan suara lain.', "it is another poll's.")
    keys = {question['key'] for question in rules['questions'] if question['kind'] != 'text'}
    fits = keys.issuperset(chain.the('closed')['boxes'])
    need(fits, recounting_RULES, 'ada kotak tanpa pertanyaan.', 'there is a box without a question.')
    counts = [len(chain.box(key) - chain.set_aside) for key in keys]
    roll, most = (opening['roll']['size'], max(counts, default=0))
    need(roll is None or most <= roll, LEDGER, 'surat suara melebihi daftar.', 'there are more ballots than voters.')
    return rules
def _check_ballots(files, chain):
    head, *rows = csv.reader(io.StringIO(files[BALLOTS].decode(), newline=''), strict=True)
    need(tuple(head) == Paper._fields, BALLOTS, 'judul kolomnya lain.', 'its columns have other names.')
    papers = [Paper(*row) for row in rows]
    codes = [paper.commitment for paper in papers]
    standing = {code: of for code, (of, _) in chain.listed.items() if code not in chain.withdrawn}
    for row, paper in enumerate(papers, start=2):
        there = standing.get(paper.commitment) == paper.question
        _need_row(there, row, 'tidak ada di kotak ini.', 'it is not in this box.')
        same = not (paper.nonce or paper.ballot) or commitment(paper.ballot, paper.nonce) == paper.commitment
        _need_row(same, row, 'surat suara tidak cocok dengan komitmen.', 'the ballot is not the one committed to.')
    need(codes == sorted(standing), BALLOTS, 'kurang, berlebih, atau tidak urut.', 'rows are missing or out of order.')
    counted = chain.the('counted')
    _check_hash(BALLOTS, files, counted['listed'], counted['ballots'])
    return papers
def _check_result(files, chain, rules, papers):
    counted, aside, complete = (chain.the('counted'), chain.set_aside, True)
    roll = chain.the('opening')['roll']['size']
    _check_hash(RESULT, files, counted['result'])
    given = json.loads(files[RESULT])['questions']
    found = {}
    for question in (one for one in rules['questions'] if one['kind'] != 'text'):
        key = question['key']
        box = [paper for paper in papers if paper.question == key]
        counts = [paper for paper in box if paper.commitment not in aside]
        opened = all((paper.nonce for paper in counts))
        promised = rules['publication'] == 'full' and shows_ballots(rules, len(counts))
        need(opened or not promised, BALLOTS, f'{key}: ada yang tidak dibuka.', f'{key}: some are not opened.')
        if opened:
            found[key] = result_of_box(rules, question, box, aside, counted['seed'], roll)
        else:
            complete, found[key] = (False, given[key])
            official = given[key]['official']
            parts = [official.get(part) for part in ('valid', 'blank', 'invalid')]
            fits = official['turnout'] == len(counts) and (None in parts or sum(parts) == len(counts))
            need(fits, RESULT, f'{key}: jumlahnya tidak cocok.', f'{key}: its numbers do not add up.')
            known = follows_from_sums(question, official, counted['seed'])
            met = required(rules, question, official, roll)
            fits = known == {name: official[name] for name in known}
            fits = fits and met == {name: given[key]['requirements'][name] for name in met}
            need(fits, RESULT, f'{key}: bukan itu yang mengikuti angkanya.', f'{key}: its sums say otherwise.')
        same = canonical(found[key]) == canonical(given[key])
        need(same, RESULT, f'{key}: hitungan ulang berbeda.', f'{key}: counting again gives another result.')
    same = written({'poll': rules['poll'], 'questions': found}) == files[RESULT]
    need(same, RESULT, 'memuat yang tidak dihitung.', 'it holds what was not counted.')
    return (found, complete)
def _say_results(rules, results, value):
    said = []
    for question in (one for one in rules['questions'] if one['key'] in results):
        official = results[question['key']]['official']
        words = {option['key']: option['text'] for option in question['options']}
        names = ', '.join((words[key] for key in official.get('winners', ()))) or '–'
        lot = any((tie['how'] == 'lot' for tie in official.get('ties', ())))
        said.append(f"{question['text'] or question['key']}: {names} ({official['turnout']})")
        for name, fact in results[question['key']].get('requirements', {}).items():
            met = 'tercapai / met' if fact['met'] else 'tidak tercapai / not met'
            said.append(f"  {WORDS[name]}: {met} {fact.get('has', '')}/{fact.get('needs', '')}")
        said += [f"  undian dengan nilai publik / lot with the public value: {value or '–'}"] if lot else []
    return said
def _look_up(chain, head, receipt):
    known = [code for code in chain.listed if receipt and is_receipt_of(receipt, code)]
    need(not head or head in chain.heads, LEDGER, 'kepala itu tidak dikenal.', 'that head is not in this chain.')
    need(not receipt or known, LEDGER, 'tanda terima itu tidak tercatat.', 'that receipt is not listed.')
    said = [f'Kepala itu catatan ke- / That head is entry {chain.heads.index(head) + 1}.'] if head else []
    for code in known:
        state = 'disisihkan / set aside' if code in chain.set_aside else 'dihitung / counted'
        state = 'diganti / replaced by a newer vote' if code in chain.withdrawn else state
        said.append(f'Tanda terima itu / That receipt: {state} ({code}).')
    return said
def _read(file, check):
    try:
        return check()
    except Wrong:
        raise
    except Exception as problem:
        raise Wrong(file, f'tidak terbaca: {problem!r}', f'it cannot be read: {problem!r}') from problem
def _check_hash(name, files, *wanted):
    same = digest(files[name]) in wanted
    need(same, name, 'berubah: hash-nya bukan yang di rantai.', 'it was changed: its hash is not the one in the chain.')
def _need_row(holds, row, indonesian, english):
    need(holds, BALLOTS, f'baris {row}: {indonesian}', f'row {row}: {english}', row)


if not __package__:
    if sys.version_info < (3, 10):
        print('Perlu / needs Python 3.10+')
        sys.exit(64)
    sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(main())
