"""A linear model over runs of one to four characters that tells the languages of Indonesia and English apart.

Method: hashed character n-grams and multinomial logistic regression (W. B. Cavnar and J. M. Trenkle, 1994, for
n-grams; K. Weinberger and others, ICML 2009, for hashing). `training` makes the weights; this module only reads
them, needs numpy alone, and refuses texts in other scripts than Latin (`language` knows those).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from methods.text.hashing import character_ngrams
from methods.text.normal import normalise

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEIGHTS = Path(__file__).with_name("letters.npz")
SIZES = (1, 2, 3, 4)
BITS = 17  # the weights of each language stand in 2 ** BITS places
SEEN_BITS = 21  # runs of four characters that training met, as a bit each
LENGTH = 240  # characters that are read: more of a text tells nothing new
_MARK = re.compile(r"[^\w']|[\d_]")
_FOLDED = "".join(chr(code) if chr(code).isalpha() or chr(code) == "'" else " " for code in range(128))
_APOSTROPHES = str.maketrans("’‘`´ʼ", "'''''")


@dataclass(frozen=True, eq=False)
class Letters:
    """The weights: `weights[place, language]`, a `bias` for each language, and one bit for each run that was `seen`."""

    languages: tuple[str, ...]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    seen: NDArray[np.uint8]

    def chances(self, folded: Sequence[str]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """For each text (see `fold`) the probability of every language, and the share of runs never seen before."""
        import numpy as np

        scores = np.zeros((len(folded), len(self.languages)), dtype=np.float32)
        counted = np.zeros(len(folded), dtype=np.float32)
        for size in SIZES:
            found, rows = places(folded, size, BITS)
            if len(rows):
                begins = np.flatnonzero(np.diff(rows, prepend=-1))
                scores[rows[begins]] += np.add.reduceat(self.weights[found], begins, axis=0)
                counted += np.bincount(rows, minlength=len(folded)).astype(np.float32)
        scores /= np.sqrt(np.maximum(counted, 1, dtype=np.float32))[:, None]
        scores += self.bias
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        return scores / scores.sum(axis=1, keepdims=True), self._strange(folded)

    def _strange(self, folded: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        found, rows = places(folded, SIZES[-1], SEEN_BITS)
        new = (self.seen[found >> 3] >> (found & 7).astype(np.uint8)) & 1 == 0
        shares = np.bincount(rows[new], minlength=len(folded)) / np.maximum(np.bincount(rows, minlength=len(folded)), 1)
        return shares.astype(np.float32)


@cache
def letters() -> Letters:
    """The trained weights, read once."""
    import numpy as np

    with np.load(WEIGHTS) as kept:
        languages = tuple(str(code) for code in kept["languages"])
        roots = kept["weights"].astype(np.float32) / 127
        weights = roots * np.abs(roots) * np.float32(kept["largest"])
        return Letters(languages, weights, kept["bias"], kept["seen"])


def fold(text: str) -> str:
    """What is compared of `text`: letters and apostrophes in small letters between single spaces.

    >>> fold("Halte-nya JAUH, 3 km!")
    ' halte nya jauh km '
    """
    plain = normalise(text[: 4 * LENGTH])[:LENGTH].casefold().translate(_APOSTROPHES)
    plain = plain.translate(_FOLDED) if plain.isascii() else _MARK.sub(" ", plain)
    return f" {' '.join(plain.split())} "


def places(folded: Sequence[str], size: int, bits: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For all runs of `size` characters their place among 2 ** `bits`, and the row of their text, rows rising."""
    import numpy as np

    hashes, rows = character_ngrams(folded, size)
    salted = (hashes ^ np.uint32(size * 0x9E3779B1 & 0xFFFFFFFF)) * np.uint32(0x85EBCA6B)
    return (salted >> np.uint32(32 - bits)).astype(np.int64), rows
