"""Keeps the names of themes from one build to the next, so that editors' decisions stay with their subject.

A theme keeps its id when enough of its members stayed together (Jaccard index, one global assignment); an
id that nobody inherits is never given to another subject.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256


def keep_ids(groups: Sequence[Collection[str]], previous: Mapping[str, Collection[str]], above: float) -> list[str]:
    """An id for each group of members: a previous theme's where the Jaccard index exceeds `above`, else a new one.

    >>> keep_ids([["a", "b", "c"]], {"t-1": ["a", "b"]}, 0.3)
    ['t-1']
    """
    ids: list[str | None] = [None] * len(groups)
    names = sorted(previous)
    if names and groups:
        import numpy as np
        from scipy.optimize import linear_sum_assignment

        owners: dict[str, list[int]] = {}
        for column, name in enumerate(names):
            for member in set(previous[name]):
                owners.setdefault(member, []).append(column)
        jaccard = np.zeros((len(groups), len(names)))
        for row, group in enumerate(groups):
            for member in set(group):
                for column in owners.get(member, ()):
                    jaccard[row, column] += 1
        sizes = np.array([len(set(group)) for group in groups], dtype=float)[:, None]
        others = np.array([len(set(previous[name])) for name in names], dtype=float)[None, :]
        jaccard /= np.maximum(1.0, sizes + others - jaccard)
        for row, column in zip(*linear_sum_assignment(-jaccard), strict=True):
            if jaccard[row, column] > above:
                ids[row] = names[column]
    taken = set(previous)
    final: list[str] = []
    for given, group in zip(ids, groups, strict=True):
        name = given if given is not None else _fresh(group, taken)
        taken.add(name)
        final.append(name)
    return final


def _fresh(group: Collection[str], taken: Collection[str]) -> str:
    """A new id from the members, other than all that were ever seen."""
    seed = "\x00".join(sorted(group))
    while (name := "t-" + sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()[:10]) in taken:
        seed += "\x00"
    return name
