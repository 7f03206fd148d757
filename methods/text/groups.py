"""Puts vectors into groups: more clusters than needed, near ones merged, the far ones left alone.

No text is forced into a group, and none is thrown away as noise: what is left over is given back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from methods.text.model import ThemeSettings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MANY = 2000  # rows from which mini-batches are used
AT_ONCE = 4_096  # rows that are worked on together, so that memory stays small
SMALL = 40  # rows below which two clusters more are tried: there the square root finds too few


def group(
    vectors: NDArray[np.float32], weights: NDArray[np.float64], settings: ThemeSettings
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


def _parts(vectors: NDArray[np.float32]) -> list[NDArray[np.int64]]:
    """Rows that share dimensions, directly or by way of others: k-means would throw the leftovers of all together."""
    import numpy as np
    from scipy.sparse.csgraph import connected_components

    together = np.zeros((vectors.shape[1], vectors.shape[1]), dtype=bool)
    first = np.zeros(len(vectors), dtype=np.int64)
    for begin in range(0, len(vectors), AT_ONCE):
        used = (vectors[begin : begin + AT_ONCE] != 0).astype(np.float32)
        together |= used.T @ used > 0
        first[begin : begin + AT_ONCE] = np.where(used.any(axis=1), used.argmax(axis=1), -1)
    told = np.flatnonzero(first >= 0)
    part = connected_components(together, directed=False)[1][first[told]]
    return [told[part == number] for number in np.unique(part)]


def _group_part(
    rows: NDArray[np.float32], weights: NDArray[np.float64], settings: ThemeSettings, share: float
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Groups of rows that are all told of in the same dimensions; `share` is their share of the whole."""
    import numpy as np

    clusters = max(2, min(round(settings.most_clusters * share), round((len(rows) / 2) ** 0.5)))
    if len(rows) < SMALL:
        clusters = max(2, min(clusters + 2, len(rows) // 2))
    found = _merge(rows, weights, _kmeans(rows, weights, clusters, settings.seed), settings.merge_above)
    cosines = rows @ _centres(rows, weights, found).T
    best = cosines.argmax(axis=1)
    nearness = cosines[np.arange(len(rows)), best].astype(float).round(4)
    return np.where(nearness >= settings.assign_above, best, -1), nearness


def _kmeans(rows: NDArray[np.float32], weights: NDArray[np.float64], clusters: int, seed: int) -> NDArray[np.int64]:
    """Cluster of each row; on rows of length one, squared distance orders as cosine does."""
    import numpy as np
    from sklearn.cluster import KMeans, MiniBatchKMeans

    different: set[bytes] = set()
    for row in rows:
        different.add((row + 0).tobytes())  # minus nought is nought
        if len(different) == clusters:
            break
    clusters = len(different)
    if len(rows) > MANY:
        model = MiniBatchKMeans(clusters, random_state=seed, batch_size=2048, n_init=3, max_iter=60)
    else:
        model = KMeans(clusters, random_state=seed, n_init=10)
    return np.asarray(model.fit(rows, sample_weight=weights).labels_, dtype=np.int64)


def _centres(rows: NDArray[np.float32], weights: NDArray[np.float64], labels: NDArray[np.int64]) -> NDArray[np.float32]:
    """Middle of each group, of length one."""
    import numpy as np
    from sklearn.preprocessing import normalize

    sums = np.zeros((labels.max() + 1, rows.shape[1]))
    for begin in range(0, len(rows), AT_ONCE):
        end = begin + AT_ONCE
        np.add.at(sums, labels[begin:end], rows[begin:end] * weights[begin:end, None])
    centres: NDArray[np.float32] = normalize(sums).astype(np.float32)
    return centres


def _merge(
    rows: NDArray[np.float32], weights: NDArray[np.float64], labels: NDArray[np.int64], above: float
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
