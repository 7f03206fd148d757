"""Answers that are numbers: median, mean and how they are spread. They decide nothing; no rule counts them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from polls.models import Question

BINS = 10


@dataclass(frozen=True)
class Bin:
    """Numbers from `low` to below `high` (the last one: to `high`), and how many there are. tenths: of the fullest."""

    low: Decimal
    high: Decimal
    count: int
    tenths: int


@dataclass(frozen=True)
class Numbers:
    """What is shown of numbers: how many answered and did not, the middle one, the mean, and bins of equal width."""

    valid: int
    blank: int
    median: Decimal
    mean: Decimal
    bins: list[Bin]


def summarise(sums: Mapping[str, int], low: Decimal, high: Decimal) -> Numbers:
    """Numbers between `low` and `high`. sums: papers (canonical JSON) with how many people wrote them.

    >>> found = summarise({"2": 3, "10": 1, "[]": 2}, Decimal(0), Decimal(10))
    >>> found.valid, found.blank, found.median, found.mean, [one.count for one in found.bins][2]
    (4, 2, Decimal('2'), Decimal('4'), 3)
    """
    given = sorted(
        (Decimal(number), count)
        for text, count in sums.items()
        if not isinstance(number := json.loads(text, parse_float=Decimal, parse_int=Decimal), list)
    )
    valid = sum(count for _number, count in given)
    blank = sum(sums.values()) - valid
    if not valid:
        return Numbers(0, blank, Decimal(0), Decimal(0), [])
    middle = (_at(given, (valid - 1) // 2) + _at(given, valid // 2)) / 2
    mean = sum((number * count for number, count in given), Decimal(0)) / valid
    return Numbers(valid, blank, middle, mean, _bins(given, low, high))


def numbers_of(question: Question, sums: Mapping[str, int]) -> Numbers:
    """The numbers that were written as answers to `question`. sums: as in `summarise`."""
    low, high = (Decimal(str(question.settings[name])) for name in ("low", "high"))
    return summarise(sums, low, high)


def _at(given: list[tuple[Decimal, int]], place: int) -> Decimal:
    for number, count in given:
        if place < count:
            return number
        place -= count
    return given[-1][0]


def _bins(given: list[tuple[Decimal, int]], low: Decimal, high: Decimal) -> list[Bin]:
    width = (high - low) / BINS
    counts = [0] * BINS
    for number, count in given:
        counts[min(int((number - low) / width), BINS - 1)] += count
    most = max(counts)
    return [
        Bin(low + width * place, low + width * (place + 1), count, round(count * 1000 / most))
        for place, count in enumerate(counts)
    ]
