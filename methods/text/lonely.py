"""Finds contributions that are unlike all others although they stand in a theme: an average would swallow them.

A text is lonely where neither its meaning nor its words come near to what anybody else says, wherever that stands;
and of a few words nothing near is found anyway, so that longer ones come first. Promises: the same input gives the same
ids; nobody is lonely because of texts of their own, nor with words that somebody else sends too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from methods.text.corpus import Corpus
from methods.text.words import Words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

NEAREST = 5  # so many of the nearest others say together how near others come
GLANCE, LOOK = 250, 2500  # passages, evenly taken, with which first all and then the likely ones are compared
GLANCED, LOOKED = 6, 3  # so many times as many as are wanted are likely after the glance, and after the look
WORDS = 0.5  # weight of likeness in words beside that in meaning
SHORT, TOLD = 0.3, 120  # what a text of so many letters, or of more, is thought less alike than one of none
FEW, FEW_SHARE = 40, 0.1  # in small corpora so many are shown, and no greater share of them
COMMON, MANY = 0.1, 1000  # words said more often than once in ten texts, or than a thousand times, tell nothing
AT_ONCE = 2048  # rows that are compared together


def lens_size(texts: int, share: float) -> int:
    """How many of so many distinct texts are shown as lonely: `share` of them, of few texts some more."""
    return round(max(share * texts, min(FEW, FEW_SHARE * texts)))


def find_lonely(corpus: Corpus, meant: NDArray[np.float16], share: float) -> tuple[str, ...]:
    """Ids of distinct texts, the loneliest first: three times as many as `lens_size`, for some may stand in no theme.

    `meant` (n × d, rows of length one or zero) are the vectors of `corpus.passages` as the embedder gave them: with a
    language's mean taken away the nearest of a rare subject are strangers.
    """
    import numpy as np

    of = corpus.copies.of
    originals = [key for key in corpus.texts if key not in of]
    wanted = lens_size(len(originals), share)
    if not wanted:
        return ()
    place = {key: number for number, key in enumerate(originals)}
    authors: dict[str, int] = {}
    voice = np.array([authors.setdefault(corpus.texts[key].author or f"\x00{key}", len(authors)) for key in originals])
    source = np.array([place[piece.source] for piece in corpus.passages])
    words, letters = _words(corpus.words, source, len(originals))
    told = np.minimum(TOLD, letters) * (SHORT / TOLD)
    chosen = np.array([number for number, key in enumerate(originals) if not _echoed(corpus, key)], dtype=np.int64)
    for beside, times in ((GLANCE, GLANCED), (LOOK, LOOKED)):
        rows = np.flatnonzero(np.isin(source, chosen))
        alike = np.zeros(len(originals))
        np.maximum.at(alike, source[rows], _alike_in_meaning(meant, rows, beside, voice[source]))
        chosen = chosen[_order((alike - told)[chosen])][: times * wanted]
    alike[chosen] += WORDS * _alike_in_words(words, chosen, voice)
    return tuple(originals[number] for number in chosen[_order((alike - told)[chosen])].tolist())


def _echoed(corpus: Corpus, key: str) -> bool:
    """Whether somebody else sends the same words."""
    return any(corpus.texts[each].author != corpus.texts[key].author for each in corpus.with_copies(key))


def _order(values: NDArray[np.float64]) -> NDArray[np.int64]:
    """Places from the smallest value up; of equals the first comes first."""
    import numpy as np

    return np.argsort(values.round(4), kind="stable")


def _alike_in_meaning(
    vectors: NDArray[np.float16], rows: NDArray[np.int64], beside: int, voice: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Mean cosine of each of `rows` to the nearest of another voice, among `beside` vectors and up to twice as many."""
    import numpy as np

    others = np.arange(0, len(vectors), max(1, len(vectors) // beside))
    turned = vectors[others].astype(np.float32).T
    alike = np.zeros(len(rows))
    for begin in range(0, len(rows), AT_ONCE):
        part = rows[begin : begin + AT_ONCE]
        cosines = vectors[part].astype(np.float32) @ turned
        cosines[voice[part][:, None] == voice[others]] = 0
        alike[begin : begin + AT_ONCE] = _mean_of_nearest(cosines)
    return alike


def _mean_of_nearest(cosines: NDArray[np.float32]) -> NDArray[np.float64]:
    """Of each row the mean of its greatest values; where there are fewer, the rest count as nought."""
    import numpy as np

    most = min(NEAREST, cosines.shape[1])
    greatest = np.partition(cosines, cosines.shape[1] - most, axis=1)[:, cosines.shape[1] - most :]
    return np.asarray(greatest.sum(axis=1, dtype=np.float64) / NEAREST)


def _alike_in_words(words: csr_matrix, sought: NDArray[np.int64], voice: NDArray[np.int64]) -> NDArray[np.float64]:
    """Mean cosine (TF-IDF of words) of each of the texts `sought` to the nearest texts of another voice."""
    import numpy as np

    turned = words.T.tocsr()
    alike = np.zeros(len(sought))
    for at, row in enumerate(sought.tolist()):
        found = words[row] @ turned
        others = found.data[voice[found.indices] != voice[row]]
        if len(others):
            alike[at] = _mean_of_nearest(others[None, :])[0]
    return alike


def _words(words: Words, source: NDArray[np.int64], height: int) -> tuple[csr_matrix, NDArray[np.int32]]:
    """TF-IDF of the words of `height` texts, rows of length one, and how many letters each has with the spaces between.

    `source` is the text of each row of `words`; it never falls, and no text is without.
    """
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.preprocessing import normalize

    firsts = np.append(words.starts[np.searchsorted(source, np.arange(height))], len(words.cells))
    sizes = np.array([len(word) + 1 if word[0].isalnum() else 0 for word in words.known] or [0], dtype=np.int32)
    letters = np.diff(_sums(sizes[words.cells])[firsts]) - 1
    frequency = np.bincount(words.cells, minlength=len(sizes))
    telling = (sizes > 0) & (frequency <= max(3, min(MANY, COMMON * height)))
    kept = telling[words.cells]
    cells = words.cells[kept]
    counts = csr_matrix((np.ones(len(cells), np.float32), cells, _sums(kept)[firsts]), shape=(height, len(sizes)))
    counts.sum_duplicates()
    weight = np.log((1 + height) / (1 + frequency)).clip(0)
    counts.data = (1 + np.log(counts.data)) * weight.astype(np.float32)[counts.indices]
    return normalize(counts, copy=False), letters


def _sums(numbers: NDArray[np.int32] | NDArray[np.bool_]) -> NDArray[np.int32]:
    """The sums of the first none, one, two, … of `numbers`."""
    import numpy as np

    sums = np.zeros(len(numbers) + 1, dtype=np.int32)
    np.cumsum(numbers, out=sums[1:])
    return sums
