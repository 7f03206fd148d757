"""How far reviewers agree: raw agreement, and Krippendorff's alpha for codes without order.

Source: K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), nominal data, any number of reviewers,
missing codes allowed. Alpha is 1 when all agree, 0 when they agree as chance would; it may be negative.

>>> krippendorff_alpha([("a", "a"), ("a", "b"), ("b", "b"), ("b", "b")], least=2)
0.5333333333333333
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

LEAST = 50  # units below which alpha says more about chance than about the reviewers


def raw_agreement(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """The share of `pairs` (two codes of one unit) that are equal, 0 to 1; None without a pair.

    >>> raw_agreement([("yes", "yes"), ("yes", "no")])
    0.5
    """
    return sum(one == other for one, other in pairs) / len(pairs) if pairs else None


def krippendorff_alpha(units: Sequence[Sequence[Hashable | None]], *, least: int = LEAST) -> float | None:
    """Krippendorff's alpha (nominal) of `units`: for each the codes that reviewers gave, None where one gave none.

    Returns None when fewer than `least` units have two codes or more, and when only one code was ever used
    (nothing could have been disagreed about, so reliability is undefined). One pass, no pair is listed.
    """
    together: Counter[Hashable] = Counter()
    pairable, disagreement = 0, 0.0
    for unit in units:
        codes = Counter(code for code in unit if code is not None)
        size = codes.total()
        if size < 2:
            continue
        pairable += 1
        together.update(codes)
        disagreement += (size * size - sum(count * count for count in codes.values())) / (size - 1)
    total = together.total()
    by_chance = total * total - sum(count * count for count in together.values())
    if pairable < least or by_chance == 0:
        return None
    return 1 - (total - 1) * disagreement / by_chance
