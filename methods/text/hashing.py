"""Character n-grams of many texts as stable 32-bit numbers, in a few array operations.

The same characters give the same number on every machine; Python's own `hash` never does and is not used.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def character_ngrams(texts: Sequence[str], size: int) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Hashes of all windows of `size` characters and, for each, the row of its text; windows stay inside a text."""
    import numpy as np

    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    points = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    if len(points) < size:
        return np.zeros(0, np.uint32), np.zeros(0, np.int64)
    rows = np.repeat(np.arange(len(texts)), lengths)
    count = len(points) - size + 1
    mixed = np.zeros(count, dtype=np.uint32)
    for offset in range(size):
        mixed = (mixed ^ points[offset : offset + count]) * np.uint32(0x9E3779B1)
        mixed ^= mixed >> np.uint32(15)
    inside = rows[:count] == rows[size - 1 :]
    return scramble(mixed[inside]), rows[:count][inside]


def scramble(numbers: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Spreads 32-bit numbers evenly (the finaliser of MurmurHash3, public domain)."""
    import numpy as np

    mixed = numbers ^ (numbers >> np.uint32(16))
    mixed = mixed * np.uint32(0x85EBCA6B)
    mixed ^= mixed >> np.uint32(13)
    mixed = mixed * np.uint32(0xC2B2AE35)
    mixed ^= mixed >> np.uint32(16)
    return mixed
