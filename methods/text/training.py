"""Makes the weights of `letters` from published texts, and says how well they do on texts held back.

    python -m methods.text.training ../shared/data/text

Every text belongs to one of three parts by a hash of itself: the weights are learnt from the first, the limits in
`language` were chosen on the second, and figures are reported on the third. The same texts give the same weights on
one machine. No text is kept: what remains are numbers (see letters.md for sources and licences).
"""

from __future__ import annotations

import csv
import gzip
import json
import math
import random
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from methods.text.letters import BITS, SEEN_BITS, SIZES, WEIGHTS, fold, places

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Labelled = tuple[str, str]  # language, text

SEED = 20
EACH = 4_000  # pieces of texts of each language
MORE = {"id": 4, "en": 2}  # times as many pieces: most is written in these, in the widest range of styles
SHORTEST, LONGEST = 12, 300  # characters of a piece
SHORT = 39  # characters of the pieces that stand for short texts
STRENGTH = 10.0  # inverse of the penalty on large weights
STEPS = 80  # of the optimiser
DOUBT = 0.5  # a text labelled as a language near to Indonesian that reads as Indonesian with this chance is not used
NEAR_INDONESIAN = ("bew", "mui")
_TWO_LETTERS = {"jav": "jv", "sun": "su"}
_PARTICLE = re.compile(r" (nya|lah|kah)\b")
_ENGLISH = ("15-per-hour-seattle", "brexit-consensus", "scoop-hivemind.biodiversity")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|<[^>]*>|\{\w*\}")


def read_texts(folder: Path) -> list[Labelled]:
    """All texts of `folder` (text/ of the published data, polis/ beside it) with their language, each text once."""
    found: dict[str, str] = {}
    for language, text in _sources(folder):
        plain = " ".join(text.split())
        if len(plain) >= 4:
            found.setdefault(plain, language)
    return [(language, text) for text, language in found.items()]


def _sources(folder: Path) -> Iterator[Labelled]:
    for path in sorted((folder / "nusaparagraph").glob("*.csv.gz")):
        code = path.name.split("-")[2]
        with gzip.open(path, "rt", newline="", encoding="utf-8") as lines:
            yield from ((_TWO_LETTERS.get(code, code), row["text"]) for row in csv.DictReader(lines))
    with gzip.open(folder / "smsa/train.tsv.gz", "rt", encoding="utf-8") as lines:
        yield from (("id", line.rsplit("\t", 1)[0]) for line in lines)
    with (folder / "hoasa/train.csv").open(newline="", encoding="utf-8") as lines:
        yield from (("id", row["review"]) for row in csv.DictReader(lines))
    for path in sorted((folder / "themefinder").glob("*/inputs/*/responses.jsonl")):
        with path.open(encoding="utf-8") as lines:
            yield from (("en", json.loads(line)["response"]) for line in lines)
    for name in _ENGLISH:
        with (folder.parent / "polis" / name / "comments.csv").open(newline="", encoding="utf-8") as lines:
            yield from (("en", row["comment-body"]) for row in csv.DictReader(lines))


def read_catalogues(folder: Path) -> list[Labelled]:
    """The sentences of the service itself, English and Indonesian: the formal style that published texts lack."""
    from babel.messages.pofile import read_po

    found: dict[str, str] = {}
    for path in sorted(folder.glob("*/id/LC_MESSAGES/django.po")):
        with path.open("rb") as lines:
            for message in read_po(lines):
                if isinstance(message.id, str) and isinstance(message.string, str) and len(message.id) > 25:
                    found.setdefault(_PLACEHOLDER.sub("", message.id), "en")
                    found.setdefault(_PLACEHOLDER.sub("", message.string), "id")
    return [(language, text) for text, language in found.items() if text.strip()]


def part_of(text: str) -> str:
    """The part to which a text belongs for good: "learn" (70 %), "choose" or "report" (15 % each)."""
    lot = sha256(text.encode("utf-8", "surrogatepass")).digest()[0]
    return "learn" if lot < 180 else "choose" if lot < 218 else "report"


def shortened(text: str, draw: random.Random) -> str:
    """Whole words out of `text`, fewer than forty characters."""
    if len(text) <= SHORT:
        return text
    start = draw.randrange(len(text) - SHORT)
    begin = text.rfind(" ", 0, start) + 1
    end = text.rfind(" ", begin, begin + SHORT + 1)
    return text[begin : end if end > begin else begin + SHORT]


