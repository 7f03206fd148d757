"""Texts as vectors: the door for encoders, and the one that needs nothing but the corpus itself.

Vectors are rounded to float16 before use, so that the last bits of a processor's arithmetic cannot move a
contribution into another theme. Languages are centred, so that themes are not languages.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from methods.text.hashing import character_ngrams
from methods.text.normal import is_cjk, tokens
from methods.text.stopwords import CJK_EDGE, stem, stopwords

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

ONE_LANGUAGE = 0.95  # share from which a corpus counts as being in one language
FEW = 5  # a language's mean counts as if this many texts of no direction were added


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

    Knows only the corpus before it. Where languages are mixed, what several of them share counts most.
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
        """Rows of length one, n × at most `dimensions`; zero for a text that shares no word with any other."""
        import numpy as np
        from scipy.sparse import hstack
        from sklearn.preprocessing import normalize
        from sklearn.utils.extmath import randomized_svd

        words = [_content_words(body, language) for body, language in zip(bodies, languages, strict=True)]
        known = _tfidf(self._words(words), languages)
        spelt = _tfidf(self._characters(words), languages) * np.float32(self.characters)
        matrix = hstack([known, spelt], format="csr", dtype=np.float32)
        rank = min(self.dimensions, max(2, len(bodies) // 5), min(matrix.shape) - 1)
        if rank < 1:
            return np.zeros((len(bodies), 1), dtype=np.float32)
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
    """Rows of length one; columns in one text only, or in more than a third, tell nothing and are left out."""
    import numpy as np
    from scipy.sparse import diags
    from sklearn.preprocessing import normalize

    height = counts.shape[0]
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    kept = np.flatnonzero((frequency >= (2 if height > 3 else 1)) & (frequency <= max(3, height * 0.35)))
    matrix = counts[:, kept].astype(np.float32)
    if not len(kept):
        return matrix
    matrix.data = 1 + np.log(matrix.data)
    weight = np.log((1 + height) / (1 + frequency[kept])) * _shared(matrix, languages)
    return normalize(matrix @ diags(weight.astype(np.float32)))


def _shared(matrix: csr_matrix, languages: Sequence[str]) -> NDArray[np.float64]:
    """For each column between 0.05 and 1: how evenly the languages use it (1 throughout in one language)."""
    import numpy as np

    names, rows = np.unique(np.array(languages), return_inverse=True)
    sizes = np.bincount(rows)
    if len(names) < 2 or sizes.max() >= ONE_LANGUAGE * len(languages):
        return np.ones(matrix.shape[1])
    rates = np.zeros((len(names), matrix.shape[1]))
    present = matrix.copy()
    present.data = np.ones_like(present.data)
    for number in range(len(names)):
        rates[number] = np.asarray(present[rows == number].sum(axis=0)).ravel() / (sizes[number] + FEW)
    shares = rates / np.maximum(rates.sum(axis=0), 1e-12)
    entropy = -(shares * np.log(np.maximum(shares, 1e-12))).sum(axis=0)
    weights: NDArray[np.float64] = np.clip(entropy / np.log(2), 0.05, 1.0)
    return weights


def centre_languages(vectors: NDArray[np.float32], languages: Sequence[str]) -> NDArray[np.float32]:
    """Each language's mean subtracted (shrunk for few texts), rows of length one (or still zero), in float16 steps."""
    import numpy as np
    from sklearn.preprocessing import normalize

    rounded = vectors.astype(np.float16).astype(np.float32)
    told = rounded.any(axis=1)
    names, rows = np.unique(np.array(languages), return_inverse=True)
    if len(names) > 1:
        for number in range(len(names)):
            own = (rows == number) & told
            rounded[own] -= rounded[own].sum(axis=0) / (own.sum() + FEW)
    centred: NDArray[np.float32] = normalize(rounded).astype(np.float16).astype(np.float32)
    return centred
