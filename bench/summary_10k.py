"""Times a summary of 10,000 short contributions beside a bare TF-IDF and k-means on the same texts.

Prints the median of three with TF-IDF, the budget of docs (8 s on two cores, from cold), memory, the ratio to the peer
measured in the same run; then the sentence encoder, and a summary with its vectors kept. Then the whole build once:
rows read, languages, themes, ledger and citations written, on SQLite in memory.
"""

from __future__ import annotations

import gzip
import os
import random
import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from measure import noise

from methods.text import SentenceEncoder, Text, TfidfEmbedder, find_themes, make_vectors, passage_keys

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
    bare_words = TfidfEmbedder()
    cold = seconds(lambda: find_themes(contributions, embedder=bare_words))

    from sklearn.cluster import MiniBatchKMeans
    from sklearn.feature_extraction.text import TfidfVectorizer

    def peer() -> None:
        MiniBatchKMeans(70, random_state=20, n_init=3).fit(TfidfVectorizer(min_df=2).fit_transform(texts))

    ours, theirs = [], []
    for _ in range(3):
        ours.append(seconds(lambda: find_themes(contributions, embedder=bare_words)))
        theirs.append(seconds(peer))
    warm, bare = statistics.median(ours), statistics.median(theirs)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"summary of {len(texts):,} contributions: {warm:.1f} s (cold {cold:.1f} s; budget {BUDGET:.0f} s)")
    print(f"  bare TF-IDF and k-means on the same texts: {bare:.1f} s; ratio {warm / bare:.2f}")
    print(f"  memory {memory:.0f} MB")
    encoder = SentenceEncoder()
    wanted = passage_keys(texts, encoder)
    started = time.process_time()
    kept = dict(zip(wanted, make_vectors(list(wanted.values()), encoder), strict=True))
    rate = len(wanted) / (time.process_time() - started)
    print(f"  sentence encoder: {rate:.0f} texts embedded in a second of one processor (budget 150 on two)")
    taken = seconds(lambda: find_themes(contributions, embedder=encoder, vectors=kept))
    print(f"  with vectors kept: {taken:.1f} s")
    whole, places = build(texts)
    print(f"  the whole build with its rows: {whole:.1f} s, {places:,} contributions with a place in the ledger")
    print(noise())


def build(texts: list[str]) -> tuple[float, int]:
    """Seconds of a summary's build of as many comments by 2,000 people, and how many of them are cited."""
    import pytest  # noqa: F401 (its presence puts the settings into their mode for tests: a database of its own)

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.db import connection

    connection.creation.create_test_db(verbosity=0, serialize=False)
    from accounts.models import Participant
    from consultations.models import Comment
    from summaries.actions import begin_build, make_build
    from tests.factories import make_consultation

    consultation = make_consultation(language="id")
    people = Participant.objects.bulk_create(Participant(name=f"Person {number}") for number in range(2_000))
    rows = [
        Comment(
            consultation=consultation,
            space=consultation.space,
            author=people[number % len(people)],
            body=body,
            html=f"<p>{number}</p>",
            language="id",
        )
        for number, body in enumerate(texts)
    ]
    Comment.objects.bulk_create(rows, batch_size=500)
    begun = begin_build(person=None, consultation=consultation)
    taken = seconds(lambda: make_build(build=begun, progress=lambda share, step: None))
    return taken, begun.citations.values("source_key").distinct().count()


if __name__ == "__main__":
    main()
