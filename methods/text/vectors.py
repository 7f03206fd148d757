"""Texts as vectors: the door for encoders, and the one that needs nothing but the corpus itself.

Vectors are rounded to float16 before use, so that the last bits of a processor's arithmetic cannot move a
contribution into another theme.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from methods.text.hashing import character_ngrams
from methods.text.latent import Space
from methods.text.mixing import families
from methods.text.normal import is_cjk, tokens
from methods.text.stopwords import CJK_EDGE, stem, stopwords

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix


SAMPLE = 20_000  # texts from which directions are learnt
AT_ONCE = 5_000  # texts that are counted together


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
    version = "2"
    keeps = False

    def __init__(self, *, dimensions: int = 100, bits: int = 18, seed: int = 20, characters: float = 0.5) -> None:
        self.dimensions = dimensions
        self.bits = bits
        self.seed = seed
        self.characters = characters

    def embed(self, bodies: Sequence[str], languages: Sequence[str]) -> NDArray[np.float32]:
        """Rows of length one, n × at most `dimensions` a family; zero for a text that shares no word with others.

        Among more than `SAMPLE` texts, words and directions are learnt from so many, of each language its share or
        a hundred.
        """
        import numpy as np

        languages = list(languages)
        learnt = self._sample(languages)
        known, spelt = self._count([bodies[row] for row in learnt], [languages[row] for row in learnt])
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
        vectors = np.zeros((len(bodies), max(1, int(firsts[-1]))), dtype=np.float32)
        for begin in range(0, len(bodies), AT_ONCE):
            end = min(begin + AT_ONCE, len(bodies))
            if len(learnt) < len(bodies):
                part = self._count(bodies[begin:end], languages[begin:end])
            else:
                part = known[begin:end], spelt[begin:end]
            for number in np.unique(homes[begin:end]).tolist():
                own = np.flatnonzero(homes[begin:end] == number)
                placed = spaces[number].place(part[0][own], part[1][own])
                vectors[begin + own, firsts[number] : firsts[number + 1]] = placed
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

    def _count(self, bodies: Sequence[str], languages: Sequence[str]) -> tuple[csr_matrix, csr_matrix]:
        """Counts of the words of each text, and of their spelling."""
        words = [_content_words(body, language) for body, language in zip(bodies, languages, strict=True)]
        return self._words(words), self._characters(words)

    def _words(self, words: Sequence[Sequence[str]]) -> csr_matrix:
        """Counts of words and of pairs of neighbours, hashed."""
        from zlib import crc32

        columns: dict[str, int] = {}
        mask = (1 << self.bits) - 1
        rows: list[int] = []
        cells: list[int] = []
        for row, sequence in enumerate(words):
            for word in sequence:
                column = columns.get(word)
                if column is None:
                    column = columns[word] = crc32(word.encode("utf-8", "surrogatepass")) & mask
                rows.append(row)
                cells.append(column)
        return _counts(rows, cells, len(words), mask + 1)

    def _characters(self, words: Sequence[Sequence[str]]) -> csr_matrix:
        """Counts of windows of four characters of the same words: they see through prefixes and suffixes."""
        hashes, rows = character_ngrams([f" {' '.join(sequence)} " for sequence in words], 4)
        mask = (1 << self.bits) - 1
        return _counts(rows, (hashes & mask).astype("int64"), len(words), mask + 1)


def _counts(rows: object, columns: object, height: int, width: int) -> csr_matrix:
    """A sparse matrix of how often each (row, column) occurs."""
    import numpy as np
    from scipy.sparse import csr_matrix

    down, across = np.asarray(rows, dtype=np.int64), np.asarray(columns, dtype=np.int64)
    return csr_matrix((np.ones(len(down), np.float32), (down, across)), shape=(height, width))


def _content_words(body: str, language: str) -> list[str]:
    """Words that may say something of the subject; Chinese and Japanese as pairs of characters."""
    stop = stopwords(language)
    words: list[str] = []
    for token in tokens(body.casefold()):
        if is_cjk(token):
            plain = "".join(" " if char in CJK_EDGE else char for char in token)
            for run in plain.split():
                words.extend(run[i : i + 2] for i in range(max(1, len(run) - 1)))
        elif token[0].isalpha() and len(token) > 2 and token not in stop:
            words.append(stem(token, language))
    return words
