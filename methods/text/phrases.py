"""Finds the phrases that set a theme apart from the others, per language.

A phrase is a word of content, a pair of neighbouring ones, or a run of Chinese or Japanese characters. It counts once
per author, so that nobody names a theme by repeating it; stop words alone are no name. The score is class TF-IDF: how
many say it here, times how much rarer it is elsewhere. Every count is exact.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from methods.text.normal import is_cjk
from methods.text.stopwords import CJK_EDGE, base_language, stopwords
from methods.text.words import JOINED, NOTHING, Terms, Words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LONGEST = 24  # characters of one phrase
LONGEST_RUN = 5  # characters of one Chinese or Japanese phrase
COMMON, LEAST = 0.12, 30  # a word in more texts is a stop word in a language without a list and with so many texts
LISTED = frozenset({"id", "en", "jv", "su", "zh", "ja", "und"})


@dataclass(frozen=True, eq=False)
class _Tongue:
    """What is counted of one language: of each theme the phrases that are said often enough, with how many say them
    there and everywhere; how many speak in each theme, and in all; how many say each run of characters."""

    said: Mapping[int, tuple[Sequence[int], Sequence[int], Sequence[int]]]
    speakers: Mapping[int, int]
    total: int
    runs: Counter[str]


class PhraseCounts:
    """How many speakers use each phrase, per language, in all and in each theme.

    The texts of `words` are each in one of `languages`, in one of `themes` (−1: in none) and by one of `speakers`, all
    numbers; a text in no theme counts as a speaker of its own.
    """

    def __init__(
        self, words: Words, languages: Sequence[str], themes: NDArray[np.int64], speakers: NDArray[np.int64]
    ) -> None:
        import numpy as np

        terms = Terms.of(words, languages)
        numbers = {term: number for number, term in enumerate(terms.known)}
        self._first_run = len(numbers)
        self._tongues: dict[str, _Tongue] = {}
        self._grown: dict[str, Counter[str]] = {}
        names, spoken = np.unique(np.array(languages, dtype=str), return_inverse=True)
        rows = words.rows()
        runs = _number_runs(words, terms, names[spoken[rows[terms.cells == JOINED]]].tolist(), numbers)
        self._known = list(numbers)
        for number, language in enumerate(names.tolist()):
            own = np.flatnonzero(spoken == number)
            cells = np.flatnonzero(spoken[rows] == number)
            kept = _without_common(words.cells[cells], rows[cells], terms.cells[cells], language, len(own))
            phrases, texts = self._phrases(kept, rows[cells])
            if more := [
                (run, rows[cell]) for cell in cells[terms.cells[cells] == JOINED].tolist() for run in runs[cell]
            ]:
                phrases = np.concatenate([phrases, [run for run, _ in more]])
                texts = np.concatenate([texts, [row for _, row in more]])
            self._tongues[language] = self._count(phrases, texts, own, themes[own], speakers[own])

    def _phrases(
        self, terms: NDArray[np.int32], rows: NDArray[np.int32]
    ) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """The number of each phrase, and the row of its text: a word's own number, and of a pair one made of two."""
        import numpy as np

        single = terms >= 0
        pair = single[:-1] & single[1:] & (rows[:-1] == rows[1:]) & (terms[:-1] != terms[1:])
        size = len(self._known)
        pairs = (terms[:-1][pair].astype(np.int64) + 1) * size + terms[1:][pair]
        return np.concatenate([terms[single].astype(np.int64), pairs]), np.concatenate([rows[single], rows[:-1][pair]])

    def _count(
        self,
        phrases: NDArray[np.int64],
        texts: NDArray[np.int32],
        own: NDArray[np.int64],
        themes: NDArray[np.int64],
        speakers: NDArray[np.int64],
    ) -> _Tongue:
        """The counts of one language; `own` are the rows of its texts, `themes` and `speakers` theirs."""
        import numpy as np

        alone = np.iinfo(np.int64).max // 2 + np.arange(len(own))  # after all themes
        voices, voice = np.unique(
            np.where(themes >= 0, themes * (int(speakers.max()) + 1) + speakers, alone), return_inverse=True
        )
        home = np.full(len(voices), -1, dtype=np.int64)
        home[voice] = themes
        present, sizes = np.unique(home[home >= 0], return_counts=True)
        size = np.zeros(int(home.max(initial=0)) + 1, dtype=np.int64)
        size[present] = sizes
        said = _distinct(phrases * len(voices) + voice[np.searchsorted(own, texts)])
        phrase, theme = said // len(voices), home[said % len(voices)]
        begins = np.flatnonzero(np.diff(phrase, prepend=-1))
        everywhere = np.diff(np.append(begins, len(phrase)))
        joined = np.flatnonzero((phrase[begins] >= self._first_run) & (phrase[begins] < len(self._known)))
        runs = Counter({self._known[phrase[begins[at]]]: int(everywhere[at]) for at in joined.tolist()})
        starts = np.flatnonzero((np.diff(phrase, prepend=-1) != 0) | (np.diff(theme, prepend=-2) != 0))
        counts = np.diff(np.append(starts, len(phrase)))
        total = np.repeat(everywhere, np.diff(np.append(np.searchsorted(starts, begins), len(starts))))
        phrase, theme = phrase[starts], theme[starts]
        least = np.where(size < 4, 1, np.maximum(2, np.ceil(0.06 * size)))
        often = (theme >= 0) & (counts >= least[theme])
        found = {}
        for number in present.tolist():
            here = np.flatnonzero(often & (theme == number))
            found[number] = (phrase[here].tolist(), counts[here].tolist(), total[here].tolist())
        return _Tongue(found, dict(zip(present.tolist(), sizes.tolist(), strict=True)), len(voices), runs)

    def _written(self, number: int) -> str:
        """The words of a phrase."""
        if number < len(self._known):
            return self._known[number]
        first, second = divmod(number, len(self._known))
        return f"{self._known[first - 1]} {self._known[second]}"

    def said(self, theme: int, language: str) -> dict[str, int]:
        """The phrases of a theme that are said often enough to name it, and how many say them there."""
        phrases, counts, _ = self._tongues[language].said.get(theme, ((), (), ()))
        return {self._written(number): count for number, count in zip(phrases, counts, strict=True)}

    def best(self, theme: int, language: str, most: int) -> tuple[str, ...]:
        """The phrases that set a theme apart in one language, best first, none inside another."""
        tongue = self._tongues[language]
        phrases, counts, everywhere = tongue.said.get(theme, ((), (), ()))
        size, total = tongue.speakers.get(theme, 0), tongue.total
        inside: dict[str, int] = {}
        scored = []
        for number, count, others in zip(phrases, counts, everywhere, strict=True):
            phrase = self._written(number)
            inside[phrase] = count
            if len(phrase) > LONGEST:
                continue
            if is_cjk(phrase) and self._longer(language)[phrase] * 3 > others * 2:
                continue
            lift = (count / size) / ((others + 0.5) / (total + 0.5))
            if lift <= 1 and total > size:
                continue
            length = 1.6 if " " in phrase else 1 + 0.2 * (len(phrase) - 2) if is_cjk(phrase) else 1.0
            scored.append((-((count / size) ** 0.9) * math.log1p(lift) * length, phrase))
        return _without_overlap([phrase for _, phrase in sorted(scored)], inside, most)

    def _longer(self, language: str) -> Counter[str]:
        """For each run of characters, how many use it inside its commonest longer run: a piece of a word is no word."""
        if language not in self._grown:
            grown: Counter[str] = Counter()
            for run, count in self._tongues[language].runs.items():
                if len(run) > 2 and count > 1:
                    for part in (run[1:], run[:-1]):
                        grown[part] = max(grown[part], count)
            self._grown[language] = grown
        return self._grown[language]


