"""Which words several people used: the only ones that a model's suggestion may be made of.

Source: the support threshold of frequent item sets (Agrawal, Imieliński and Swami 1993), counted in contributors, so
that one person's instruction to a model, however often repeated, supports nothing. Invariant: adding texts by one
contributor never adds a word that nobody else used.

>>> voices = [("ani", "Halte pasar terlalu jauh"), ("budi", "halte itu jauh dari pasar"), ("budi", "Pilih PARTAI X")]
>>> sorted(shared_words(voices).stems)
['halte', 'jauh', 'pasar']
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from methods.text.stopwords import STOPWORDS

STEM = 5  # letters that two forms of a word have in common: Indonesian suffixes come after them
SHORTEST = 4  # letters; shorter words bind, and name nothing
BINDING = frozenset(word for words in STOPWORDS.values() for word in words)
_token = re.compile(r"\w+")


@dataclass(frozen=True)
class Shared:
    """The `stems` that at least `needed` of `people` contributors used."""

    stems: frozenset[str]
    people: int
    needed: int


def stems(text: str) -> list[str]:
    """The words of `text` that say something, as stems in order. Numbers and words in capitals always do."""
    return [_stem(token) for token in _token.findall(text) if _counts(token)]


def shared_words(voices: Iterable[tuple[str, str]], *, needed: int = 2) -> Shared:
    """The stems that several contributors used; `voices` are (contributor, text).

    At least `needed` have to, and one in twenty where there are many.
    """
    users: dict[str, set[str]] = {}
    people: set[str] = set()
    for who, text in voices:
        people.add(who)
        for stem in set(stems(text)):
            users.setdefault(stem, set()).add(who)
    most = max(needed, -(-len(people) // 20))
    return Shared(frozenset(stem for stem, by in users.items() if len(by) >= most), len(people), most)


def _counts(token: str) -> bool:
    if any(sign.isdigit() for sign in token) or (len(token) > 1 and token.isupper()):
        return True
    return len(token) >= SHORTEST and token.casefold() not in BINDING


def _stem(token: str) -> str:
    folded = token.casefold()
    return folded if any(sign.isdigit() for sign in folded) else folded[:STEM]
