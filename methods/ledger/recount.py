"""Menghitung ulang pemungutan suara Rembuk. / Recounts a poll of Rembuk.
Python 3.11+, tanpa jaringan / no network.

0  semua cocok / all holds
1  ada yang salah, yang pertama disebut / something is wrong, the first is named
2  surat suara tidak diumumkan, selebihnya cocok / ballots are not published, all else holds
"""
# Made by methods/ledger/making.py from the sources named below. / Dibuat dari sumber yang disebut di bawah.
from __future__ import annotations
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import combinations, permutations, product
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple
import argparse
import csv
import io
import json
import sys
import zipfile

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
def add_up(ballots, read, count_invalid=False):
    raw = {}
    invalid = 0
    for ballot, weight in ballots:
        try:
            if weight.__class__ is not int or weight < 0:
                raise BallotError(ballot, f'weight {weight!r} is not a whole number of 0 or more')
            raw[ballot] = raw.get(ballot, 0) + weight
        except TypeError:
            if not count_invalid:
                raise BallotError(ballot, 'is not a ballot') from None
            invalid += weight
        except BallotError:
            if not count_invalid:
                raise
            invalid += 1
    sums = {}
    blank = 0
    for ballot, weight in raw.items():
        try:
            meant = read(ballot)
        except BallotError:
            if not count_invalid:
                raise
            invalid += weight
            continue
        if meant is None:
            blank += weight
        elif weight:
            sums[meant] = sums.get(meant, 0) + weight
    return Box(sums, blank, invalid)
def is_tidy(ballot, known):
    return isinstance(ballot, tuple) and 0 < len(ballot) == len(set(ballot)) and known.issuperset(ballot)
def ranks_of(ballot, known):
    if ballot is None:
        return ()
    if not isinstance(ballot, tuple):
        raise BallotError(ballot, 'is not a ranking (a tuple of ids, best first)')
    ranks = []
    for rank in ballot:
        ids = () if rank is None else rank if isinstance(rank, tuple) else (rank,)
        for option in ids:
            if option not in known:
                raise BallotError(ballot, f'unknown option {option!r}')
        ranks.append(ids if len(ids) < 2 else tuple(sorted(set(ids))))
    return tuple(ranks)
def preferences(ballot, known, settings):
    if is_tidy(ballot, known):
        return ballot
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

# methods/counting/outcome.py: What a count gives: who won, and all of its working, so that every figure can be followed by hand.
@dataclass(frozen=True)
class Round:
    totals: Mapping[str, int]
    elected: tuple[str, ...] = ()
    eliminated: tuple[str, ...] = ()
    transfers: Mapping[str, int] = field(default_factory=dict)
    exhausted: int = 0
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
@dataclass(frozen=True)
class Outcome:
    rule: str
    options: tuple[str, ...]
    winners: tuple[str, ...]
    ranking: tuple[tuple[str, ...], ...]
    rounds: tuple[Round, ...]
    matrix: Matrix | None
    valid: int
    blank: int
    invalid: int
    exhausted: int
    ties: tuple[Tie, ...]
    settings: Mapping[str, object]
    @property
    def turnout(self):
        return self.valid + self.blank + self.invalid
    @property
    def totals(self):
        return self.rounds[0].totals if self.rounds else {}
    def as_dict(self):
        return {'rule': self.rule, 'options': list(self.options), 'winners': list(self.winners), 'ranking': [list(group) for group in self.ranking], 'rounds': [{'totals': dict(one.totals), 'elected': list(one.elected), 'eliminated': list(one.eliminated), 'transfers': dict(one.transfers), 'exhausted': one.exhausted} for one in self.rounds], 'matrix': None if self.matrix is None else {a: dict(row) for a, row in self.matrix.items()}, 'turnout': self.turnout, 'valid': self.valid, 'blank': self.blank, 'invalid': self.invalid, 'exhausted': self.exhausted, 'ties': [{'what': tie.what, 'options': list(tie.options), 'how': tie.how, 'decided': tie.decided, 'round': tie.round, 'by_round': tie.by_round} for tie in self.ties], 'settings': dict(self.settings)}

