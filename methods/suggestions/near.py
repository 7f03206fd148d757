"""Which pairs of themes may be asked about: those that share a phrase by our own counting. A model names none.

Invariant: the pairs do not depend on what any text says to a model, only on which phrases are typical of two themes.

>>> near_pairs({"a": ["halte pasar"], "b": ["halte sekolah"], "c": ["tarif"]})
[('a', 'b')]
"""

from collections.abc import Mapping, Sequence
from itertools import combinations

from methods.suggestions.words import stems


def near_pairs(phrases: Mapping[str, Sequence[str]], most: int = 10) -> list[tuple[str, str]]:
    """Pairs of keys whose phrases share most stems, the nearest first, at most `most`; ties by key."""
    told = {key: {stem for phrase in many for stem in stems(phrase)} for key, many in sorted(phrases.items())}
    scored = []
    for first, second in combinations(told, 2):
        both, either = told[first] & told[second], told[first] | told[second]
        if both:
            scored.append((-len(both) / len(either), first, second))
    return [(first, second) for _score, first, second in sorted(scored)[:most]]