def pieces(texts: Sequence[Labelled], draw: random.Random, each: int = EACH) -> list[Labelled]:
    """Pieces to learn from: as many of each language whatever it has, of all lengths, a third without accents."""
    by_language: dict[str, list[str]] = defaultdict(list)
    for language, text in texts:
        by_language[language].append(text)
    made: list[Labelled] = []
    for language, found in sorted(by_language.items()):
        ordered = sorted(found)
        lengths = [min(len(text), LONGEST) for text in ordered]
        for number, text in enumerate(draw.choices(ordered, lengths, k=each * MORE.get(language, 1))):
            # Some sources write the Indonesian particles apart, as nobody does.
            joined = _PARTICLE.sub(r"\1", text) if language == "id" and number % 2 else text
            piece = _piece(joined, draw)
            made.append((language, piece if number % 3 else without_accents(piece)))
    return made


def _piece(text: str, draw: random.Random) -> str:
    wanted = round(math.exp(draw.uniform(math.log(SHORTEST), math.log(LONGEST))))
    if len(text) <= wanted:
        return text
    begin = text.rfind(" ", 0, draw.randrange(len(text) - wanted + 1)) + 1
    end = text.find(" ", begin + wanted - 4)
    return text[begin : end if end > 0 else len(text)]


def without_accents(text: str) -> str:
    """`text` as typed in haste: ê and é as e."""
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


def counts(folded: Sequence[str]) -> Any:
    """A sparse matrix, texts by places: how often each run is there, over the root of the number of runs."""
    import numpy as np
    from scipy import sparse

    every = [places(folded, size, BITS) for size in SIZES]
    rows, columns = np.concatenate([rows for _, rows in every]), np.concatenate([found for found, _ in every])
    weight = (1 / np.sqrt(np.maximum(np.bincount(rows, minlength=len(folded)), 1))).astype(np.float32)
    return sparse.csr_matrix((weight[rows], (rows, columns)), shape=(len(folded), 1 << BITS))


def learn(texts: Sequence[Labelled], each: int = EACH) -> Any:
    """A fitted logistic regression over pieces of `texts`."""
    import warnings

    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    made = pieces(texts, random.Random(SEED), each)  # noqa: S311 (nothing secret)
    model = LogisticRegression(C=STRENGTH, max_iter=STEPS, tol=1e-3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # it stops early on purpose: that too keeps weights small
        return model.fit(counts([fold(text) for _, text in made]), [language for language, _ in made])


def without_doubtful(texts: Sequence[Labelled]) -> list[Labelled]:
    """`texts` without those labelled as a near language that are plain Indonesian (some in the source are).

    Each half of them is judged by weights learnt from the other half.
    """
    kept = [(language, text) for language, text in texts if language not in NEAR_INDONESIAN]
    doubtful = sorted(text for text in texts if text[0] in NEAR_INDONESIAN)
    for half in (0, 1):
        model = learn(kept + doubtful[1 - half :: 2], each=EACH // 2)
        judged = doubtful[half::2]
        chance = model.predict_proba(counts([fold(text) for _, text in judged]))[:, list(model.classes_).index("id")]
        kept += [one for one, share in zip(judged, chance, strict=True) if share < DOUBT]
    return kept


def seen_runs(texts: Sequence[Labelled]) -> NDArray[np.uint8]:
    """One bit for every run of four characters that occurs in `texts`."""
    import numpy as np

    flags = np.zeros(1 << SEEN_BITS, dtype=np.uint8)
    for begin in range(0, len(texts), 1_000):
        whole = [
            fold(text[at : at + 300]) for _, text in texts[begin : begin + 1_000] for at in range(0, len(text), 300)
        ]
        flags[places(whole, SIZES[-1], SEEN_BITS)[0]] = 1
    return np.packbits(flags, bitorder="little")


def save(model: Any, seen: NDArray[np.uint8], path: Path = WEIGHTS) -> None:
    """Writes the weights, one byte each: finely near nought, where nearly all of them are, coarsely far from it."""
    import numpy as np

    largest = float(np.abs(model.coef_).max())
    rooted = np.round(np.sqrt(np.abs(model.coef_.T) / largest) * 127)
    np.savez_compressed(
        path,
        languages=np.array(model.classes_, dtype="U3"),
        weights=(np.sign(model.coef_.T) * rooted).astype(np.int8),
        bias=model.intercept_.astype(np.float32),
        largest=np.float64(largest),
        seen=seen,
    )


def main(folder: str, catalogues: str = "locale") -> None:
    """Learns, writes the weights and prints how well they do on what was held back."""
    texts = read_texts(Path(folder))
    own = [one for one in read_catalogues(Path(catalogues)) if part_of(one[1]) == "learn"]
    kept = without_doubtful([one for one in texts if part_of(one[1]) == "learn"] + own)
    save(learn(kept), seen_runs(kept))
    print(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size / 1e6:.2f} MB from {len(kept):,} texts")


if __name__ == "__main__":
    main(*sys.argv[1:])