# methods/counting/sums.py: Rules that only add up: the most votes win, and equal votes are reported as a tie, not decided.
def most_votes(totals, exhausted=0):
    levels = sorted(set(totals.values()), reverse=True)
    ranking = tuple((tuple(sorted((o for o in totals if totals[o] == level))) for level in levels))
    winners = ranking[0] if levels[0] else ()
    ties = (Tie('winner', winners, 'reported', round=1),) if len(winners) > 1 else ()
    only = Round(totals, elected=winners, exhausted=exhausted)
    return Working(winners, ranking if winners else (), (only,), None, ties)

# methods/counting/approval.py: Approval: each ballot counts for every option it names, at most `max_choices`, and the most votes win.
def read_approvals(ballot, known, settings):
    if not ballot:
        return None
    if not isinstance(ballot, frozenset):
        raise BallotError(ballot, 'is not a set of choices (a frozenset of ids)')
    unknown = ballot - known
    if unknown:
        raise BallotError(ballot, f'unknown option {min(unknown, key=repr)!r}')
    limit = settings['max_choices']
    if isinstance(limit, int) and len(ballot) > limit:
        raise BallotError(ballot, f'too many choices: {len(ballot)}, at most {limit}')
    return ballot
def tally_approval(sums, options, settings):
    totals = dict.fromkeys(options, 0)
    for ballot, weight in sums.items():
        for option in ballot:
            totals[option] += weight
    return most_votes(totals)

# methods/counting/lot.py: Breaking ties so that anybody can do it again: by earlier rounds, and by a lot drawn from a hash.
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

# methods/counting/irv.py: Instant run-off: the option with the fewest votes goes out, one at a time, and its ballots move on, until two remain.
def tally_irv(sums, options, settings):
    piles, exhausted = _first_piles(sums, options)
    rounds = []
    ties = []
    out = []
    totals = {option: sum((weight for _, weight in pile)) for option, pile in piles.items()}
    if not any(totals.values()):
        return Working((), rounds=(Round(totals, exhausted=exhausted),))
    while len(piles) > 2:
        loser = _decide('elimination', totals, rounds, ties, settings)
        gains, lost = _move_on(piles, loser)
        rounds.append(Round(totals, eliminated=(loser,), transfers=gains, exhausted=exhausted))
        exhausted += lost
        out.append(loser)
        totals = {option: totals[option] + gains.get(option, 0) for option in piles}
    winner = _decide('winner', totals, rounds, ties, settings)
    rounds.append(Round(totals, elected=(winner,), exhausted=exhausted))
    others = [option for option in totals if option != winner]
    ranking = tuple(((option,) for option in [winner, *others, *reversed(out)]))
    return Working((winner,), ranking, tuple(rounds), None, tuple(ties))
def _first_piles(sums, options):
    piles = {option: [] for option in options}
    for ballot, weight in sums.items():
        ranking = ballot
        if ranking:
            piles[ranking[0]].append((ranking, weight))
    return (piles, sums.get((), 0))
def _decide(what, totals, rounds, ties, settings):
    edge = (min if what == 'elimination' else max)(totals.values())
    level = [option for option, votes in totals.items() if votes == edge]
    if len(level) == 1:
        return level[0]
    tie = break_tie(what, level, [one.totals for one in rounds], settings)
    ties.append(tie)
    return tie.decided
def _move_on(piles, loser):
    pile = piles.pop(loser)
    gains = dict.fromkeys(piles, 0)
    lost = 0
    for ballot, weight in pile:
        for heir in ballot:
            if heir in piles:
                piles[heir].append((ballot, weight))
                gains[heir] += weight
                break
        else:
            lost += weight
    return ({option: gain for option, gain in gains.items() if gain}, lost)

