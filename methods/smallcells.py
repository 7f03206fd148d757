"""Counts of people by group, without those from which single people could be told.

A cell below the limit is withheld, and so are the smallest others until what is withheld adds up to at least the limit:
otherwise the total would give it away. Refuses negative counts.

>>> sorted(withheld({"Melati": 40, "Wetan": 12, "Utara": 3}))
['Utara', 'Wetan']
>>> withheld({"Melati": 40, "Utara": 0})
set()
"""

from collections.abc import Hashable, Mapping
from typing import TypeVar

LIMIT = 10

Key = TypeVar("Key", bound=Hashable)


def withheld(cells: Mapping[Key, int], limit: int = LIMIT) -> set[Key]:
    """The groups whose count must not be shown beside a total.

    cells: how many people are in each group. limit: from how many on a count may be shown. Empty groups may always be
    shown: nobody is in them. Raises ValueError for a negative count.
    """
    if any(count < 0 for count in cells.values()):
        raise ValueError("counts must not be negative")
    small = {key for key, count in cells.items() if 0 < count < limit}
    if not small:
        return set()
    others = sorted((key for key, count in cells.items() if count >= limit), key=lambda key: (cells[key], str(key)))
    for key in others:
        if sum(cells[one] for one in small) >= limit and len(small) > 1:
            break
        small.add(key)
    return small
