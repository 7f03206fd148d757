"""Texts as vectors: the door for encoders, and the one that needs nothing but the corpus itself.

Vectors are rounded to float16 before use, so that the last bits of a processor's arithmetic cannot move a
contribution into another theme.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from methods.text.hashing import character_ngrams
from methods.text.mixing import families, shared
from methods.text.normal import is_cjk, tokens
from methods.text.stopwords import CJK_EDGE, stem, stopwords

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix


COMMON = 0.35  # share of texts above which a column tells nothing


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
    version = "1"
    keeps = False

    def __init__(self, *, dimensions: int = 100, bits: int = 18, seed: int = 20, characters: float = 0.5) -> None:
        self.dimensions = dimensions
        self.bits = bits
        self.seed = seed
        self.characters = characters

    def embed(self, bodies: Sequence[str], languages: Sequence[str]) -> NDArray[np.float32]:
        """Rows of length one, n × at most `dimensions` a family; zero for a text that shares no word with others."""
        import numpy as np

        words = [_content_words(body, language) for body, language in zip(bodies, languages, strict=True)]
        counts, spelling = self._words(words), self._characters(words)
        family = families(counts, languages)
        blocks = []
        for number in range(int(family.max(initial=-1)) + 1):
            rows = np.flatnonzero(family == number)
            spoken = [languages[row] for row in rows.tolist()]
            part = self._reduce(_tfidf(counts[rows], spoken), _tfidf(spelling[rows], spoken))
            block = np.zeros((len(bodies), part.shape[1]), dtype=np.float32)
            block[rows] = part
            blocks.append(block)
        return np.hstack(blocks) if blocks else np.zeros((0, 1), dtype=np.float32)

    def _reduce(self, known: csr_matrix, spelt: csr_matrix) -> NDArray[np.float32]:
        """Vectors of one family's texts from their words and their spelling."""
        import numpy as np
        from scipy.sparse import hstack
        from sklearn.preprocessing import normalize
        from sklearn.utils.extmath import randomized_svd

        matrix = hstack([known, spelt * np.float32(self.characters)], format="csr", dtype=np.float32)
        rank = min(self.dimensions, max(2, matrix.shape[0] // 5), min(matrix.shape) - 1)
        if rank < 1:
            return np.zeros((matrix.shape[0], 1), dtype=np.float32)
        left, values, _ = randomized_svd(matrix, rank, n_iter=2, n_oversamples=8, random_state=self.seed)
        vectors: NDArray[np.float32] = normalize(left * values).astype(np.float32)
        vectors[np.diff(known.indptr) == 0] = 0
        return vectors

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


def _tfidf(counts: csr_matrix, languages: Sequence[str]) -> csr_matrix:
    """Rows of length one. Columns in one text only tell nothing and are left out; those in more than a third stand
    only in rows that have no other: texts that all say the same are alike, not untold.
    """
    import numpy as np
    from scipy.sparse import diags
    from sklearn.preprocessing import normalize

    height = counts.shape[0]
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    kept = np.flatnonzero(frequency >= (2 if height > 3 else 1))
    matrix = counts[:, kept].astype(np.float32)
    if not len(kept):
        return matrix
    matrix.data = 1 + np.log(matrix.data)
    rows = np.repeat(np.arange(height), np.diff(matrix.indptr))
    common = (frequency[kept] > max(3, height * COMMON))[matrix.indices]
    telling = np.bincount(rows[~common], minlength=height) > 0
    matrix.data[common & telling[rows]] = 0
    matrix.eliminate_zeros()
    weight = np.log((2 + height) / (1 + frequency[kept])) * shared(matrix, languages)
    return normalize(matrix @ diags(weight.astype(np.float32)))
