"""Puts vectors into groups: more clusters than needed, near ones merged, the far ones left alone.

No text is forced into a group, and none is thrown away as noise: what is left over is given back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from methods.text.mixing import sums
from methods.text.model import ThemeSettings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MANY = 2000  # rows from which mini-batches are used
LEARNT = 20_000  # rows, evenly taken, from which clusters are learnt where there are more
AT_ONCE = 4_096  # rows that are worked on together, so that memory stays small
SMALL = 40  # rows below which two clusters more are tried: there the square root finds too few


def group(
    vectors: NDArray[np.float16], weights: NDArray[np.float64], settings: ThemeSettings
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Group number of each row (−1: far from all) and its cosine to the middle of its group.

    `vectors` is n × d with rows of length one or zero; `weights` says how much each row pulls.
    """
    import numpy as np

    labels = np.full(len(vectors), -1, dtype=np.int64)
    nearness = np.zeros(len(vectors))
    first = 0
    for part in _parts(vectors):
        if len(part) > 1:
            rows = vectors if len(part) == len(vectors) else vectors[part]
            found, near = _group_part(rows, weights[part], settings, len(part) / len(vectors))
            labels[part] = np.where(found >= 0, found + first, -1)
            nearness[part] = near
            first = max(first, int(labels.max()) + 1)
    return labels, nearness


def _parts(vectors: NDArray[np.float16]) -> list[NDArray[np.int64]]:
    """Rows that share dimensions, directly or by way of others: k-means would throw the leftovers of all together."""
    import numpy as np
    from scipy.sparse.csgraph import connected_components

    width = vectors.shape[1]
    together = np.zeros((width, width), dtype=bool)
    first = np.zeros(len(vectors), dtype=np.int64)
    for begin in range(0, len(vectors), AT_ONCE):
        used = vectors[begin : begin + AT_ONCE] != 0
        first[begin : begin + AT_ONCE] = np.where(used.any(axis=1), used.argmax(axis=1), -1)
        packed = np.packbits(used, axis=1)
        data, size = packed.tobytes(), packed.shape[1]
        kinds = {data[at : at + size] for at in range(0, len(data), size)}  # nearly all rows use the same dimensions
        packed = np.frombuffer(b"".join(kinds), np.uint8).reshape(-1, size)
        some = np.unpackbits(packed, axis=1, count=width).astype(np.float32)
        together |= some.T @ some > 0
    told = np.flatnonzero(first >= 0)
    part = connected_components(together, directed=False)[1][first[told]]
    return [told[part == number] for number in np.unique(part)]


def _group_part(
    rows: NDArray[np.float16], weights: NDArray[np.float64], settings: ThemeSettings, share: float
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Groups of rows that are all told of in the same dimensions; `share` is their share of the whole."""
    import numpy as np

    clusters = max(2, min(round(settings.most_clusters * share), round((len(rows) / 2) ** 0.5)))
    if len(rows) < SMALL:
        clusters = max(2, min(clusters + 2, len(rows) // 2))
    found = _merge(rows, weights, _kmeans(rows, weights, clusters, settings.seed), settings.merge_above)
    best, nearness = _nearest(rows, _centres(rows, weights, found))
    nearness = nearness.round(4)
    return np.where(nearness >= settings.assign_above, best, -1), nearness


def _nearest(rows: NDArray[np.float16], centres: NDArray[np.float32]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The centre with the greatest product with each row, and that product."""
    import numpy as np

    best, nearness = np.zeros(len(rows), dtype=np.int64), np.zeros(len(rows))
    for begin in range(0, len(rows), AT_ONCE):
        cosines = rows[begin : begin + AT_ONCE].astype(np.float32) @ centres.T
        best[begin : begin + AT_ONCE] = cosines.argmax(axis=1)
        nearness[begin : begin + AT_ONCE] = cosines.max(axis=1)
    return best, nearness


def _kmeans(rows: NDArray[np.float16], weights: NDArray[np.float64], clusters: int, seed: int) -> NDArray[np.int64]:
    """Cluster of each row; on rows of length one, squared distance orders as cosine does."""
    import numpy as np
    from sklearn.cluster import KMeans, MiniBatchKMeans

    learnt = slice(None) if len(rows) <= LEARNT else np.linspace(0, len(rows) - 1, LEARNT).astype(np.int64)
    some, weighed = rows[learnt].astype(np.float32), weights[learnt]
    different: set[bytes] = set()
    for row in some:
        different.add((row + 0).tobytes())  # minus nought is nought
        if len(different) == clusters:
            break
    clusters = len(different)
    if len(some) > MANY:
        model = MiniBatchKMeans(clusters, random_state=seed, batch_size=2048, n_init=3, max_iter=60)
    else:
        model = KMeans(clusters, random_state=seed, n_init=10)
    labels = np.asarray(model.fit(some, sample_weight=weighed).labels_, dtype=np.int64)
    return labels if len(some) == len(rows) else _nearest(rows, _centres(some, weighed, labels))[0]


def _centres(
    rows: NDArray[np.float16] | NDArray[np.float32], weights: NDArray[np.float64], labels: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Middle of each group, of length one."""
    import numpy as np
    from sklearn.preprocessing import normalize

    number = int(labels.max()) + 1
    middles = np.zeros((number, rows.shape[1]))
    for begin in range(0, len(rows), AT_ONCE):
        end = begin + AT_ONCE
        middles += sums(rows[begin:end].astype(np.float32), labels[begin:end], weights[begin:end], number)
    centres: NDArray[np.float32] = normalize(middles).astype(np.float32)
    return centres


def _merge(
    rows: NDArray[np.float16], weights: NDArray[np.float64], labels: NDArray[np.int64], above: float
) -> NDArray[np.int64]:
    """Clusters whose middles are nearer than `above` (average linkage of cosines) become one."""
    import numpy as np
    from sklearn.cluster import AgglomerativeClustering

    present, labels = np.unique(labels, return_inverse=True)
    if len(present) < 3:
        return labels
    centres = _centres(rows, weights, labels)
    model = AgglomerativeClustering(n_clusters=None, metric="cosine", linkage="average", distance_threshold=1 - above)
    return np.asarray(model.fit(centres).labels_, dtype=np.int64)[labels]
