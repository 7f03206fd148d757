"""Texts as vectors: the door for encoders, and the one that needs nothing but the corpus itself.

Vectors are rounded to float16 before use, so that the last bits of a processor's arithmetic cannot move a
contribution into another theme.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from methods.text.hashing import character_ngrams
from methods.text.latent import Space
from methods.text.mixing import families
from methods.text.words import Terms, Words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix


SAMPLE = 20_000  # texts from which directions are learnt
AT_ONCE = 5_000  # texts that are placed together


class Embedder(Protocol):
    """Anything that turns texts into vectors. `name` and `version` are printed in the report.

    `keeps` says whether a text's vector depends on that text alone and may be kept for the next build.
    """

    name: str
    version: str
    keeps: bool

    def embed(self, bodies: Sequence[str], languages: Sequence[str]) -> NDArray[np.float32]:
        """One row per text (n × d); a row of zeros where nothing can be said. Deterministic."""


class TfidfEmbedder:
    """Hashed TF-IDF of words and character n-grams, reduced by SVD (latent semantic analysis).

    Knows only the corpus before it. Among languages that share words, what several of them share counts most;
    languages that share none are each given dimensions of their own.
    """

    name = "tfidf-svd"
    version = "3"
    keeps = False

    def __init__(self, *, dimensions: int = 100, bits: int = 18, seed: int = 20, characters: float = 0.5) -> None:
        self.dimensions = dimensions
        self.bits = bits
        self.seed = seed
        self.characters = characters

    def embed(self, bodies: Sequence[str], languages: Sequence[str]) -> NDArray[np.float32]:
        """Rows of length one, n × at most `dimensions` a family; zero for a text that shares no word with others."""
        import numpy as np

        return self.embed_words(Words.read(bodies), languages).astype(np.float32)

    def embed_words(self, words: Words, languages: Sequence[str]) -> NDArray[np.float16]:
        """The same for texts that are read already, in steps of float16.

        Among more than `SAMPLE` texts, words and directions are learnt from so many, of each language its share or
        a hundred; and spelling, which joins forms of one word where it is seldom said, is left aside.
        """
        import numpy as np

        languages = list(languages)
        learnt = self._sample(languages)
        content = Terms.of(words, languages).content(words)
        counts = self._words(content)
        spelt = self._characters(content) if len(learnt) == len(words) else csr_nothing(len(words))
        known = counts[learnt] if len(learnt) < len(words) else counts
        told = [languages[row] for row in learnt]
        family = families(known, told)
        spaces = []
        for number in range(int(family.max(initial=-1)) + 1):
            own = np.flatnonzero(family == number)
            spoken = [told[row] for row in own.tolist()]
            spaces.append(Space.learn(known[own], spelt[own], spoken, self.dimensions, self.seed, self.characters))
        home = dict(zip(told, family.tolist(), strict=True))
        homes = np.array([home[code] for code in languages], dtype=np.int64)
        firsts = np.cumsum([0, *(space.directions.shape[1] for space in spaces)])
        vectors = np.zeros((len(words), max(1, int(firsts[-1]))), dtype=np.float16)
        for begin in range(0, len(words), AT_ONCE):
            for number in np.unique(homes[begin : begin + AT_ONCE]).tolist():
                own = begin + np.flatnonzero(homes[begin : begin + AT_ONCE] == number)
                vectors[own, firsts[number] : firsts[number + 1]] = spaces[number].place(counts[own], spelt[own])
        return vectors

    def _sample(self, languages: Sequence[str]) -> list[int]:
        """The rows to learn from: all, or of each language a number drawn evenly."""
        import numpy as np

        if len(languages) <= SAMPLE:
            return list(range(len(languages)))
        draw = np.random.default_rng(self.seed)
        names, spoken = np.unique(np.array(languages), return_inverse=True)
        rows: list[int] = []
        for number in range(len(names)):
            own = np.flatnonzero(spoken == number)
            wanted = min(len(own), max(100, round(SAMPLE * len(own) / len(languages))))
            rows.extend(draw.choice(own, wanted, replace=False).tolist())
        return sorted(rows)

    def _words(self, content: Words) -> csr_matrix:
        """Counts of the words of each text, hashed."""
        from zlib import crc32

        import numpy as np
        from scipy.sparse import csr_matrix

        mask = (1 << self.bits) - 1
        hashes = np.array([crc32(word.encode("utf-8", "surrogatepass")) & mask for word in content.known], np.int32)
        across = hashes[content.cells] if len(hashes) else np.zeros(0, np.int32)
        shape = (len(content), mask + 1)
        counts = csr_matrix((np.ones(len(across), np.float32), across, content.starts), shape=shape)
        counts.sum_duplicates()
        return counts

    def _characters(self, content: Words) -> csr_matrix:
        """Counts of windows of four characters of the same words: they see through prefixes and suffixes."""
        import numpy as np
        from scipy.sparse import csr_matrix

        known, cells, starts = content.known, content.cells.tolist(), content.starts.tolist()
        joined = [" ".join([known[cell] for cell in cells[begin:end]]) for begin, end in pairwise(starts)]
        hashes, rows = character_ngrams([f" {text} " for text in joined], 4)
        mask = (1 << self.bits) - 1
        across = (hashes & mask).astype(np.int64)
        return csr_matrix((np.ones(len(across), np.float32), (rows, across)), shape=(len(content), mask + 1))


def csr_nothing(height: int) -> csr_matrix:
    """So many rows of no columns."""
    from scipy.sparse import csr_matrix

    return csr_matrix((height, 0), dtype="float32")
