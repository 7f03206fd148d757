"""Chooses the sentences that speak for a theme: near its middle, unlike each other, every side heard.

Maximal marginal relevance (Carbonell and Goldstein 1998). A quote is a span of the untouched body; nothing
is shortened, corrected or joined.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from methods.text.model import Quote, Text
from methods.text.normal import sentences, tokens

VARIETY = 0.5  # weight of being unlike what is already quoted
NEAREST = 40  # members looked at, nearest first; beside them the nearest of each stance and language
EACH = 4
PER_TEXT = 4  # sentences looked at in one passage
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Member:
    """A contribution of a theme: its text, the spans of its passages there, its nearness, whether it is a copy."""

    text: Text
    language: str
    spans: tuple[tuple[int, int], ...]
    nearness: float
    copy: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    member: Member
    quote: Quote
    words: frozenset[str]
    relevance: float


def choose_quotes(members: Sequence[Member], phrases: Sequence[str], most: int) -> tuple[Quote, ...]:
    """At least one sentence for every stance and language among the members, `most` in all or more if need be.

    The first quote is the medoid: the sentence that says most of what the theme says.
    """
    pool = _pool(sorted(members, key=lambda member: (member.copy, -member.nearness, member.text.id)))
    terms = [phrase.casefold() for phrase in phrases]
    candidates = [found for member in pool for found in _candidates(member, terms)]
    chosen: list[_Candidate] = []
    stances = {member.text.stance for member in members} - {None}
    languages = {member.language for member in members}
    while candidates:
        open_stances = stances - {c.member.text.stance for c in chosen}
        open_languages = languages - {c.member.language for c in chosen}
        wanted = [c for c in candidates if c.member.text.stance in open_stances or c.member.language in open_languages]
        if chosen and not wanted and len(chosen) >= most:
            break
        best = max(wanted if chosen and wanted else candidates, key=lambda c: (_worth(c, chosen), c.quote.source, -c.quote.start))
        chosen.append(best)
        candidates = [c for c in candidates if (c.quote != best.quote and c.words != best.words) or _needed(c, chosen, stances, languages)]
        candidates = [c for c in candidates if c.quote != best.quote]
    return tuple(candidate.quote for candidate in chosen)


def _needed(candidate: _Candidate, chosen: Sequence[_Candidate], stances: Iterable[object], languages: Iterable[str]) -> bool:
    """Whether a candidate speaks for a stance or language that no quote speaks for yet."""
    stance, language = candidate.member.text.stance, candidate.member.language
    return (stance in stances and all(c.member.text.stance != stance for c in chosen)) or (
        language in languages and all(c.member.language != language for c in chosen)
    )


def _pool(ordered: Sequence[Member]) -> list[Member]:
    """The nearest members, and the nearest of each stance and language."""
    counts: dict[tuple[str, object], int] = {}
    pool = []
    for rank, member in enumerate(ordered):
        sides = (("stance", member.text.stance), ("language", member.language))
        if rank < NEAREST or any(counts.get(side, 0) < EACH for side in sides):
            pool.append(member)
        for side in sides:
            counts[side] = counts.get(side, 0) + 1
    return pool


def _candidates(member: Member, terms: Sequence[str]) -> Iterable[_Candidate]:
    """Sentences of one member with their relevance; all of them if none is of a good length."""
    body = member.text.body
    found = []
    for first, last in member.spans:
        for start, end in list(sentences(body[first:last]))[:PER_TEXT]:
            quote = Quote(member.text.id, first + start, first + end)
            plain = quote.of(body).casefold()
            if not _WORD.search(plain):
                continue
            said = sum(1 / (rank + 1) for rank, term in enumerate(terms) if term in plain)
            size = end - start
            wide = any("\u3040" < char < "\u9fff" for char in plain)
            fit = min(1.0, size / (15 if wide else 45)) * (1.0 if size <= 220 else 0.85)
            words = frozenset(plain) if wide else frozenset(tokens(plain))
            found.append(_Candidate(member, quote, words, (member.nearness + 0.5 * min(said, 2.0)) * fit))
    return found


def _worth(candidate: _Candidate, chosen: Sequence[_Candidate]) -> float:
    """Relevance, less the likeness to what is quoted; a new voice before one that was heard."""
    likeness = max(
        (len(candidate.words & other.words) / max(1, len(candidate.words | other.words)) for other in chosen),
        default=0.0,
    )
    author = candidate.member.text.author
    heard = any(
        c.quote.source == candidate.quote.source or (author is not None and c.member.text.author == author) for c in chosen
    )
    worth = candidate.relevance - VARIETY * likeness - (0.6 if heard else 0.0) - (0.05 if candidate.member.copy else 0.0)
    return round(worth, 6)
