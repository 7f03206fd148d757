"""How many copies are found among real texts when one, or three, of their words were changed, and how many are wrong.

Needs the published texts (REMBUK_DATA, text/smsa). A thousand texts of twelve words or more get a changed copy each;
two thousand others stand beside them. Words are put in, left out or replaced by words of other texts.
"""

from __future__ import annotations

import gzip
import os
import random
import sys
import time
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from methods.text import Text, find_copies

DATA = Path(os.environ.get("REMBUK_DATA", Path(__file__).parents[2] / "shared/data")) / "text/smsa/train.tsv.gz"
RECALL = {0: 1.0, 1: 0.95, 3: 0.85}
PRECISION = 0.98
COPIED, BESIDE = 1_000, 2_000


def read_bodies() -> list[str]:
    """Different texts of twelve words or more, in an order that is always the same."""
    with gzip.open(DATA, "rt", encoding="utf-8") as lines:
        bodies = sorted({line.rsplit("\t", 1)[0] for line in lines})
    random.Random(7).shuffle(bodies)
    return [body for body in bodies if len(body.split()) >= 12][: COPIED + BESIDE]


def changed(body: str, edits: int, words: Sequence[str], draw: random.Random) -> str:
    """`body` with `edits` of its words put in, left out or replaced."""
    parts = body.split()
    for _ in range(edits):
        at, kind = draw.randrange(len(parts)), draw.randrange(3)
        parts[at : at + (kind != 0)] = [] if kind == 1 else [draw.choice(words)]
    return " ".join(parts)


def figures(bodies: Sequence[str], edits: int) -> tuple[float, float, float]:
    """Recall and precision over pairs, and seconds of CPU."""
    draw = random.Random(edits)
    words = [word for body in bodies[COPIED:] for word in body.split() if word.isalpha()]
    texts = [Text(f"{number:05}", body) for number, body in enumerate(bodies)]
    copies = [Text(f"c{number:04}", changed(body, edits, words, draw)) for number, body in enumerate(bodies[:COPIED])]
    started = time.process_time()
    found = find_copies(texts + copies)
    seconds = time.process_time() - started
    pairs = {pair for group in found.groups.values() for pair in combinations(sorted(group), 2)}
    right = len(pairs & {(f"{number:05}", f"c{number:04}") for number in range(COPIED)})
    return right / COPIED, right / max(len(pairs), 1), seconds


def main() -> None:
    """Prints one line for each number of changed words."""
    if not DATA.is_file():
        print("copies: not measured, the published texts are not here (REMBUK_DATA)")
        return
    bodies = read_bodies()
    for edits, budget in RECALL.items():
        recall, precision, seconds = figures(bodies, edits)
        print(
            f"copies with {edits} changed words: recall {recall:.3f} (budget {budget}), precision {precision:.3f}"
            f" (budget {PRECISION}), {len(bodies) + COPIED:,} texts in {seconds:.1f} s of CPU"
        )


if __name__ == "__main__":
    main()
