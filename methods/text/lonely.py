"""Finds contributions that are unlike all others although they stand in a theme: an average would swallow them.

What is compared with others of its theme by meaning, and with everything by words, is lonely where both find nothing
near by anybody else. Promises: the same input gives the same ids; nobody is lonely because of texts of their own.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from methods.text.corpus import Corpus
from methods.text.normal import comparable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

BESIDE = 1000  # passages of a group with which each of it is compared; in greater groups every second, third, …
SOUGHT = 6  # so many times as many as are wanted are compared by words too
FEW, FEW_SHARE = 40, 0.1  # in small corpora so many are shown, and no greater share of them
COMMON, MANY = 0.1, 1000  # words in a greater share of texts, or in more texts, tell nothing


def find_lonely(
    corpus: Corpus, vectors: NDArray[np.float32], labels: NDArray[np.int64], share: float
) -> tuple[str, ...]:
    """Ids of the `share` of distinct texts that are least like any other, the loneliest first; of few texts some more.

    `vectors` (n × d, rows of length one) and `labels` (group of each row) are those of `corpus.passages`.
    """
    import numpy as np

    originals = [key for key in corpus.texts if key not in corpus.copies.of]
    wanted = round(max(share * len(originals), min(FEW, FEW_SHARE * len(originals))))
    if not wanted:
        return ()
    place = {key: number for number, key in enumerate(originals)}
    authors: dict[str, int] = {}
    voice = np.array([authors.setdefault(corpus.texts[key].author or f"\x00{key}", len(authors)) for key in originals])
    source = np.array([place[piece.source] for piece in corpus.passages])
    meant = np.zeros(len(originals))
    np.maximum.at(meant, source, _nearest_in_group(vectors, labels, voice[source]))
    by_meaning = _order(meant)
    sought = by_meaning[: SOUGHT * wanted]
    said = _nearest_in_words((comparable(corpus.texts[key].body).split() for key in originals), sought, voice)
    ranks = np.arange(len(sought)) + _ranks(said)
    return tuple(originals[number] for number in sought[_order(ranks)][:wanted].tolist())


def _order(values: NDArray[np.float64] | NDArray[np.int64]) -> NDArray[np.int64]:
    """Places from the smallest value up; of equals the first comes first."""
    import numpy as np

    return np.argsort(values.round(4), kind="stable")


def _ranks(values: NDArray[np.float64]) -> NDArray[np.int64]:
    import numpy as np

    ranks = np.empty(len(values), dtype=np.int64)
    ranks[_order(values)] = np.arange(len(values))
    return ranks


def _nearest_in_group(
    vectors: NDArray[np.float32], labels: NDArray[np.int64], voice: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Cosine of each row to the nearest row of another voice in its group."""
    import numpy as np

    nearest = np.zeros(len(vectors))
    for label in np.unique(labels):
        rows = np.flatnonzero(labels == label)
        beside = rows[:: len(rows) // BESIDE + 1]
        for part in np.array_split(rows, len(rows) // BESIDE + 1):
            cosines = vectors[part] @ vectors[beside].T
            cosines[voice[part][:, None] == voice[beside]] = 0
            nearest[part] = cosines.max(axis=1)
    return nearest


def _nearest_in_words(
    texts: Iterable[Sequence[str]], sought: NDArray[np.int64], voice: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Cosine (TF-IDF of words) of each of the texts `sought` to the nearest text of another voice."""
    import numpy as np

    matrix = _words(texts)
    turned = matrix.T.tocsr()
    nearest = np.zeros(len(sought))
    for at, row in enumerate(sought.tolist()):
        alike = matrix[row] @ turned
        others = alike.data[voice[alike.indices] != voice[row]]
        nearest[at] = others.max(initial=0.0)
    return nearest


def _words(texts: Iterable[Sequence[str]]) -> csr_matrix:
    """TF-IDF of words, rows of length one."""
    import numpy as np
    from scipy.sparse import csr_matrix, diags
    from sklearn.preprocessing import normalize

    columns: dict[str, int] = defaultdict(lambda: len(columns))
    cells, sizes = array("i"), array("i")
    for words in texts:
        cells.extend(columns[word] for word in words)
        sizes.append(len(words))
    height, rows = len(sizes), np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    counts = csr_matrix((np.ones(len(cells), np.float32), (rows, cells)), shape=(height, max(1, len(columns))))
    counts.data = 1 + np.log(counts.data)
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    weight = np.log((1 + height) / (1 + frequency)) * (frequency <= max(3, min(MANY, COMMON * height)))
    return normalize(counts @ diags(weight.astype(np.float32))).astype(np.float32)
