"""Several languages in one corpus: which of them share words, which words they share, and what is left of a text
when the language is taken away.

Themes shall not be languages; but languages without a common word are not forced together either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

ONE_LANGUAGE = 0.95  # share from which a corpus counts as being in one language
LATENT_ONE = 0.7  # weight of the corpus's own words beside the encoder's vectors, in one language
LATENT_MIXED = 0.3  # the same where languages are mixed: words are what sets languages apart
COMMON = 0.03  # overlap of two vocabularies from which languages are of one family
AT_ONCE = 4_096  # rows that are worked on together, so that memory stays small
FEW = 5  # a language's mean counts as if this many texts of no direction were added
LEAST = 0.05  # weight of a word that one language alone uses where many are spoken evenly


def families(counts: csr_matrix, languages: Sequence[str]) -> NDArray[np.int64]:
    """For each row the number of its family: languages whose vocabularies overlap.

    The overlap of two languages is the sum over words of the smaller of their two shares. A language of
    Indonesia overlaps its nearest by 0.10 to 0.22, Indonesian and English overlap by 0.01 to 0.02, either and
    Chinese not at all. Languages come in order of their size, and each joins the one it overlaps most: a few
    stray texts bridge nothing.
    """
    import numpy as np

    names, rows = np.unique(np.array(languages, dtype=str), return_inverse=True)
    sizes = np.bincount(rows, minlength=len(names))
    shares = np.zeros((len(names), counts.shape[1]), dtype=np.float32)
    family = np.zeros(len(names), dtype=np.int64)
    placed: list[int] = []
    for number in sorted(range(len(names)), key=lambda number: (-sizes[number], number)):
        used = np.asarray(counts[rows == number].sum(axis=0)).ravel()
        shares[number] = used / max(1.0, float(used.sum()))
        overlap = [float(np.minimum(shares[number], shares[other]).sum()) for other in placed]
        best = int(np.argmax(overlap)) if placed else -1
        joins = best >= 0 and overlap[best] > COMMON
        family[number] = family[placed[best]] if joins else len(set(family[placed].tolist()))
        placed.append(number)
    return family[rows]


def shared(matrix: csr_matrix, languages: Sequence[str]) -> NDArray[np.float64]:
    """A weight between 0.05 and 1 for each column: how evenly the languages of its rows use it.

    The more one language prevails, the less a column's absence from the others says, and the nearer all are to 1.
    """
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
    alike = float(((sizes / sizes.sum()) ** 2).sum())
    floor = min(1.0, max(LEAST, 2 * alike - 0.8))
    weights: NDArray[np.float64] = np.clip(entropy / np.log(2), floor, 1.0)
    return weights


def one_language(languages: Sequence[str]) -> bool:
    """Whether nearly all of `languages` are the same."""
    return max(Counter(languages).values(), default=0) >= ONE_LANGUAGE * len(languages)


def blend(both: NDArray[np.float16], width: int, languages: Sequence[str]) -> None:
    """Makes rows of length one of an encoder's vectors, the first `width` numbers of each row, and of those of the
    corpus's own words beside them (latent semantic analysis).

    Both lose the mean of their language first. The words weigh less where languages are mixed.
    """
    import numpy as np
    from sklearn.preprocessing import normalize

    weight = np.float32(LATENT_ONE if one_language(languages) else LATENT_MIXED)
    _centre(both[:, :width], languages, always=True)
    _centre(both[:, width:], languages, always=False)
    for begin in range(0, len(both), AT_ONCE):
        rows = both[begin : begin + AT_ONCE].astype(np.float32)
        rows[:, width:] *= weight
        both[begin : begin + AT_ONCE] = normalize(rows, copy=False)


def centre_languages(vectors: NDArray[np.float16], languages: Sequence[str]) -> None:
    """Takes each language's mean (shrunk for few texts) away from its rows, which get length one (or are still zero).

    Where there is one language only, its mean stays.
    """
    _centre(vectors, languages, always=False)


def _centre(vectors: NDArray[np.float16], languages: Sequence[str], *, always: bool) -> None:
    """Centres the rows in place. `always` takes a lone language's mean too: an encoder's says what all texts share."""
    import numpy as np
    from sklearn.preprocessing import normalize

    names, rows = np.unique(np.array(languages), return_inverse=True)
    pieces = [slice(begin, begin + AT_ONCE) for begin in range(0, len(vectors), AT_ONCE)]
    means = np.zeros((len(names), vectors.shape[1]), dtype=np.float32)
    if always or len(names) > 1:
        told = np.zeros(len(names), dtype=np.float32)
        for piece in pieces:
            some = vectors[piece].astype(np.float32)
            means += sums(some, rows[piece], np.ones(len(some)), len(names)).astype(np.float32)
            told += np.bincount(rows[piece][some.any(axis=1)], minlength=len(names)).astype(np.float32)
        means /= (told + FEW)[:, None]
    for piece in pieces:
        some = vectors[piece].astype(np.float32)
        told_of = np.asarray(some.any(axis=1))
        some -= means[rows[piece]] * told_of[:, None]
        vectors[piece] = normalize(some, copy=False)


def sums(
    rows: NDArray[np.float32], kinds: NDArray[np.int64], weights: NDArray[np.float64], number: int
) -> NDArray[np.float64]:
    """For each of `number` kinds the weighted sum of its rows."""
    import numpy as np
    from scipy.sparse import csr_matrix

    together = csr_matrix((weights, (kinds, np.arange(len(rows)))), shape=(number, len(rows)))
    return np.asarray(together @ rows)
