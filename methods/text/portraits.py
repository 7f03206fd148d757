"""Draws each theme: who speaks, in which words, with which sentences; and says which themes are a minority's."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

from methods.text import labels
from methods.text.corpus import Corpus, rare
from methods.text.model import Theme, ThemeSettings
from methods.text.phrases import PhraseCounts
from methods.text.quotes import Member, choose_quotes

Belonging = dict[str, list[tuple[tuple[int, int], float]]]
"""Id of an original -> its passages in one theme: (span, cosine to the theme's middle)."""


def extent(pieces: Sequence[tuple[tuple[int, int], float]]) -> float:
    """How many characters of a contribution lie in a theme."""
    return float(sum(end - start for (start, end), _ in pieces))


def portray(
    corpus: Corpus, named: Mapping[str, Belonging], settings: ThemeSettings, tell: Callable[[float], None]
) -> tuple[Theme, ...]:
    """Finished themes, those of most contributors first. `tell` hears the share done."""
    names = sorted(named, key=lambda name: _order(corpus, named[name], name))
    phrases = _phrases(corpus, [named[name] for name in names], settings)
    rare_values = _rare(corpus, settings)
    taken: set[str] = set()
    themes = []
    for rank, name in enumerate(names):
        tell(rank / len(names))
        themes.append(_portrait(corpus, name, named[name], phrases[rank], settings, taken, rare_values))
    return tuple(themes)


def _order(corpus: Corpus, members: Belonging, name: str) -> tuple[int, int, str]:
    """By contributors, then distinct texts: repeating oneself moves nobody up."""
    ids = [each for source in members for each in corpus.with_copies(source)]
    people = {corpus.texts[each].author for each in ids} - {None}
    return -len(people), -len(members), name


def _speaker(corpus: Corpus, source: str) -> str:
    """Whose text it is: its author's, or its own where nobody is named."""
    return corpus.texts[source].author or f"\x00{source}"


def _phrases(corpus: Corpus, groups: Sequence[Belonging], settings: ThemeSettings) -> list[dict[str, tuple[str, ...]]]:
    """For each theme, language -> its phrases, best first, as they are written."""
    import numpy as np

    row_of = {(piece.source, piece.span): row for row, piece in enumerate(corpus.passages)}
    home = np.full(len(row_of), -1, dtype=np.int64)
    for number, members in enumerate(groups):
        home[[row_of[source, span] for source, pieces in members.items() for span, _ in pieces]] = number
    voices: dict[str, int] = {}
    speakers = [_speaker(corpus, piece.source) for piece in corpus.passages]
    voice = np.array([voices.setdefault(speaker, len(voices)) for speaker in speakers], dtype=np.int64)
    counts = PhraseCounts(corpus.words, [corpus.spoken[piece.source] for piece in corpus.passages], home, voice)
    found = []
    for number, members in enumerate(groups):
        spoken = Counter(corpus.spoken[source] for source in members)
        found.append({code: counts.best(number, code, settings.phrases) for code in sorted(spoken)})
    return found


def _rare(corpus: Corpus, settings: ThemeSettings) -> set[tuple[str, str]]:
    """("stance", value) and ("language", value) that at most `rare_share` of the contributions have."""
    stances = rare(((text.stance, key) for key, text in corpus.texts.items()), settings.rare_share)
    languages = rare(((code, key) for key, code in corpus.spoken.items()), settings.rare_share)
    return {("stance", value) for value in stances} | {("language", value) for value in languages}


def _portrait(
    corpus: Corpus,
    name: str,
    members: Belonging,
    phrases: Mapping[str, tuple[str, ...]],
    settings: ThemeSettings,
    taken: set[str],
    rare_values: set[tuple[str, str]],
) -> Theme:
    """One theme; its label joins those taken."""
    ids = sorted(each for source in members for each in corpus.with_copies(source))
    texts = [corpus.texts[each] for each in ids]
    stances = Counter(text.stance for text in texts if text.stance is not None)
    languages = Counter(corpus.languages[each] for each in ids)
    spoken = Counter(corpus.spoken[each] for each in ids)
    people = tuple(sorted({text.author for text in texts if text.author is not None}))
    main = min(spoken, key=lambda code: (-spoken[code], code))
    bodies: dict[str, list[str]] = defaultdict(list)
    for source in members:
        bodies[corpus.spoken[source]].append(corpus.texts[source].body)
    written = {code: labels.as_written(found, labels.some(bodies[code])) for code, found in phrases.items()}
    quotes = choose_quotes(_members(corpus, members), phrases, main, settings.quotes)
    label = labels.title(written.get(main, ()), quotes[0].of(corpus.texts[quotes[0].source].body), taken)
    taken.add(label)
    anonymous = sum(1 for text in texts if text.author is None)
    voices = len(people) + sum(1 for source in members if corpus.texts[source].author is None)
    few = voices <= max(2, settings.minority_share * len(corpus.texts))
    leading = min(stances, key=lambda value: (-stances[value], value)) if stances else ""
    return Theme(
        id=name,
        label=label,
        phrases=written.get(main, ()),
        members=tuple(ids),
        people=people,
        anonymous=anonymous,
        distinct_texts=len(members),
        stances=dict(sorted(stances.items())),
        languages=dict(sorted(languages.items())),
        quotes=quotes,
        medoid=quotes[0],
        minority=few or ("stance", leading) in rare_values or ("language", main) in rare_values,
        phrases_by_language=written,
    )


def _members(corpus: Corpus, members: Belonging) -> list[Member]:
    """What may be quoted: originals by their passages here, copies whole."""
    found = []
    for source, pieces in members.items():
        ranked = pieces if len(pieces) == 1 else sorted(pieces, key=lambda piece: (-piece[1], piece[0]))
        near = ranked[0][1]
        spans = tuple(span for span, _ in ranked)
        for each in corpus.with_copies(source):
            text = corpus.texts[each]
            own = spans if each == source else ((0, len(text.body)),)
            found.append(Member(text, corpus.languages[each], corpus.spoken[each], own, near, each != source))
    return found
