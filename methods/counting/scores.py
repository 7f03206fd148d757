"""Rules that add up scores: the highest sum, and STAR (two highest sums, then the one that more ballots prefer).

An option left unscored has the lowest score. Ties: more top scores, then the lot; STAR compares in pairs first.
Refuses to elect anyone when no ballot counts. Source of STAR: Equal Vote Coalition, its tie-breaking protocol.

>>> from methods.counting import count
>>> ballots = [({"a": 5, "b": 4}, 2), ({"b": 5, "c": 3}, 1), ({"c": 5}, 1)]
>>> count("score", "abc", ballots).winners, count("star", "abc", ballots).winners
(('b',), ('a',))
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from operator import itemgetter

from .ballots import Sums, by_weight
from .choices import groups_of
from .lot import Measure, pick_best
from .outcome import Round, Working
from .settings import Form

Histograms = Mapping[str, Mapping[int, int]]


def histograms(sums: Sums, form: Form) -> tuple[Histograms, dict[str, int]]:
    """How many ballots give each option each score, one left unscored counted with the lowest; how many left it so."""
    lowest, highest = form.settings["scale"]
    found = {option: dict.fromkeys(range(lowest, highest + 1), 0) for option in form.options}
    unscored = dict.fromkeys(form.options, 0)
    for weight, ballots in by_weight(sums).items():
        for place, option in enumerate(form.options):
            for score, number in Counter(map(itemgetter(place), ballots)).items():
                found[option][lowest if score is None else score] += number * weight
                unscored[option] += number * weight if score is None else 0
    return found, unscored


def figures_of(counts: Mapping[int, int], unscored: int) -> dict[str, object]:
    """What is shown of an option's scores: n ballots, its histogram, median, mean, share of the two top scores."""
    number = sum(counts.values())
    middle = [_score_at(counts, place) for place in ((number - 1) // 2, number // 2)]
    return {
        "n": number,
        "unscored": unscored,
        "histogram": counts,
        "median": Fraction(sum(middle), 2),
        "mean": Fraction(sum(score * votes for score, votes in counts.items()), number),
        "top_two": Fraction(sum(votes for _, votes in sorted(counts.items())[-2:]), number),
    }


def _score_at(counts: Mapping[int, int], place: int) -> int:
    for score, number in sorted(counts.items()):
        place -= number
        if place < 0:
            return score
    return 0


def _sums_and_tops(counts: Histograms) -> tuple[dict[str, int], dict[str, int]]:
    totals = {option: sum(score * number for score, number in row.items()) for option, row in counts.items()}
    return totals, {option: row[max(row)] for option, row in counts.items()}


def tally_score(sums: Sums, form: Form) -> Working:
    """The highest sum of scores wins, or as many of the highest as there are seats."""
    if not sums:
        return Working((), rounds=(Round(dict.fromkeys(form.options, 0)),))
    counts, unscored = histograms(sums, form)
    totals, tops = _sums_and_tops(counts)
    seats = min(form.settings["seats"], len(form.options))
    measures: list[Measure] = [("", lambda some: totals), ("top_scores", lambda some: tops)]
    winners, ties = pick_best("winner", seats, form.options, measures, form.settings, 1)
    ranking = groups_of({option: (totals[option], tops[option]) for option in form.options})
    only = Round(totals, elected=tuple(winners))
    figures = {option: figures_of(counts[option], unscored[option]) for option in form.options}
    return Working(tuple(winners), ranking, (only,), None, tuple(ties), figures)


def tally_star(sums: Sums, form: Form) -> Working:
    """The two highest sums, then the one of them that more ballots score higher.

    Ties for the finalists: how often ballots score one above the others that are level, then more top scores, then
    the lot; in the run-off: the higher sum, then more top scores, then the lot.
    """
    if not sums:
        return Working((), rounds=(Round(dict.fromkeys(form.options, 0)),))
    counts, unscored = histograms(sums, form)
    totals, tops = _sums_and_tops(counts)
    figures = {option: figures_of(counts[option], unscored[option]) for option in form.options}

    def pairs(some: Sequence[str]) -> dict[str, int]:
        return preferred(sums, some, form)

    first: list[Measure] = [("", lambda some: totals), ("pairs", pairs), ("top_scores", lambda some: tops)]
    number = min(2, len(form.options))
    finalists, ties = pick_best("finalist", number, form.options, first, form.settings, 1)
    others = {option: votes for option, votes in totals.items() if option not in finalists}
    start = Round(totals, eliminated=tuple(others))
    last: list[Measure] = [("", pairs), ("votes", lambda some: totals), ("top_scores", lambda some: tops)]
    (winner,), more = pick_best("winner", 1, sorted(finalists), last, form.settings, 2)
    liked = preferred(sums, finalists, form)
    end = Round(liked, elected=(winner,), exhausted=sum(sums.values()) - sum(liked.values()))
    second = tuple((option,) for option in finalists if option != winner)
    ranking = ((winner,), *second, *groups_of(others))
    return Working((winner,), ranking, (start, end), None, (*ties, *more), figures)


def preferred(sums: Sums, some: Sequence[str], form: Form) -> dict[str, int]:
    """How often ballots score each of some options above another of them."""
    lowest = form.settings["scale"][0]
    found = dict.fromkeys(some, 0)
    if len(some) == 1:
        return {
            some[0]: sum(weight for ballot, weight in sums.items() if (ballot[_place(some[0], form)] or 0) > lowest)
        }
    for weight, ballots in by_weight(sums).items():
        for one, other in combinations(some, 2):
            for pair, number in _pairs(ballots, _place(one, form), _place(other, form)):
                left, right = (lowest if score is None else score for score in pair)
                if left != right:
                    found[one if left > right else other] += number * weight
    return found


def _place(option: str, form: Form) -> int:
    return form.options.index(option)


def _pairs(
    ballots: Sequence[tuple[int | None, ...]], one: int, other: int
) -> Iterator[tuple[tuple[int | None, int | None], int]]:
    yield from Counter(map(itemgetter(one, other), ballots)).items()
