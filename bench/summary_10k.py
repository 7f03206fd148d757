"""Times a summary of 10,000 short contributions beside a bare TF-IDF and k-means on the same texts.

Prints the median of three, the budget of docs (8 s on two cores, from cold), memory, the ratio to the peer
measured in the same run, and how far the three runs lie apart (the noise of the machine).
"""

from __future__ import annotations

import gzip
import os
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from methods.text import Text, find_themes

BUDGET = 8.0
N = 10_000
DATA = Path(os.environ.get("REMBUK_DATA", Path(__file__).parents[2] / "shared/data")) / "text/smsa/train.tsv.gz"
SUBJECTS = ("halte", "jadwal", "tarif", "angkot", "trotoar", "lampu", "sampah", "pasar", "sekolah", "parkir", "banjir")
WISHES = ("perlu", "jarang", "rusak", "mahal", "gelap", "jauh", "sempit", "penuh", "lambat", "baru", "aman", "ditambah")


def bodies() -> list[str]:
    """Ten thousand real short texts, or made ones where the real are not here."""
    if DATA.is_file():
        with gzip.open(DATA, "rt", encoding="utf-8") as lines:
            return [line.rsplit("\t", 1)[0] for line in lines][:N]
    draw = random.Random(20)
    return [" ".join(draw.choice(draw.choice((SUBJECTS, WISHES))) for _ in range(25)) for _ in range(N)]


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one run."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> None:
    """Runs both three times in turn and prints one line per figure."""
    texts = bodies()
    contributions = [Text(f"{number:05}", body, "id", f"a{number}") for number, body in enumerate(texts)]
    cold = seconds(lambda: find_themes(contributions))

    from sklearn.cluster import MiniBatchKMeans
    from sklearn.feature_extraction.text import TfidfVectorizer

    def peer() -> None:
        MiniBatchKMeans(70, random_state=20, n_init=3).fit(TfidfVectorizer(min_df=2).fit_transform(texts))

    ours, theirs = [], []
    for _ in range(3):
        ours.append(seconds(lambda: find_themes(contributions)))
        theirs.append(seconds(peer))
    warm, bare = statistics.median(ours), statistics.median(theirs)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"summary of {len(texts):,} contributions: {warm:.1f} s (cold {cold:.1f} s; budget {BUDGET:.0f} s)")
    print(f"  bare TF-IDF and k-means on the same texts: {bare:.1f} s; ratio {warm / bare:.2f}")
    print(f"  memory {memory:.0f} MB; noise {(max(ours) - min(ours)) / warm:.0%}")


if __name__ == "__main__":
    main()