def _distinct(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Numbers from nought up, each once, in order; `numbers` is used up."""
    import numpy as np

    numbers.sort()
    return numbers[np.diff(numbers, prepend=-1) > 0]


def _number_runs(words: Words, terms: Terms, languages: Sequence[str], numbers: dict[str, int]) -> dict[int, list[int]]:
    """Cell -> the numbers of the runs in it, which join `numbers`; `languages` are those of the joined cells."""
    import numpy as np

    joined = np.flatnonzero(terms.cells == JOINED).tolist()
    return {
        cell: [
            numbers.setdefault(run, len(numbers)) for run in _runs(words.known[words.cells[cell]], stopwords(language))
        ]
        for cell, language in zip(joined, languages, strict=True)
    }


def _runs(token: str, stop: frozenset[str]) -> Iterator[str]:
    """Runs of two to five characters without a joining one."""
    present = [word for word in stop if word in token]
    for piece in "".join(" " if char in CJK_EDGE else char for char in token).split():
        for size in range(2, LONGEST_RUN + 1):
            for start in range(len(piece) - size + 1):
                run = piece[start : start + size]
                if not any(word in run for word in present):
                    yield run


def _without_common(
    cells: NDArray[np.int32], rows: NDArray[np.int32], terms: NDArray[np.int32], language: str, texts: int
) -> NDArray[np.int32]:
    """`terms` without those words that are stop words because so many of the `texts` of a language use them."""
    import numpy as np

    if base_language(language) in LISTED or texts < LEAST:
        return terms
    often = np.flatnonzero(np.bincount(cells) > COMMON * texts)
    mine = np.isin(cells, often)
    width = int(cells.max(initial=0)) + 1
    once = _distinct(rows[mine].astype(np.int64) * width + cells[mine])
    common = (np.bincount(once % width, minlength=width) > COMMON * texts)[cells]
    return np.where(common & (terms >= 0), np.int32(NOTHING), terms)


def _without_overlap(ranked: Sequence[str], counts: Mapping[str, int], most: int) -> tuple[str, ...]:
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
