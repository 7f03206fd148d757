"""How well languages are told apart on texts held back from training, whole and under forty characters, and how fast.

Needs the published texts (REMBUK_DATA). Accuracy counts "unsure" as wrong; its share, and the accuracy where a
language was named, stand beside it. Limits were chosen on another part (methods/text/training.py).
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from methods.text.language import identify_languages
from methods.text.training import Labelled, part_of, read_texts, shortened, without_accents

DATA = Path(os.environ.get("REMBUK_DATA", Path(__file__).parents[2] / "shared/data")) / "text"
ASKED = ("id", "en", "jv", "su", "min", "mad", "bew", "btk", "bug", "mak")
WHOLE, SHORT, PACE = 0.95, 0.85, 5_000


def figures(texts: Sequence[Labelled]) -> tuple[dict[str, float], float, float, float]:
    """Accuracy of each language, macro where a language was named, macro of all, and the share of "unsure"."""
    guesses = [code for code, _ in identify_languages([text for _, text in texts])]
    every, right, named = Counter(code for code, _ in texts), Counter[str](), Counter[str]()
    for (code, _), guess in zip(texts, guesses, strict=True):
        right[code] += guess == code
        named[code] += guess != "und"
    asked = [code for code in ASKED if every[code]]
    recall = {code: right[code] / every[code] for code in asked}
    kept = sum(right[code] / max(named[code], 1) for code in asked) / len(asked)
    unsure = sum(1 - named[code] / every[code] for code in asked) / len(asked)
    return recall, kept, sum(recall.values()) / len(asked), unsure


def main(part: str = "report") -> None:
    """Prints a line for each kind of text, and the pace."""
    if not DATA.is_dir():
        print("languages: not measured, the published texts are not here (REMBUK_DATA)")
        return
    texts = [one for one in read_texts(DATA) if part_of(one[1]) == part]
    draw = random.Random(20)
    short = [(code, shortened(text, draw)) for code, text in texts for _ in range(3 if code in ("bug", "en") else 1)]
    for name, held, budget in (
        ("whole texts", texts, WHOLE),
        ("whole texts without accents", [(code, without_accents(text)) for code, text in texts], WHOLE),
        ("under 40 characters", short, SHORT),
    ):
        recall, kept, macro, unsure = figures(held)
        print(f"languages, {len(held):,} {name}: {kept:.3f} where one was named (budget {budget}),")
        print(f"  {unsure:.1%} unsure; counting those as wrong {macro:.3f};", end=" ")
        print(" ".join(f"{code} {value:.2f}" for code, value in recall.items()))
    bodies = [text for _, text in texts]
    started = time.process_time()
    identify_languages(bodies)
    print(f"  {len(bodies) / (time.process_time() - started):,.0f} texts a second of CPU (budget {PACE:,})")


if __name__ == "__main__":
    main(*sys.argv[1:])