# methods/counting/pairwise.py: Comparing every two options on every ballot: the matrix on which the Condorcet rules work.
def read_order(ballot, known, settings):
    if is_tidy(ballot, known):
        return ballot
    seen = set()
    order = []
    for ids in ranks_of(ballot, known):
        fresh = tuple((option for option in ids if option not in seen))
        if fresh:
            order.append(fresh)
            seen.update(fresh)
    if all((len(ids) == 1 for ids in order)):
        return tuple((ids[0] for ids in order)) or None
    return tuple(order)
def compare(sums, options):
    named = dict.fromkeys(options, 0)
    above = dict.fromkeys(permutations(options, 2), 0)
    level = dict.fromkeys(permutations(options, 2), 0)
    for ballot, weight in sums.items():
        order = ballot
        if order[0].__class__ is str:
            for option in order:
                named[option] += weight
            for pair in combinations(order, 2):
                above[pair] += weight
        else:
            _add_shared(ballot, weight, named, above, level)
    def wins(a, b):
        both = above[a, b] + above[b, a] + level[a, b]
        return above[a, b] + named[a] - both
    return {a: {b: wins(a, b) for b in options if b != a} for a in options}
def _add_shared(order, weight, named, above, level):
    for ids in order:
        for option in ids:
            named[option] += weight
        for pair in permutations(ids, 2):
            level[pair] += weight
    for higher, lower in combinations(order, 2):
        for pair in product(higher, lower):
            above[pair] += weight

# methods/counting/plurality.py: Single choice: each ballot counts for one option, and the most votes win.
def read_choice(ballot, known, settings):
    if isinstance(ballot, tuple):
        ranking = preferences(ballot, known, settings)
        return None if ranking is None else ranking[:1]
    if not ballot:
        return None
    if not isinstance(ballot, str):
        raise BallotError(ballot, 'is not a single choice (one id)')
    if ballot not in known:
        raise BallotError(ballot, f'unknown option {ballot!r}')
    return (ballot,)
def tally_plurality(sums, options, settings):
    totals = {option: sums.get((option,), 0) for option in options}
    return most_votes(totals, exhausted=sums.get((), 0))

# methods/counting/schulze.py: Schulze's rule: an option wins when its strongest chain of victories over each other one is at least as strong.
def tally_schulze(sums, options, settings):
    matrix = compare(sums, options)
    if not sums:
        return Working((), matrix=matrix)
    ranking = _layers(strongest_paths(matrix))
    best = ranking[0]
    if len(best) == 1:
        return Working(best, ranking, matrix=matrix)
    decided = draw_lots(best, settings)[0]
    return Working((decided,), ranking, matrix=matrix, ties=(Tie('winner', best, 'lot', decided),))
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
def _layers(paths):
    left = sorted(paths)
    layers = []
    while left:
        best = tuple((a for a in left if all((paths[a][b] >= paths[b][a] for b in left if b != a))))
        layers.append(best)
        left = [a for a in left if a not in best]
    return tuple(layers)

# methods/counting/settings.py: Settings that are frozen when a poll opens: which exist, what they default to, what each may be.
NO_SETTINGS = MappingProxyType({})
ONE_OF = {
    'skipped': ('skip', 'exhaust', 'exhaust_two'),
    'duplicates': ('ignore', 'exhaust'),
    'overvote': ('exhaust', 'skip'),
    'invalid': ('raise', 'count'),
}
TEXTS = frozenset({'poll', 'seed'})
LIMITS = frozenset({'max_choices'})
EVERY_RULE = ('invalid',)
def freeze(names, given):
    for name, value in given.items():
        _check(name, value)
    used = sorted({*names, *EVERY_RULE})
    return MappingProxyType({name: given.get(name, _default(name)) for name in used})
def _default(name):
    if name in ONE_OF:
        return ONE_OF[name][0]
    return '' if name in TEXTS else None
