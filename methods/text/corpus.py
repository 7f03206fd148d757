"""A corpus made ready: in order, without what says nothing, copies found, languages known, passages cut."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.metadata import version

from methods.text.copies import group_copies
from methods.text.language import identify_languages
from methods.text.model import METHOD_VERSION, UNSURE, Copies, Text, ThemeSettings
from methods.text.normal import folded, normalise, passages
from methods.text.words import Words

LIBRARIES = ("numpy", "scipy", "scikit-learn", "RapidFuzz")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of one contribution: its text's id, its span in the body, and what is compared of it."""

    source: str
    span: tuple[int, int]
    plain: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything that the later steps look up. `spoken` is `languages` with the likeliest one where unsure.

    `words` are those of `passages`, row by row.
    """

    n: int
    texts: Mapping[str, Text]
    left_out: Mapping[str, str]
    copies: Copies
    languages: Mapping[str, str]
    spoken: Mapping[str, str]
    passages: tuple[Passage, ...]
    groups: Mapping[str, tuple[str, ...]]
    words: Words

    def with_copies(self, original: str) -> tuple[str, ...]:
        """An original's id and those of its copies."""
        return self.groups.get(original, (original,))


def prepare(ordered: list[Text]) -> Corpus:
    """The corpus of texts that are in order and whose ids differ."""
    left_out, kept, plains, compared = {}, [], {}, []
    for text in ordered:
        plain = normalise(text.body)
        if key := folded(plain):
            kept.append(text)
            compared.append(key)
            plains[text.id] = text.body if plain == text.body else plain  # one string, held once
        else:
            left_out[text.id] = "no_words" if text.body.strip() else "empty"
    copies = group_copies(kept, compared)
    del compared
    of = copies.of
    untold = [text for text in kept if not text.language]
    guessed = dict(zip([text.id for text in untold], identify_languages([text.body for text in untold]), strict=True))
    languages = {text.id: text.language or guessed[text.id][0] for text in kept}
    known = Counter(code for code in languages.values() if code != UNSURE)
    likely = min(known, key=lambda code: (-known[code], code)) if known else UNSURE
    spoken = {key: likely if code == UNSURE else code for key, code in languages.items()}
    pieces = tuple(
        Passage(text.id, span, plain)
        for text in kept
        if text.id not in of
        for span, plain in _passages(text.body, plains.pop(text.id))
    )
    texts = {text.id: text for text in kept}
    words = Words.read(piece.plain for piece in pieces)
    return Corpus(len(ordered), texts, left_out, copies, languages, spoken, pieces, copies.groups, words)


def _passages(body: str, plain: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Spans and what is compared of them; of one that is all of `body` that is `plain`."""
    for start, end in passages(body):
        yield (start, end), plain if end - start == len(body) else normalise(body[start:end])


def versions(embedder: str) -> dict[str, str]:
    """What the figures were made with: method, embedder, libraries."""
    return {"method": METHOD_VERSION, "embedder": embedder, **{name: version(name) for name in LIBRARIES}}


def fingerprint(
    ordered: list[Text],
    settings: ThemeSettings,
    used: Mapping[str, str],
    previous: Mapping[str, Collection[str]],
    pins: Mapping[str, str],
) -> str:
    """SHA-256 over the input, the settings and the versions: equal fingerprints promise equal themes."""
    digest = sha256()
    for part in (
        asdict(settings),
        dict(used),
        {key: sorted(ids) for key, ids in previous.items()},
        dict(pins),
    ):
        digest.update(json.dumps(part, sort_keys=True).encode())
    for text in ordered:
        digest.update(json.dumps([text.id, text.body, text.language, text.author, text.stance]).encode())
    return digest.hexdigest()


def rare(pairs: Iterable[tuple[str | None, str]], share: float) -> dict[str, tuple[str, ...]]:
    """Values that at most `share` of the contributions have, with their ids; None counts nowhere."""
    ids: dict[str, list[str]] = defaultdict(list)
    for value, key in pairs:
        if value is not None:
            ids[value].append(key)
    total = sum(map(len, ids.values()))
    return {value: tuple(sorted(found)) for value, found in sorted(ids.items()) if len(found) <= share * total}
