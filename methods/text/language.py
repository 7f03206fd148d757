"""Guesses the language of a text from its script and its function words, and says "und" when unsure.

Knows Indonesian, English, Javanese, Sundanese and languages with a script of their own. The author's own
choice always comes first; this refuses to guess from fewer than two pieces of evidence.
"""

from __future__ import annotations

import re
from collections import Counter

from methods.text.model import UNSURE
from methods.text.normal import normalise, tokens
from methods.text.stopwords import STOPWORDS

_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("zh", re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")),
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("jv", re.compile("[\ua980-\ua9df]")),
    ("su", re.compile("[\u1b80-\u1bbf]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("ta", re.compile("[\u0b80-\u0bff]")),
)
_LETTER = re.compile(r"[^\W\d_]")
# Forms that only one of the languages builds: affixes that a list of words would never exhaust.
_SHAPES = {
    "id": re.compile(
        r"^(?:men[gyj]?|mem|ber|ter|pe[nm]g?)[a-z]{3,}(?:kan|an|i|nya)?$|^[a-z]{3,}(?:kan|nya|lah|kah)$|^di[a-z]{3,}(?:kan|i)$"
    ),
    "en": re.compile(r"^[a-z]{2,}(?:ing|tion|tions|ness|ment|ly|ed|ies|ous|ful)$|^[a-z]+'(?:s|t|re|ve|ll)$"),
    "jv": re.compile(r"^(?:di|ng|ny|tak)[a-z]{3,}(?:ake|no|aken)$|^[a-z]{3,}(?:ipun|ake|aken|dhe|dha|the)$"),
    "su": re.compile(r"^[a-zé]{3,}(?:keun|na|ing|eun)$|^[a-zé]*eu[a-zé]*$"),
}
_KNOWN = ("id", "en", "jv", "su")
_WORDS = {
    code: STOPWORDS[code] - {"in", "a", "e", "t", "s", "d", "m", "na", "the"}
    | ({"in", "a", "the"} if code == "en" else set())
    for code in _KNOWN
}
_SHARED = Counter(word for words in _WORDS.values() for word in words)


def identify_language(text: str) -> tuple[str, float]:
    """The language code of `text` and how sure that is, from 0 to 1; ("und", …) when it could be another.

    >>> identify_language("Jadwal bus ini tidak pernah sesuai dengan yang diumumkan.")[0]
    'id'
    >>> identify_language("The bus is never on time when it rains.")[0]
    'en'
    >>> identify_language("Halte!")
    ('und', 0.0)
    """
    plain = normalise(text)
    letters = len(_LETTER.findall(plain))
    if not letters:
        return UNSURE, 0.0
    for code, script in _SCRIPTS:
        share = len(script.findall(plain)) / letters
        if share > (0.1 if code == "ja" else 0.3):
            return code, round(min(1.0, 0.5 + share / 2), 2)
    words = [word.casefold().replace("’", "'") for word in tokens(plain) if word[0].isalpha()]
    score = dict.fromkeys(_KNOWN, 0.0)
    hits = dict.fromkeys(_KNOWN, 0)
    for word in words:
        for code in _KNOWN:
            if word in _WORDS[code]:
                score[code] += 1.0 / _SHARED[word]
                hits[code] += 1
            elif word not in _SHARED and word.isascii() and _SHAPES[code].match(word):
                score[code] += 0.35
                hits[code] += 1
    best, second = sorted(_KNOWN, key=lambda code: -score[code])[:2]
    if hits[best] < 2 or score[best] < max(0.7, 0.12 * len(words)):
        return UNSURE, 0.0
    sure = (score[best] - score[second]) / (score[best] + score[second]) * min(1.0, score[best] / 2 + 0.3)
    return (best, round(sure, 2)) if sure >= 0.2 else (UNSURE, round(sure, 2))
