"""A consultation as large as a town's: real public texts in many languages, three petitions, twelve lone voices.

For tests and benchmarks of the summary. The texts are read from the folder of real data and kept nowhere else;
petitions, what people add to them and the minority's texts were written for Rembuk.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from methods.text import Text

TEXTS = Path(__file__).parent / "texts/mixed"
PEOPLE = 2_000
SENT = (150, 100, 50)  # how often each petition is sent
SENDERS = (150, 60, 50)  # and by how many people: the second is repeated by those who sent it
TOLD = 0.5  # share of public texts whose author says which language it is
SEED = 2026


@dataclass(frozen=True)
class Piece:
    """Somebody's words: their language where that is said, their subject, and what their author thinks."""

    language: str | None
    subject: str
    body: str
    stance: str | None = None


@dataclass(frozen=True)
class MixedCorpus:
    """Contributions in the order in which they came; ids of each petition's copies, and of the minority's texts."""

    texts: tuple[Text, ...]
    petitions: tuple[tuple[str, ...], ...]
    minority: tuple[str, ...]


def mixed_corpus(n: int = 10_000, *, folder: Path) -> MixedCorpus:
    """`n` contributions (at least 400), the same ones each time; `folder` is that of the real data.

    300 near-copies of three petitions, twelve minority texts (six on matters that nobody else names, three with a
    stance and three in languages that nobody else has), and for the rest texts in English and in eleven languages of
    Indonesia. Where these do not suffice, halves of two texts on one subject are put together.
    """
    draw = Random(SEED)  # noqa: S311 (the same corpus each time; nothing secret)
    said: list[tuple[str, str, Piece]] = []
    for number, petition in enumerate(_written("petitions").split("\n\n")):
        senders = draw.sample(range(1, PEOPLE + 1), SENDERS[number])
        for place, body in enumerate(_copies(petition, SENT[number], draw)):
            said.append(
                (f"petition {number}", f"p{senders[place % len(senders)]:04}", Piece(None, "", body, "support"))
            )
    lines = [line.split("|", 2) for line in _written("minority").splitlines()]
    for (language, stance, body), person in zip(lines, draw.sample(range(1, PEOPLE + 1), len(lines)), strict=True):
        said.append(("minority", f"p{person:04}", Piece(language, "", body, stance or None)))
    for piece in _pieces(n - len(said), folder / "text", draw):
        told = piece if draw.random() < TOLD else replace(piece, language=None)
        said.append(("", f"p{draw.randint(1, PEOPLE):04}", told))
    draw.shuffle(said)
    kinds: dict[str, list[str]] = defaultdict(list)
    texts = []
    for number, (kind, author, piece) in enumerate(said):
        texts.append(Text(f"m{number:06}", piece.body, piece.language, author, piece.stance))
        kinds[kind].append(texts[-1].id)
    petitions = tuple(tuple(kinds[f"petition {number}"]) for number in range(len(SENT)))
    return MixedCorpus(tuple(texts), petitions, tuple(kinds["minority"]))


def _written(name: str) -> str:
    """A text of ours."""
    return (TEXTS / f"{name}.txt").read_text(encoding="utf-8").strip()


def _copies(petition: str, number: int, draw: Random) -> Iterator[str]:
    """The petition as people send it on: as it is, with slips of the pen, with a sentence of their own."""
    additions = _written("additions").splitlines()
    for place in range(number):
        words = petition.split()
        for _ in range(place % 4):
            slip = draw.randrange(2, len(words) - 2)
            if len(words[slip]) > 4:  # a short word may be a "no"; a slip there would say something else
                middle = draw.randrange(1, len(words[slip]) - 2)
                words[slip] = words[slip][:middle] + words[slip][middle + 1 :]
        yield " ".join(words) + (f" {draw.choice(additions)}" if place % 3 == 2 else "")


def _pieces(number: int, folder: Path, draw: Random) -> list[Piece]:
    """So many public texts in mixed order, and when more are wanted, new ones out of their halves."""
    found = [piece for piece in _public(folder) if len(piece.body) > 20]
    draw.shuffle(found)
    alike: dict[tuple[str | None, str], list[Piece]] = defaultdict(list)
    for piece in found:
        alike[piece.language, piece.subject].append(piece)
    while len(found) < number:
        first = draw.choice(found)
        second = draw.choice(alike[first.language, first.subject])
        body = f"{_half(first.body, 0)} {_half(second.body, 1)}"
        found.append(Piece(first.language, first.subject, body, first.stance))
    return found[:number]


def _half(body: str, second: int) -> str:
    """The first or the second half of the words."""
    words = body.split()
    return " ".join(words[len(words) // 2 :] if second else words[: len(words) // 2])


def _public(folder: Path) -> Iterator[Piece]:
    """All texts of the folder, a stance where the source tells whether its author is content."""
    moods = {"positive": "support", "negative": "oppose"}
    with gzip.open(folder / "smsa/train.tsv.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            body, mood = line.rstrip("\n").rsplit("\t", 1)
            yield Piece("id", "short", body, moods.get(mood))
    with (folder / "hoasa/train.csv").open(newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            yield Piece("id", "hotel", row["review"], "oppose" if "neg" in row.values() else "support")
    for path in sorted((folder / "nusaparagraph").glob("*.gz")):
        code = path.name.split("-")[2]
        with gzip.open(path, "rt", newline="", encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                yield Piece({"jav": "jv", "sun": "su"}.get(code, code), row["label"], row["text"])
    for path in sorted((folder / "themefinder").glob("*/inputs/*/responses.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield Piece("en", path.parent.name, json.loads(line)["response"])
