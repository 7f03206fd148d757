"""How well themes agree with what people say that texts are about, with both embedders, beside their budgets.

Settings were chosen on the even rows of each corpus and are reported on the odd ones. V-measure and adjusted Rand
compare the first theme of each text with its known subject; a mixed corpus shall not fall apart by language.
"""

from __future__ import annotations

import csv
import gzip
import itertools
import json
import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from measure import noise
from sklearn.metrics import adjusted_rand_score, v_measure_score

from methods.text import Embedder, SentenceEncoder, Text, TfidfEmbedder, Themes, find_themes, make_vectors, passage_keys

DATA = Path(os.environ.get("REMBUK_DATA", Path(__file__).parents[2] / "shared/data")) / "text"
EACH = 150  # paragraphs of each language and part
Truth = Mapping[str, str]


def hotels(part: int) -> tuple[list[Text], Truth]:
    """Indonesian reviews, and the aspect of those that speak of one only."""
    with (DATA / "hoasa/train.csv").open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))[part::2]
    texts = [Text(f"{number:05}", row["review"], "id", f"a{number}") for number, row in enumerate(rows)]
    aspects = [[name for name, mood in row.items() if name != "review" and mood != "neut"] for row in rows]
    return texts, {text.id: found[0] for text, found in zip(texts, aspects, strict=True) if len(found) == 1}


def paragraphs(part: int, languages: Sequence[str] = (), each: int = EACH) -> tuple[list[Text], Truth]:
    """Paragraphs in the languages of Indonesia (all where none is named) and their topic."""
    texts, topics = [], {}
    for path in sorted((DATA / "nusaparagraph").glob("*.gz")):
        code = path.name.split("-")[2]
        if languages and code not in languages:
            continue
        with gzip.open(path, "rt", newline="", encoding="utf-8") as lines:
            for row in list(csv.DictReader(lines))[part::2][:each]:
                texts.append(Text(f"{code}{row['id']}", row["text"], code))
                topics[texts[-1].id] = row["label"]
    return texts, topics


def answers(part: int) -> tuple[list[Text], dict[str, set[str]]]:
    """English answers to one of two questions, and the themes that were given to each."""
    base = DATA / "themefinder/gambling_XS"
    question = f"question_part_{part + 1}"
    given = _rows(base / f"outputs/mapping/2025-07-22/{question}/mapping.jsonl")
    rows = _rows(base / f"inputs/{question}/responses.jsonl")
    texts = [Text(str(row["response_id"]), row["response"], "en", str(row["response_id"])) for row in rows]
    return texts, {str(row["response_id"]): set(row["labels"]) for row in given}


def _rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def first_themes(found: Themes) -> dict[str, str]:
    """Text -> the theme that holds most of it, or its own id where it stands alone."""
    return {place.id: place.themes[0] if place.themes else place.id for place in found.coverage.places}


def agreement(found: Themes, truth: Truth) -> tuple[float, float]:
    """V-measure and adjusted Rand index of first themes with `truth`."""
    first = first_themes(found)
    ours, theirs = [first[key] for key in truth], list(truth.values())
    return float(v_measure_score(theirs, ours)), float(adjusted_rand_score(theirs, ours))


def shared_labels(found: Themes, labels: Mapping[str, set[str]]) -> tuple[float, float]:
    """How many pairs of answers share a label: of those in one theme, and of all."""
    first = first_themes(found)
    pairs = [(first[a] == first[b], bool(labels[a] & labels[b])) for a, b in itertools.combinations(sorted(labels), 2)]
    together = [share for same, share in pairs if same]
    return sum(together) / len(together), sum(share for _, share in pairs) / len(pairs)


def judged(value: float, budget: float, *, below: bool = False) -> str:
    """A figure beside its budget."""
    met = value < budget if below else value >= budget
    return f"{value:.2f} ({'below' if below else 'at least'} {budget:.2f}: {'met' if met else 'MISSED'})"


def report(name: str, texts: list[Text], encoder: Embedder, part: int) -> Themes:
    """The themes of one corpus; prints how many and how many texts have one."""
    kept: dict[str, bytes] = {}
    wanted = passage_keys((text.body for text in texts), encoder)
    if wanted:
        started = time.process_time()
        kept = dict(zip(wanted, make_vectors(list(wanted.values()), encoder), strict=True))
        rate = len(wanted) / (time.process_time() - started)
        print(f"  {len(wanted):,} passages embedded, {rate:.0f} in a second of processor time")
    found = find_themes(texts, embedder=encoder, vectors=kept)
    covered = found.coverage.counts["themed"] / len(texts)
    side = "reported" if part else "chosen on"
    print(f"  {name} ({side}): {len(texts):,} texts, {len(found.themes)} themes, {covered:.0%} in a theme")
    return found


def measure(encoder: Embedder, part: int, *, budgets: bool) -> None:
    """One embedder on one part of each corpus."""
    texts, aspects = hotels(part)
    v, rand = agreement(report("hotel reviews, one language", texts, encoder, part), aspects)
    print(f"    V(aspect) {judged(v, 0.60) if budgets else f'{v:.2f}'}, adjusted Rand {rand:.2f}")
    for name, languages in (
        ("paragraphs, five languages", ("bew", "jav", "mad", "min", "sun")),
        ("paragraphs, ten languages", ()),
    ):
        texts, topics = paragraphs(part, languages)
        found = report(name, texts, encoder, part)
        v, rand = agreement(found, topics)
        tongue, _ = agreement(found, {text.id: text.language or "" for text in texts})
        print(f"    V(topic) {judged(v, 0.30) if budgets else f'{v:.2f}'}, adjusted Rand {rand:.2f}")
        print(f"    V(language) {judged(tongue, 0.20, below=True)}")
    texts, topics = paragraphs(part, ("min",), 700)
    v, rand = agreement(report("paragraphs, Minangkabau alone", texts, encoder, part), topics)
    print(f"    V(topic) {v:.2f}, adjusted Rand {rand:.2f}")
    answered, labels = answers(part)
    found = report("answers of a consultation, English", answered, encoder, part)
    v, rand = agreement(found, {key: min(given) for key, given in labels.items() if given})
    together, chance = shared_labels(found, labels)
    print(f"    V(first label) {v:.2f}, adjusted Rand {rand:.2f};", end=" ")
    print(f"{together:.0%} of the pairs in one theme share a label, {chance:.0%} of all pairs do")


def main() -> None:
    """Prints both embedders on the part for reporting, and the encoder on the part for choosing."""
    if not DATA.is_dir():
        print(f"no texts at {DATA}: set REMBUK_DATA")
        return
    print("sentence encoder")
    measure(SentenceEncoder(), 1, budgets=True)
    print("TF-IDF, used where the encoder is missing")
    measure(TfidfEmbedder(), 1, budgets=False)
    print("sentence encoder on the part that settings were chosen on")
    measure(SentenceEncoder(), 0, budgets=False)
    print(noise())


if __name__ == "__main__":
    main()