def _check(name, value):
    if name in ONE_OF:
        fine, wanted = (value in ONE_OF[name], 'one of ' + ', '.join(ONE_OF[name]))
    elif name in TEXTS:
        fine, wanted = (isinstance(value, str), 'a text')
    elif name in LIMITS:
        fine = value is None or (value.__class__ is int and isinstance(value, int) and (value > 0))
        wanted = 'a whole number above 0, or None'
    else:
        raise ValueError(f'unknown setting {name!r}')
    if not fine:
        raise ValueError(f'setting {name!r} must be {wanted}, not {value!r}')

# methods/counting/door.py: The door to all rules: check options and settings, add up ballots, let the rule count, account for every ballot.
RANK_BY_RANK = ('skipped', 'duplicates', 'overvote')
LOT = ('poll', 'seed')
@dataclass(frozen=True)
class Rule:
    read: Callable[[object, frozenset[str], Settings], Hashable | None]
    tally: Callable[[Sums, tuple[str, ...], Settings], Working]
    settings: tuple[str, ...] = ()
RULES = {
    'plurality': Rule(read_choice, tally_plurality, RANK_BY_RANK),
    'approval': Rule(read_approvals, tally_approval, ('max_choices',)),
    'irv': Rule(preferences, tally_irv, RANK_BY_RANK + LOT),
    'schulze': Rule(read_order, tally_schulze, LOT),
}
def count(rule, options, ballots, settings=NO_SETTINGS):
    if rule not in RULES:
        raise ValueError(f"unknown rule {rule!r}: it is one of {', '.join(sorted(RULES))}")
    ids = tuple(sorted(options))
    known = frozenset(ids)
    if not ids or '' in known or len(known) < len(ids):
        raise ValueError('options must be ids, at least one, none empty, each named once')
    chosen = RULES[rule]
    frozen = freeze(chosen.settings, settings)
    box = add_up(ballots, lambda ballot: chosen.read(ballot, known, frozen), frozen['invalid'] == 'count')
    found = chosen.tally(box.sums, ids, frozen)
    return Outcome(rule=rule, options=ids, winners=found.winners, ranking=found.ranking, rounds=found.rounds, matrix=found.matrix, valid=sum(box.sums.values()), blank=box.blank, invalid=box.invalid, exhausted=found.rounds[-1].exhausted if found.rounds else 0, ties=found.ties, settings=frozen)

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
    if isinstance(value, dict):
        return value
    if kind in ONE:
        return value[0] if value else None
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
def result_of_box(rules, question, papers, aside, seed):
    counts = [paper for paper in papers if paper.commitment not in aside]
    official = count_box(question, counts, seed)
    if not shows_ballots(rules, len(counts)):
        return {'official': {name: official[name] for name in ('rule', 'winners', 'turnout') if name in official}}
    result = {'official': official}
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
def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    own = Path(__file__).resolve().parent
    parser.add_argument('package', nargs='?', default=own, type=Path, help='folder atau ZIP / folder or ZIP')
    parser.add_argument('--head', default='', help='kepala rantai yang Anda lihat / a head of the chain that you saw')
    parser.add_argument('--receipt', default='', help='kode tanda terima Anda / the code of your receipt')
    chosen = parser.parse_args(arguments)
    try:
        said, complete = check_package(read_package(chosen.package), chosen.head, chosen.receipt)
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
    said += _say_results(rules, results, chain.the('counted')['value'])
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
    roll, most = (opening['roll']['size'], max(chain.the('closed')['boxes'].values(), default=0))
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
            found[key] = result_of_box(rules, question, box, aside, counted['seed'])
        else:
            complete, found[key] = (False, given[key])
            official = given[key]['official']
            parts = [official.get(part) for part in ('valid', 'blank', 'invalid')]
            fits = official['turnout'] == len(counts) and (None in parts or sum(parts) == len(counts))
            need(fits, RESULT, f'{key}: jumlahnya tidak cocok.', f'{key}: its numbers do not add up.')
            known = follows_from_sums(question, official, counted['seed'])
            fits = known == {name: official[name] for name in known}
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
    sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(main())
