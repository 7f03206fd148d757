"""Latent semantic analysis (Deerwester and others 1990): directions learnt from some rows, and all rows in them.

Learning from a sample keeps time and memory small where there are many texts; whoever calls it draws the sample.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from methods.text.mixing import shared

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

COMMON = 0.35  # share of texts above which a column tells nothing
SPELT_BY = 1 / 2_500  # share of texts below which a run of letters is of no use for directions


@dataclass(frozen=True, eq=False)
class Columns:
    """Which columns of counts are kept, which of those are common, and what each weighs."""

    kept: NDArray[np.int64]
    common: NDArray[np.bool_]
    weight: NDArray[np.float32]

    @classmethod
    def learn(cls, counts: csr_matrix, languages: Sequence[str], least: int) -> Columns:
        """Columns of at least `least` rows (or of any, where there are no more than three rows)."""
        import numpy as np

        height = counts.shape[0]
        frequency = np.bincount(counts.indices, minlength=counts.shape[1])
        kept = np.flatnonzero(frequency >= (least if height > 3 else 1))
        columns = cls(kept, frequency[kept] > max(3, height * COMMON), np.ones(len(kept), dtype=np.float32))
        rarity = np.log((2 + height) / (1 + frequency[kept]))
        weight = rarity * shared(columns.apply(counts), languages) if len(kept) else rarity
        return cls(kept, columns.common, weight.astype(np.float32))

    def apply(self, counts: csr_matrix) -> csr_matrix:
        """TF-IDF rows of length one. Common columns stand only in rows that have no other: texts that all say the
        same are alike, not untold.
        """
        import numpy as np
        from scipy.sparse import diags
        from sklearn.preprocessing import normalize

        matrix = counts[:, self.kept].astype(np.float32)
        matrix.data = 1 + np.log(matrix.data)
        rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
        common = self.common[matrix.indices]
        telling = np.bincount(rows[~common], minlength=matrix.shape[0]) > 0
        matrix.data[common & telling[rows]] = 0
        matrix.eliminate_zeros()
        return normalize(matrix @ diags(self.weight)) if matrix.shape[1] else matrix


@dataclass(frozen=True, eq=False)
class Space:
    """Directions (columns × rank) of the words and the spelling of one family of languages."""

    words: Columns
    spelling: Columns
    directions: NDArray[np.float32]
    characters: float

    @classmethod
    def learn(
        cls,
        known: csr_matrix,
        spelt: csr_matrix,
        languages: Sequence[str],
        dimensions: int,
        seed: int,
        characters: float,
    ) -> Space:
        """The `dimensions` (or fewer) directions in which rows differ most; spelling weighs `characters` of a word."""
        import numpy as np
        from sklearn.utils.extmath import randomized_svd

        height = known.shape[0]
        words = Columns.learn(known, languages, 2)
        spelling = Columns.learn(spelt, languages, max(2, round(height * SPELT_BY)))
        flat = cls(words, spelling, np.zeros((len(words.kept) + len(spelling.kept), 1), np.float32), characters)
        matrix = flat.rows(words.apply(known), spelling.apply(spelt))
        rank = min(dimensions, max(2, height // 5), min(matrix.shape) - 1)
        if rank < 1:
            return flat
        _, _, across = randomized_svd(matrix, rank, n_iter=2, n_oversamples=8, random_state=seed)
        return cls(words, spelling, np.ascontiguousarray(across.T, dtype=np.float32), characters)

    def rows(self, words: csr_matrix, spelling: csr_matrix) -> csr_matrix:
        """Weighed words, and beside them the spelling."""
        from scipy.sparse import hstack

        return hstack([words, spelling * self.characters], format="csr", dtype="float32")

    def place(self, known: csr_matrix, spelt: csr_matrix) -> NDArray[np.float32]:
        """Rows of length one; zero where no word is known, for a likeness of letters alone says nothing."""
        import numpy as np
        from sklearn.preprocessing import normalize

        words = self.words.apply(known)
        vectors: NDArray[np.float32] = normalize(self.rows(words, self.spelling.apply(spelt)) @ self.directions)
        vectors[np.diff(words.indptr) == 0] = 0
        return vectors
