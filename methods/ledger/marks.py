"""Marks of ballots, how they came and of which group their voters are, as far as they may be published.

Whatever is added to or taken from whatever else that is published concerns no ballot or at least ten: every pair of
marks that is left has ten, and everything published is made of such pairs. Refuses nothing; hides what would tell more.

>>> kept_marks({("web", "north"): 40, ("web", "south"): 12, ("web", ""): 3})
{('web', 'north'): ('web', 'north'), ('web', 'south'): ('web', ''), ('web', ''): ('web', '')}
"""

from collections import Counter
from collections.abc import Mapping

from methods.smallcells import LIMIT, withheld

Marks = tuple[str, str]  # channel and cell; "" where there is none, or it is hidden


def kept_marks(ballots: Mapping[Marks, int]) -> dict[Marks, Marks]:
    """What is left of each pair of marks. ballots: how many of a box bear each pair.

    A channel is hidden where it, or what is left beside those shown, has fewer than ten; then cells, the smallest
    first, until every pair has ten. With fewer than ten ballots in all nothing is left.
    """
    channels, cells = Counter[str](), Counter[str]()
    for (channel, cell), number in ballots.items():
        channels[channel] += number
        cells[cell] += number
    few, hidden = withheld(channels), {""}
    while True:
        kept = {
            (channel, cell): ("" if channel in few else channel, "" if cell in hidden else cell)
            for channel, cell in ballots
        }
        pairs = Counter[Marks]()
        for marks, number in ballots.items():
            pairs[kept[marks]] += number
        small = {cell for (_, cell), number in pairs.items() if 0 < number < LIMIT} - {""}
        left = sorted(cells.keys() - hidden, key=lambda cell: (cells[cell], cell))
        if not left or min(filter(None, pairs.values()), default=LIMIT) >= LIMIT:
            return kept
        hidden |= small or {left[0]}
