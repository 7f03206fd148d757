"""Vectors that are made once and kept: under which key, in which bytes, and how a build takes them up again.

An encoder with `keeps` gives a text the same vector in every corpus, so it is made in the background when the text is
accepted. The key holds the encoder's version: another encoder finds nothing, and makes its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from methods.text.normal import normalise, passages
from methods.text.vectors import Embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


BATCH = 256  # passages that are encoded at once
AT_ONCE = 4_096  # rows that are written together, so that memory stays small


def vector_key(plain: str, embedder: Embedder) -> str:
    """SHA-256, in 64 hexadecimal digits, over a normalised passage and the encoder's name and version."""
    return sha256(f"{embedder.name}\x00{embedder.version}\x00{plain}".encode("utf-8", "surrogatepass")).hexdigest()


def passage_keys(bodies: Iterable[str], embedder: Embedder) -> dict[str, str]:
    """Key -> normalised passage, for all passages of `bodies`, each once; empty where nothing can be kept."""
    if not embedder.keeps:
        return {}
    plains = (normalise(body[start:end]) for body in bodies for start, end in passages(body))
    return {vector_key(plain, embedder): plain for plain in plains if plain}


def make_vectors(plains: Sequence[str], embedder: Embedder) -> list[bytes]:
    """For each normalised passage its vector as bytes: float16, little-endian. Best called with some hundred."""
    return [row.tobytes() for row in embedder.embed(plains, ["und"] * len(plains)).astype("<f2")]


def vectors_of(
    plains: Sequence[str],
    languages: Sequence[str],
    embedder: Embedder,
    kept: Mapping[str, bytes],
    tell: Callable[[float], None],
    beside: NDArray[np.float16] | None = None,
) -> NDArray[np.float16]:
    """One row per passage, in steps of float16: from `kept` where it is there, else made now; then those of `beside`.

    Equal passages are made once; `tell` hears the share made and may raise to cancel. Raises ValueError where kept
    bytes have another length than the encoder's.
    """
    import numpy as np

    if not embedder.keeps:
        return embedder.embed(plains, languages).astype(np.float16)
    keys = [vector_key(plain, embedder) for plain in plains]
    missing = dict(sorted((key, plain) for key, plain in zip(keys, plains, strict=True) if key not in kept))
    wanted, made = list(missing), dict[str, bytes]()
    for at in range(0, len(wanted), BATCH):
        tell(at / len(wanted))
        batch = wanted[at : at + BATCH]
        made.update(zip(batch, make_vectors([missing[key] for key in batch], embedder), strict=True))
    found = [made[key] if key in made else kept[key] for key in keys]
    if len(set(map(len, found))) > 1:
        raise ValueError("the vectors that were kept have another shape than the encoder's")
    width = len(found[0]) // 2 if found else 1
    rows = np.empty((len(found), width + (0 if beside is None else beside.shape[1])), dtype=np.float16)
    for begin in range(0, len(found), AT_ONCE):
        part = b"".join(found[begin : begin + AT_ONCE])
        rows[begin : begin + AT_ONCE, :width] = np.frombuffer(part, dtype="<f2").reshape(-1, width)
    if beside is not None:
        rows[:, width:] = beside
    return rows
