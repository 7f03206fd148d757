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


def group(
    vectors: NDArray[np.float32], weights: NDArray[np.float64], settings: ThemeSettings
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Group number of each row (−1: far from all) and its cosine to the middle of its group.

    `vectors` is n × d with rows of length one or zero; `weights` says how much each row pulls.
    """
    import numpy as np

    labels = np.full(len(vectors), -1, dtype=np.int64)
    nearness = np.zeros(len(vectors))
    told = np.flatnonzero(np.abs(vectors).sum(axis=1) > 0)
    if len(told) < 2:
        return labels, nearness
    rows = vectors[told]
    clusters = max(2, min(settings.most_clusters, round((len(told) / 2) ** 0.5)))
    if len(told) < 40:
        clusters = max(2, min(clusters + 2, len(told) // 2))
    found = _merge(rows, weights[told], _kmeans(rows, weights[told], clusters, settings.seed), settings.merge_above)
    centres = _centres(rows, weights[told], found)
    cosines = rows @ centres.T
    best = cosines.argmax(axis=1)
    nearness[told] = cosines[np.arange(len(told)), best].round(4)
    labels[told] = np.where(nearness[told] >= settings.assign_above, best, -1)
    return labels, nearness


def _kmeans(rows: NDArray[np.float32], weights: NDArray[np.float64], clusters: int, seed: int) -> NDArray[np.int64]:
    """Cluster of each row; on rows of length one, squared distance orders as cosine does."""
    import numpy as np
    from sklearn.cluster import KMeans, MiniBatchKMeans

    clusters = min(clusters, len(np.unique(rows, axis=0)))
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
    np.add.at(sums, labels, rows * weights[:, None])
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
