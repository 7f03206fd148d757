"""Chooses the sentences that speak for a theme: near its middle, unlike each other, every side heard.

Maximal marginal relevance (Carbonell and Goldstein 1998). A quote is a span of the untouched body; nothing
is shortened, corrected or joined.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from methods.text.model import Quote, Text
from methods.text.normal import is_cjk, sentences, tokens

HEARD = 0.6  # how much less a second sentence of one voice is worth
COPIED = 0.05  # and a copy beside its original
SAID = 0.5  # weight of holding the phrases of the theme
SHORT, SHORT_WIDE, LONG = 45, 15, 220  # characters below or above which a sentence makes a weaker quote
VARIETY = 0.5  # weight of being unlike what is already quoted
NEAREST = 40  # members looked at, nearest first; beside them the nearest of each stance and language
EACH = 4
PER_TEXT = 4  # sentences looked at in one passage
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Member:
    """A contribution of a theme: the spans of its passages there, its nearness, whether it is a copy.

    `spoken` is `language`, or the likeliest language where that is undetermined.
    """

    text: Text
    language: str
    spoken: str
    spans: tuple[tuple[int, int], ...]
    nearness: float
    copy: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    member: Member
    quote: Quote
    words: frozenset[str]
    relevance: float


def choose_quotes(
    members: Sequence[Member], phrases: Mapping[str, Sequence[str]], main: str, most: int
) -> tuple[Quote, ...]:
    """At least one sentence for every stance and language among the members, `most` in all or more if need be.

    `phrases` holds the theme's phrases per language. The first quote is the medoid: the sentence in the `main`
    language that says most of what the theme says.
    """
    pool = _pool(sorted(members, key=lambda member: (member.copy, -member.nearness, member.text.id)))
    candidates = [found for member in pool for found in _candidates(member, phrases.get(member.spoken, ()))]
    unheard = {side for member in members for side in _sides(member)}
    chosen: list[_Candidate] = []
    while candidates:
        first = [c for c in candidates if c.member.spoken == main] if not chosen else []
        missing = [c for c in candidates if unheard.intersection(_sides(c.member))] if chosen else []
        if not missing and len(chosen) >= most:
            break
        best = min(first or missing or candidates, key=lambda c: (-_worth(c, chosen), c.quote.source, c.quote.start))
        chosen.append(best)
        unheard.difference_update(_sides(best.member))
        candidates = [
            c
            for c in candidates
            if c.quote != best.quote and (c.words != best.words or unheard.intersection(_sides(c.member)))
        ]
    return tuple(candidate.quote for candidate in chosen)


def _sides(member: Member) -> set[tuple[str, str]]:
    """What a quote of this member speaks for: its stance, where it has one, and its language."""
    sides = {("language", member.language)}
    return sides if member.text.stance is None else sides | {("stance", member.text.stance)}


def _pool(ordered: Sequence[Member]) -> list[Member]:
    """The nearest members, and the nearest of each stance and language."""
    counts: dict[tuple[str, str], int] = {}
    pool = []
    for rank, member in enumerate(ordered):
        sides = _sides(member)
        if rank < NEAREST or any(counts.get(side, 0) < EACH for side in sides):
            pool.append(member)
        for side in sides:
            counts[side] = counts.get(side, 0) + 1
    return pool


def _candidates(member: Member, terms: Sequence[str]) -> Iterator[_Candidate]:
    """The first sentences of each passage of one member, with their relevance."""
    body = member.text.body
    for first, last in member.spans:
        spans = list(sentences(body[first:last]))
        worded = [span for span in spans if _WORD.search(body, first + span[0], first + span[1])]
        for start, end in (worded or spans)[:PER_TEXT]:
            quote = Quote(member.text.id, first + start, first + end)
            plain = quote.of(body).casefold()
            wide = any(is_cjk(char) for char in plain)
            words = frozenset(plain) if wide else frozenset(tokens(plain))
            said = sum(1 / (rank + 1) for rank, term in enumerate(terms) if term in plain)
            size = end - start
            fit = min(1.0, size / (SHORT_WIDE if wide else SHORT)) * (1.0 if size <= LONG else 0.85)
            yield _Candidate(member, quote, words, (member.nearness + SAID * min(said, 2.0)) * fit)


def _worth(candidate: _Candidate, chosen: Sequence[_Candidate]) -> float:
    """Relevance, less the likeness to what is quoted; a new voice before one that was heard."""
    likeness = max(
        (len(candidate.words & other.words) / max(1, len(candidate.words | other.words)) for other in chosen),
        default=0.0,
    )
    voice = _voice(candidate.member.text)
    heard = any(_voice(other.member.text) == voice for other in chosen)
    worth = candidate.relevance - VARIETY * likeness - HEARD * heard - COPIED * candidate.member.copy
    return round(worth, 6)


def _voice(text: Text) -> str:
    """Whose voice a text is: its author's, or its own where nobody is named."""
    return text.author or f"\x00{text.id}"
