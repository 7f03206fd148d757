"""Rules that only add up: single choice, approval, consent, and votes bought with credits.

The most votes win, and equal votes are reported as a tie, not decided. Refuses to elect anyone when no ballot counts.

>>> from methods.counting import count
>>> count("approval", ["a", "b"], [(frozenset("ab"), 2), (frozenset("b"), 1)]).winners
('b',)
>>> count("plurality", ["a", "b"], [("a", 2), ("b", 2), ("", 1)]).winners
('a', 'b')
>>> count("quadratic", ["a", "b"], [({"a": 3, "b": 1}, 1), ({"b": 2}, 2)], {"credits": 10}).totals["b"]
5
"""

from collections.abc import Mapping
from fractions import Fraction

from .ballots import Sums
from .outcome import Round, Tie, Working
from .settings import Form


def groups_of(totals: Mapping[str, object]) -> tuple[tuple[str, ...], ...]:
    """Options by their votes, most first; those with equally many stand in one group, in the order of ids.

    >>> groups_of({"a": 2, "b": 2, "c": 3})
    (('c',), ('a', 'b'))
    """
    levels: dict[object, list[str]] = {}
    for option in sorted(totals):
        levels.setdefault(totals[option], []).append(option)
    return tuple(tuple(levels[votes]) for votes in sorted(levels, reverse=True))  # type: ignore[type-var]


def most_votes(totals: Mapping[str, int], form: Form, exhausted: int = 0) -> Working:
    """The working of a count by sums. exhausted: valid ballots that count for nobody.

    With several seats whole groups are elected while they fit; the first that does not is elected too and reported
    as a tie.
    """
    if not any(totals.values()):
        return Working((), rounds=(Round(totals, exhausted=exhausted),))
    ranking = groups_of(totals)
    winners: tuple[str, ...] = ()
    ties: tuple[Tie, ...] = ()
    for group in ranking:
        seats = form.settings["seats"] - len(winners)
        if seats <= 0 or not totals[group[0]]:
            break
        winners += group
        if len(group) > seats:
            ties = (Tie("winner", group, "reported", round=1),)
    return Working(winners, ranking, (Round(totals, elected=winners, exhausted=exhausted),), None, ties)


def tally_plurality(sums: Sums, form: Form) -> Working:
    """Add up single choices; a ranked ballot counts for the first rank that is valid under the settings."""
    return most_votes({option: sums.get((option,), 0) for option in form.options}, form, sums.get((), 0))


def tally_approval(sums: Sums, form: Form) -> Working:
    """Add up approvals."""
    return most_votes(approvals(sums, form), form)


def approvals(sums: Sums, form: Form) -> dict[str, int]:
    """How many ballots name each option."""
    totals = dict.fromkeys(form.options, 0)
    for ballot, weight in sums.items():
        for option in ballot:
            totals[option] += weight
    return totals


def tally_quadratic(sums: Sums, form: Form) -> Working:
    """Add up votes; `ballots.read_credits` has seen to it that their squares cost no more than the credits."""
    totals = dict.fromkeys(form.options, 0)
    for ballot, weight in sums.items():
        for option, votes in zip(form.options, ballot, strict=True):
            totals[option] += votes * weight
    return most_votes(totals, form)


def tally_consent(sums: Sums, form: Form) -> Working:
    """A proposal passes while objections stay at or below `limit`, a share of the valid ballots.

    options: the positions, from agreement to objection; `objection` names the latter, else it is the last one. When
    it passes the first position wins, when it does not nothing does. figures: each position's share.
    """
    objection = form.settings["objection"]
    if objection not in form.known:
        raise ValueError(f"setting 'objection' must be an option, not {objection!r}")
    totals = {option: sums.get((option,), 0) for option in form.options}
    valid = sum(sums.values())
    passes = valid and Fraction(totals[objection], valid) <= Fraction(form.settings["limit"])
    winners = (next(option for option in form.given if option != objection or len(form.given) == 1),) if passes else ()
    shares = {option: {"share": Fraction(votes, valid or 1)} for option, votes in totals.items()}
    only = Round(totals, elected=winners, exhausted=sums.get((), 0))
    return Working(winners, groups_of(totals) if valid else (), (only,), figures=shares)
