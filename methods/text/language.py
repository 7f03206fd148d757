"""Guesses the language of a text, and says "und" when unsure. The author's own choice always comes first.

A script of its own decides by itself; texts in Latin letters are judged by `letters`, which knows Indonesian, ten
languages of Indonesia's regions and English; what looks strange to it, or leaves it unsure, is judged by py3langid,
which knows the rest of the world. It refuses to guess from fewer than eight letters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from methods.text.letters import LENGTH, fold, letters
from methods.text.model import UNSURE
from methods.text.normal import normalise

SURE = 0.5  # chance below which a language is not named
STRANGE = 0.08  # share of runs of four letters that no learnt text had, above which the world is asked
FOREIGN = 0.8  # chance with which py3langid must name another language to be believed
FEWEST = 8  # letters
_BATCH = 512  # texts at a time, so that memory stays small

_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("zh", re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")),
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("jv", re.compile("[\ua980-\ua9df]")),
    ("su", re.compile("[\u1b80-\u1bbf]")),
    ("ban", re.compile("[\u1b00-\u1b7f]")),
    ("btk", re.compile("[\u1bc0-\u1bff]")),
    ("bug", re.compile("[\u1a00-\u1a1f]")),
    ("rej", re.compile("[\ua930-\ua95f]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("ta", re.compile("[\u0b80-\u0bff]")),
)
# Several languages write these: py3langid says which, else the commonest.
_SHARED = (
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
)
_OTHER = re.compile(f"[{''.join(script.pattern[1:-1] for _, script in (*_SCRIPTS, *_SHARED))}]")
_LETTER = re.compile(r"[^\W\d_]")
_NEAR = {"ms": "id"}  # Malay and Indonesian are told apart by too little to be worth a mistake
Guess = tuple[str, float]


def identify_language(text: str) -> Guess:
    """The language code of `text` and how sure that is, from 0 to 1; ("und", …) when it could be another.

    Codes are of two letters where there are such (id en jv su), else of three (min mad bew btk bug mak rej mui).
    Raises TypeError where `text` is no string.

    >>> identify_language("Jadwal bus ini tidak pernah sesuai dengan yang diumumkan.")[0]
    'id'
    >>> identify_language("The bus is never on time when it rains.")[0]
    'en'
    >>> identify_language("Halte!")
    ('und', 0.0)
    """
    return identify_languages([text])[0]


def identify_languages(bodies: Sequence[str]) -> list[Guess]:
    """The same as `identify_language` for each of `bodies`, in their order and several times as fast.

    Raises TypeError for anything but strings.
    """
    if isinstance(bodies, str) or not all(isinstance(body, str) for body in bodies):
        raise TypeError("a language is told from strings only")
    guesses: list[Guess] = [(UNSURE, 0.0)] * len(bodies)
    latin: list[int] = []
    for row, body in enumerate(bodies):
        by_script = _by_script(body) if not body.isascii() and _OTHER.search(body) else None
        if by_script:
            guesses[row] = by_script
        else:
            latin.append(row)
    for begin in range(0, len(latin), _BATCH):
        rows = latin[begin : begin + _BATCH]
        for row, guess in zip(rows, _by_letters([fold(bodies[row]) for row in rows]), strict=True):
            guesses[row] = guess
    return guesses


def _by_script(body: str) -> Guess | None:
    plain = normalise(body[: 4 * LENGTH])
    count = len(_LETTER.findall(plain))
    for code, script in _SCRIPTS:
        share = len(script.findall(plain)) / max(count, 1)
        if share > (0.1 if code == "ja" else 0.3):
            return code, round(min(1.0, 0.5 + share / 2), 2)
    for code, script in _SHARED:
        share = len(script.findall(plain)) / max(count, 1)
        if share > 0.3:
            other, chance = _world(plain)
            sure = chance >= SURE and script.search(plain) is not None
            return (other, round(chance, 2)) if sure else (code, round(share / 2, 2))
    return None


def _by_letters(folded: Sequence[str]) -> list[Guess]:
    """One guess for each text of Latin letters (see `letters.fold`)."""
    model = letters()
    chances, strange = model.chances(folded)
    found: list[Guess] = []
    for text, best, chance, share in zip(
        folded, chances.argmax(axis=1).tolist(), chances.max(axis=1).tolist(), strange.tolist(), strict=True
    ):
        if len(text) - text.count(" ") < FEWEST:
            found.append((UNSURE, 0.0))
            continue
        code = model.languages[best]
        if share > STRANGE or chance < SURE:
            other, sure = _world(text)
            if sure >= FOREIGN and other != code and other not in model.languages:
                found.append((other, round(sure, 2)))
                continue
        found.append((code if chance >= SURE else UNSURE, round(chance, 2)))
    return found


def _world(text: str) -> Guess:
    """What py3langid says; read once, and only when a text needs it."""
    code, chance = _identifier().classify(text.strip())
    return _NEAR.get(code, code), min(1.0, float(chance))


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
