"""Names themes by the phrases that set them apart, per language, in the words people used.

A phrase counts once per author, so that nobody names a theme by repeating it; stop words alone are no name.
The score is class TF-IDF: how many say it here, times how much rarer it is elsewhere.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from methods.text.normal import is_cjk, printed, tokens
from methods.text.stopwords import CJK_EDGE, base_language, stem, stopwords

LONGEST = 24  # characters of one phrase
LONGEST_RUN = 5  # characters of one Chinese or Japanese phrase
COMMON = 0.12  # a word in more texts than this is a stop word in a language without a list
LISTED = frozenset({"id", "en", "jv", "su", "zh", "ja", "und"})
SHOWN = 3  # phrases in a label


def phrases_of(body: str, language: str, common: frozenset[str] = frozenset()) -> set[str]:
    """Words, pairs of neighbouring words and, in Chinese and Japanese, runs of two to five characters.

    >>> sorted(phrases_of("Rute bus terlalu jauh.", "id"))
    ['bus', 'jauh', 'rute', 'rute bus']
    """
    stop = stopwords(language)
    found: set[str] = set()
    before = ""
    for token in tokens(body.casefold()):
        if is_cjk(token):
            found.update(_runs(token, stop))
            before = ""
        elif token[0].isalpha() and len(token) > 2 and token not in stop and token not in common:
            word = stem(token, language)
            found.add(word)
            if before and before != word:
                found.add(f"{before} {word}")
            before = word
        else:
            before = ""
    return found


def _runs(token: str, stop: frozenset[str]) -> Iterator[str]:
    """Runs of two to five characters without a joining one."""
    present = [word for word in stop if word in token]
    for piece in "".join(" " if char in CJK_EDGE else char for char in token).split():
        for size in range(2, LONGEST_RUN + 1):
            for start in range(len(piece) - size + 1):
                run = piece[start : start + size]
                if not any(word in run for word in present):
                    yield run


class PhraseCounts:
    """How many speakers use each phrase, per language, in all and in each theme."""

    def __init__(self) -> None:
        self._all: dict[str, Counter[str]] = defaultdict(Counter)
        self._in: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
        self._speakers: Counter[str] = Counter()
        self._speakers_in: Counter[tuple[int, str]] = Counter()
        self._grown: dict[str, Counter[str]] = {}

    def add(self, theme: int, language: str, phrase_sets: Sequence[set[str]]) -> None:
        """One speaker's texts in one theme (−1: none of them)."""
        said = set().union(*phrase_sets)
        self._all[language].update(said)
        self._speakers[language] += 1
        if theme >= 0:
            self._in[theme, language].update(said)
            self._speakers_in[theme, language] += 1

    def best(self, theme: int, language: str, most: int) -> tuple[str, ...]:
        """The phrases that set a theme apart in one language, best first, none inside another."""
        inside, size = self._in[theme, language], self._speakers_in[theme, language]
        everywhere, total = self._all[language], self._speakers[language]
        least = 1 if size < 4 else max(2, math.ceil(0.06 * size))
        scored = []
        for phrase, count in inside.items():
            if count < least or len(phrase) > LONGEST:
                continue
            if is_cjk(phrase) and self._longer(language)[phrase] * 3 > everywhere[phrase] * 2:
                continue
            lift = (count / size) / ((everywhere[phrase] + 0.5) / (total + 0.5))
            if lift <= 1 and total > size:
                continue
            length = 1.6 if " " in phrase else 1 + 0.2 * (len(phrase) - 2) if is_cjk(phrase) else 1.0
            scored.append((-((count / size) ** 0.9) * math.log1p(lift) * length, phrase))
        return _without_overlap([phrase for _, phrase in sorted(scored)], inside, most)

    def _longer(self, language: str) -> Counter[str]:
        """For each run of characters, how many use it inside its commonest longer run: a piece of a word is no word."""
        if language not in self._grown:
            grown: Counter[str] = Counter()
            for run, count in self._all[language].items():
                if is_cjk(run) and len(run) > 2 and count > 1:
                    for part in (run[1:], run[:-1]):
                        grown[part] = max(grown[part], count)
            self._grown[language] = grown
        return self._grown[language]


def _without_overlap(ranked: Sequence[str], counts: Counter[str], most: int) -> tuple[str, ...]:
    """The first `most` phrases that share no word (and, in Chinese, no pair of characters) with a better one."""
    chosen: list[str] = []
    used: list[str] = []
    for phrase in ranked[:200]:
        parts = [phrase[i : i + 2] for i in range(len(phrase) - 1)] if is_cjk(phrase) else phrase.split()
        if any(_same_stem(part, other) for part in parts for other in used):
            continue
        if len(parts) > 1 and _loose(counts[phrase], min(counts[part] for part in parts), is_cjk(phrase)):
            continue
        chosen.append(phrase)
        used.extend(parts)
        if len(chosen) == most:
            break
    return tuple(chosen)


def _loose(together: int, apart: int, written_together: bool) -> bool:
    """Whether the parts of a phrase stand together too seldom to be one name."""
    return together < max(2, 0.6 * apart) if written_together else together * 3 < apart


def _same_stem(one: str, other: str) -> bool:
    """Whether two words are likely forms of one: the longer holds the shorter, or both start alike."""
    short, long = sorted((one, other), key=len)
    if len(short) < 4:
        return short == long
    return short in long or short[:5] == long[:5]


def common_words(bodies: Sequence[str], language: str) -> frozenset[str]:
    """Stop words found in the corpus, for a language without a list and with at least thirty texts."""
    if base_language(language) in LISTED or len(bodies) < 30:
        return frozenset()
    seen: Counter[str] = Counter()
    for body in bodies:
        seen.update(set(tokens(body.casefold())))
    return frozenset(word for word, count in seen.items() if count > COMMON * len(bodies))


def as_written(phrase: str, bodies: Sequence[str], lowered: Sequence[str]) -> str:
    """The phrase with the capitals that most of its writers give it inside a sentence (names keep theirs).

    `lowered` holds `bodies` in lower case.

    >>> bodies = ["Saya suka Uber.", "Tarif Uber murah, kata Uber!"]
    >>> as_written("uber", bodies, [body.lower() for body in bodies])
    'Uber'
    """
    if is_cjk(phrase):
        return phrase
    forms: Counter[str] = Counter()
    for body, low in zip(bodies, lowered, strict=True):
        at = low.find(phrase, 2)
        if at > 0 and len(low) == len(body) and low[at - 1] in " ," and (low[at - 2].isalnum() or low[at - 2] == ","):
            forms[body[at : at + len(phrase)]] += 1
    if not forms:
        return phrase
    form, count = min(forms.items(), key=lambda item: (-item[1], item[0]))
    often = count * 2 > sum(forms.values())
    return form if often and (not form.isupper() or len(form) <= 4) else phrase


def title(phrases: Sequence[str], sentence: str, taken: set[str]) -> str:
    """A label from the best phrases that no other theme bears; from a sentence where there are none."""
    for size in range(SHOWN, len(phrases) + 1):
        label = ", ".join(phrases[:size])
        if label not in taken:
            return label
    label = ", ".join(phrases) or printed(sentence)
    if len(label) > 60:
        label = label[:60].rsplit(" ", 1)[0] + "…"
    number = 2
    plain = label
    while label in taken:
        label, number = f"{plain} ({number})", number + 1
    return label
