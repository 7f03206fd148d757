"""Times themes of 10,000 and 100,000 contributions beside a plain scikit-learn pipeline on the same texts.

Each figure is taken in a process of its own, from cold: TF-IDF; the sentence encoder's vectors kept; and the peer,
which does what BERTopic does without a network (TF-IDF, SVD, k-means, class TF-IDF of each cluster's words) and neither
copies, languages, quotes nor a ledger. The budgets of docs are seconds on an idle machine, where processor time is
what one waits for; so that is judged. Texts are real ones in many languages, and halves of two where more are wanted.
Kept vectors are those of a thousand real passages, mixed: embedding a hundred thousand takes minutes.
"""

from __future__ import annotations

import json
import os
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure import noise

from methods.text import SentenceEncoder, Text, TfidfEmbedder, find_themes, make_vectors, passage_keys

DATA = Path(os.environ.get("REMBUK_DATA", Path(__file__).parents[2] / "shared/data"))
BUDGETS = {("tfidf", 10_000): 8.0, ("tfidf", 100_000): 60.0, ("kept", 100_000): 25.0}
MEMORY = 1_000  # MB, at 100,000
RATE = 150  # texts embedded in a second, on two processors
REAL = 1_000


def texts_of(number: int) -> list[Text]:
    """So many contributions, like those of a town."""
    from demo.mixed import mixed_corpus

    return list(mixed_corpus(number, folder=DATA).texts)


def kept_vectors(bodies: list[str], encoder: SentenceEncoder) -> dict[str, bytes]:
    """A vector for each passage, out of two real ones."""
    import numpy as np

    wanted = list(passage_keys(bodies, encoder).items())
    real = np.frombuffer(b"".join(make_vectors([plain for _, plain in wanted[:REAL]], encoder)), "<f2").reshape(
        REAL, -1
    )
    draw = np.random.default_rng(20)
    kept = {}
    for key, _ in wanted:
        one, other = draw.integers(0, REAL, 2)
        row = 0.8 * real[one].astype(np.float32) + 0.6 * real[other]
        kept[key] = (row / np.linalg.norm(row)).astype("<f2").tobytes()
    return kept


def peer(bodies: list[str]) -> None:
    """Vectors, clusters, and ten words for each."""
    import numpy as np
    from sklearn.cluster import MiniBatchKMeans
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer, TfidfVectorizer
    from sklearn.preprocessing import normalize

    rows = normalize(TruncatedSVD(100, random_state=20).fit_transform(TfidfVectorizer(min_df=2).fit_transform(bodies)))
    labels = MiniBatchKMeans(70, random_state=20, n_init=3).fit(rows).labels_
    joined = [" ".join(bodies[row] for row in np.flatnonzero(labels == number)) for number in range(70)]
    scores = TfidfTransformer().fit_transform(CountVectorizer(ngram_range=(1, 2)).fit_transform(joined))
    for number in range(70):
        scores[number].toarray().argsort()[0, -10:]


def child(kind: str, number: int, made: str = "") -> None:
    """One figure, as JSON: seconds of processor and of the clock, MB, themes. made: the file of vectors, which one
    child writes and another reads, as a build reads them from its table."""
    texts = texts_of(number)
    bodies = [text.body for text in texts]
    encoder = SentenceEncoder()
    if kind == "vectors":
        Path(made).write_bytes(pickle.dumps(kept_vectors(bodies, encoder)))
        return
    kept = pickle.loads(Path(made).read_bytes()) if kind == "kept" else {}
    cpu, wall, themes = time.process_time(), time.perf_counter(), 0
    if kind == "embed":
        make_vectors(list(passage_keys(bodies[:REAL], encoder).values())[:REAL], encoder)
    elif kind == "peer":
        peer(bodies)
    else:
        found = find_themes(texts, embedder=encoder if kind == "kept" else TfidfEmbedder(), vectors=kept)
        themes = len(found.themes)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    print(json.dumps([cpu, wall, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, themes]))


def figure(kind: str, number: int, made: str = "") -> list[float]:
    """What `child` says in a process of its own, which is given one thread."""
    command = [sys.executable, __file__, kind, str(number), made]
    alone = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=alone)
    return json.loads(done.stdout.splitlines()[-1]) if done.stdout else []


def judged(value: float, budget: float | None) -> str:
    """A budget beside what became of it."""
    return "" if budget is None else f" (budget {budget:,.0f}: {'met' if value <= budget else 'MISSED'})"


def main() -> None:
    """Prints a line for each figure."""
    if not DATA.is_dir():
        print("themes: not measured, the published texts are not here (REMBUK_DATA)")
        return
    taken, *_ = figure("embed", REAL)
    print(f"sentence encoder: {REAL / taken:.0f} texts embedded in a second of one processor (budget {RATE} on two)")
    for number in (10_000, 100_000):
        theirs, wall, memory, _ = figure("peer", number)
        print(
            f"{number:,} contributions, peer: {theirs:.1f} s of processor ({wall:.1f} s of the clock), {memory:.0f} MB"
        )
        for kind, name in (("tfidf", "TF-IDF from cold"), ("kept", "vectors kept")):
            with tempfile.TemporaryDirectory() as folder:
                made = f"{folder}/vectors"
                if kind == "kept":
                    figure("vectors", number, made)
                ours, wall, memory, themes = figure(kind, number, made)
            print(f"  {name}: {ours:.1f} s of processor{judged(ours, BUDGETS.get((kind, number)))},", end=" ")
            print(f"{wall:.1f} s of the clock, ratio to peer {ours / theirs:.2f}, {themes} themes,", end=" ")
            print(f"memory {memory:.0f} MB{judged(memory, MEMORY if number > 10_000 else None)}")
    print(noise())


if __name__ == "__main__":
    if len(sys.argv) > 1:
        child(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])
    else:
        main()
