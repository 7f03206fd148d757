"""Words of many texts as numbers, read once: what is asked of a word is asked once a language, not at each place.

A word's number depends on the texts and their order alone. It refuses to judge what a text is about.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from methods.text.normal import is_cjk, tokens
from methods.text.stopwords import CJK_EDGE, stem, stopwords

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NOTHING, JOINED = -1, -2  # in place of a term's number: no word of content; characters written without spaces


@dataclass(frozen=True, eq=False)
class Words:
    """All tokens in small letters: those of a text are `cells[starts[row] : starts[row + 1]]`, numbers in `known`."""

    known: Sequence[str]
    cells: NDArray[np.int32]
    starts: NDArray[np.int64]

    @classmethod
    def read(cls, texts: Iterable[str]) -> Words:
        """The tokens of each of `texts`."""
        import numpy as np

        numbers: dict[str, int] = defaultdict(lambda: len(numbers))
        cells, ends = array("i"), array("q", [0])
        for text in texts:
            cells.extend(map(numbers.__getitem__, tokens(text.casefold())))
            ends.append(len(cells))
        return cls(list(numbers), np.frombuffer(cells, np.int32), np.frombuffer(ends, np.int64))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def rows(self) -> NDArray[np.int32]:
        """For each of `cells` the row of its text."""
        import numpy as np

        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.starts))


@dataclass(frozen=True, eq=False)
class Terms:
    """The words of content of the texts of `words`: for each cell its number in `known`, or NOTHING, or JOINED."""

    known: Sequence[str]
    cells: NDArray[np.int32]

    @classmethod
    def of(cls, words: Words, languages: Sequence[str]) -> Terms:
        """Words of letters, longer than two and no stop words in the language of their text (one of `languages`)."""
        import numpy as np

        names, spoken = np.unique(np.array(languages, dtype=str), return_inverse=True)
        across = np.repeat(spoken.astype(np.int32), np.diff(words.starts))
        used = np.zeros((len(names), len(words.known)), dtype=bool)
        used[across, words.cells] = True
        table = np.full(used.shape, NOTHING, dtype=np.int32)
        kinds = [_kind(token) for token in words.known]
        numbers: dict[str, int] = {}
        for row, language in enumerate(names.tolist()):
            stop = stopwords(language)
            for column in np.flatnonzero(used[row]).tolist():
                token, kind = words.known[column], kinds[column]
                if kind == JOINED:
                    table[row, column] = JOINED
                elif kind != NOTHING and token not in stop:
                    table[row, column] = numbers.setdefault(stem(token, language), len(numbers))
        return cls(list(numbers), table[across, words.cells])

    def content(self, words: Words) -> Words:
        """The terms alone, text by text; of characters written without spaces each pair of neighbours."""
        import numpy as np

        numbers = {term: number for number, term in enumerate(self.known)}
        joined = np.flatnonzero(self.cells == JOINED)
        pairs = [
            [numbers.setdefault(pair, len(numbers)) for pair in _pairs(words.known[cell])]
            for cell in words.cells[joined].tolist()
        ]
        sizes = (self.cells >= 0).astype(np.int64)
        sizes[joined] = [len(found) for found in pairs]
        ends = np.concatenate([[0], np.cumsum(sizes)])
        cells = np.repeat(self.cells, sizes)
        for cell, found in zip(joined.tolist(), pairs, strict=True):
            cells[ends[cell] : ends[cell + 1]] = found
        return Words(list(numbers), cells, ends[words.starts])


def _pairs(token: str) -> Iterator[str]:
    """Pairs of neighbouring characters between those that only join words; a lone one by itself."""
    for run in "".join(" " if char in CJK_EDGE else char for char in token).split():
        yield from (run[at : at + 2] for at in range(max(1, len(run) - 1)))


def _kind(token: str) -> int:
    """JOINED, NOTHING, or nought for what may be a term."""
    if is_cjk(token):
        return JOINED
    return 0 if token[0].isalpha() and len(token) > 2 else NOTHING
