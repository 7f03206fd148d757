"""The single transferable vote as Scottish councils are elected: weighted inclusive Gregory transfers.

Quota floor(valid / (seats + 1)) + 1. The largest surplus moves first, every ballot of its pile at a value cut to five
decimals; without a surplus the option with the fewest votes goes out. When as many are left as seats, they are elected.
Ties: the most recent round that differs, then the lot. Refuses to elect anyone when no ballot counts. Source: Scottish
Local Government Elections Order 2007 (SSI 2007/42), schedule 1, rules 45 to 52.

>>> from methods.counting import count
>>> outcome = count("stv", "abc", [(("a", "b"), 5), (("c",), 2), (("b",), 1)], {"seats": 2})
>>> outcome.quota, outcome.winners, [dict(one.transfers) for one in outcome.rounds]
(3, ('a', 'b'), [{'b': 2}, {}])
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from .ballots import Sums, by_weight
from .choices import groups_of
from .irv import Pile, move_on
from .lot import decide, draw_lots
from .outcome import Round, Tie, Votes, Working
from .settings import Form

UNIT = 100_000  # the value of one ballot: values and votes are whole numbers of hundred-thousandths


@dataclass
class _Hall:
    """Where the count stands. parcels: for each option still in, piles of ballots with their value."""

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
    def continuing(self) -> list[str]:
        return [option for option in self.totals if option not in self.elected]


def tally_stv(sums: Sums, form: Form) -> Working:
    """Elect `seats` options. sums: weights of ballots as `ballots.read_ranking` reads them."""
    seats = form.settings["seats"]
    valid = sum(sums.values())
    heirs: dict[str, Pile] = {option: {} for option in form.options}
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
    ranking = tuple(group for votes in groups for group in groups_of(votes))
    ranking += tuple((option,) for option in reversed(hall.out))
    return Working(tuple(hall.elected), ranking, tuple(hall.rounds), None, tuple(hall.ties), quota=hall.quota)


def _elect(hall: _Hall, seats: int) -> tuple[str, ...]:
    """Elect those who reach the quota, most votes first; or all who are left when they are as many as the seats."""
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


def _next_round(hall: _Hall, fresh: tuple[str, ...]) -> None:
    """Move the largest surplus; without one, the votes of the option that has the fewest."""
    quota = hall.quota * UNIT
    surplus = {option: hall.totals[option] - quota for option in hall.elected if option in hall.parcels}
    surplus = {option: votes for option, votes in surplus.items() if votes > 0}
    standing, before = dict(hall.totals), hall.exhausted
    if surplus:
        edge = max(surplus.values())
        level = sorted(option for option, votes in surplus.items() if votes == edge)
        source, ties = decide("surplus", level, hall.history, hall.form.settings)
        gains = _transfer(hall, source, edge, hall.totals[source])
        hall.totals[source] = quota
    else:
        edge = min(hall.totals[option] for option in hall.continuing)
        level = [option for option in hall.continuing if hall.totals[option] == edge]
        source, ties = decide("elimination", level, hall.history, hall.form.settings)
        gains = _transfer(hall, source, edge, edge)
        del hall.totals[source]
        hall.out.append(source)
    hall.ties += ties
    hall.history.append(standing)
    gone, moved = (() if surplus else (source,)), (source if surplus else None)
    hall.rounds.append(Round(_shown(standing), fresh, gone, _shown(gains), _votes(before), moved))


def _transfer(hall: _Hall, source: str, part: int, whole: int) -> dict[str, int]:
    """Move a pile's ballots at part / whole of their values, cut to five decimals; what is cut or not transferable
    counts as exhausted."""
    gains: dict[str, int] = {}
    heirs = [option for option in hall.continuing if option != source]
    for value, pile in hall.parcels.pop(source):
        piles: dict[str, Pile] = {option: {} for option in heirs}
        kept = value * part // whole if whole else 0
        for option, weight in move_on(pile, piles)[0].items():
            hall.parcels[option].append((kept, piles[option]))
            gains[option] = gains.get(option, 0) + weight * kept
    for option, votes in gains.items():
        hall.totals[option] += votes
    hall.exhausted += part - sum(gains.values())
    return {option: gains[option] for option in sorted(gains)}


def _votes(units: int) -> Votes:
    return units // UNIT if units % UNIT == 0 else Fraction(units, UNIT)


def _shown(units: Mapping[str, int]) -> dict[str, Votes]:
    return {option: _votes(votes) for option, votes in units.items()}
