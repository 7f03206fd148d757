"""A sample drawn per stratum, and what its checks say of the whole.

Sources: W. G. Cochran, Sampling Techniques (3rd edition, 1977), chapter 5: the stratified estimate and its variance;
E. B. Wilson (JASA 22, 1927): the interval of a share; E. L. Korn and B. I. Graubard (Survey Methodology 24, 1998):
the size of a simple sample that would be as exact, with which an interval is made for a stratified one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import sqrt

NORMAL_95 = 1.959964


@dataclass(frozen=True, slots=True)
class Stratum:
    """A part of the whole: `size` members, of which `checked` were checked and `right` found right (halves allowed)."""

    size: int
    checked: int
    right: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share of the whole and its interval, all 0 to 1, from `n` checks."""

    share: float
    low: float
    high: float
    n: int


def draw(strata: Mapping[str, Sequence[str]], *, each: int, seed: int | str) -> dict[str, tuple[str, ...]]:
    """`each` ids of every stratum (all, where there are fewer), sorted; strata in the order they came in.

    The order is that of a hash over seed, stratum and id: the same seed draws the same ids from the same members
    in any order, and a larger `each` keeps those already drawn.

    >>> draw({"bus": ["1", "2"], "": ["3"]}, each=2, seed=1)
    {'bus': ('1', '2'), '': ('3',)}
    """

    def lot(stratum: str, member: str) -> bytes:
        return sha256(f"{seed}\x00{stratum}\x00{member}".encode("utf-8", "surrogatepass")).digest()

    return {
        name: tuple(sorted(sorted(set(members), key=lambda member, name=name: lot(name, member))[: max(each, 0)]))  # type: ignore[misc]
        for name, members in strata.items()
    }


def estimate(strata: Iterable[Stratum], *, z: float = NORMAL_95) -> Estimate | None:
    """The share that is right in all `strata`, each weighted by its size; None when nothing was checked.

    Strata of which nothing was checked are left out of the weights. The interval is Wilson's with the effective
    number of checks. In a stratum's variance its share is drawn towards one half by z² pseudo-checks, so that
    three right of three do not pass for certainty; strata that were read whole add no variance.
    Raises ValueError when more are right than checked, or more checked than there are.

    >>> estimate([Stratum(size=100_000, checked=100, right=90)])
    Estimate(share=0.9, low=0.8257, high=0.9448, n=100)
    """
    known = [stratum for stratum in strata if stratum.checked]
    for stratum in known:
        if not 0 <= stratum.right <= stratum.checked <= stratum.size:
            raise ValueError(f"impossible counts: {stratum}")
    if not known:
        return None
    whole, checks = sum(stratum.size for stratum in known), sum(stratum.checked for stratum in known)
    share = sum(stratum.size * stratum.right / stratum.checked for stratum in known) / whole
    if checks == whole:
        return Estimate(round(share, 4), round(share, 4), round(share, 4), checks)
    n = _as_simple(known, whole, z)
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low, high = max(0.0, centre - half), min(1.0, centre + half)
    return Estimate(round(share, 4), round(min(low, share), 4), round(max(high, share), 4), checks)


def _as_simple(strata: Sequence[Stratum], whole: int, z: float) -> float:
    """How many checks of a simple random sample would be as exact as these."""
    variance, shares = 0.0, 0.0
    for stratum in strata:
        weight = stratum.size / whole
        drawn = (stratum.right + z * z / 2) / (stratum.checked + z * z)
        unread = 1 - stratum.checked / stratum.size
        variance += weight * weight * unread * drawn * (1 - drawn) / stratum.checked
        shares += weight * drawn
    return shares * (1 - shares) / variance
