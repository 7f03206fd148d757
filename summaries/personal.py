"""Reads words of people with personal data masked: telephone numbers and the like are replaced visibly, unless a person
decided to keep them. The contributions themselves are not altered here; that is for moderators.

A quote stays exact where it is kept: it is `body[start:end]`, and only the view of it is masked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from moderation.richtext import render
from summaries.models import Build, Citation, Personal, PersonalFind
from summaries.sources import Contribution

if TYPE_CHECKING:
    from methods.text import Span

Decided = frozenset[tuple[str, str, int, int]]  # (source, kind, start, end) that a person kept
CONTEXT = 60  # signs on each side of a find, for those who decide


def removed_words() -> dict[str, str]:
    """What stands in the place of each kind of personal data, in the active language."""
    return {
        Personal.NIK: _("[identity number removed]"),
        Personal.TELEPHONE: _("[telephone number removed]"),
        Personal.EMAIL: _("[e-mail address removed]"),
        Personal.PLATE: _("[number plate removed]"),
        Personal.ADDRESS: _("[address removed]"),
    }


@dataclass(frozen=True)
class Mask:
    """Masks the words of one build in the language that was active when it was made; `kept` is what people decided."""

    words: Mapping[str, str]
    kept: Decided = frozenset()

    @classmethod
    def of(cls, build: Build) -> "Mask":
        """The mask of `build`. One query."""
        kept = PersonalFind.objects.filter(build=build).exclude(kept_at=None)
        return cls(removed_words(), frozenset(kept.values_list("source_key", "kind", "start", "end")))

    def spans(self, source_key: str, body: str) -> "list[Span]":
        """What is to be masked in the text `body` of `source_key`, in order."""
        return [one for one in find_in(body) if (source_key, one.kind, one.start, one.end) not in self.kept]

    def text(self, source_key: str, body: str) -> str:
        """The whole text `body`, masked."""
        spans = self.spans(source_key, body)
        return self.cut(body, spans, 0, len(body))[0] if spans else body

    def quote(self, citation: Citation, source: Contribution | None) -> str:
        """The words of a quote, masked; empty where its source may not be shown. What it shares with a find is masked
        whole, so that it is part of the masked text too.
        """
        if source is None or citation.start is None or citation.end is None:
            return ""
        spans = self.spans(source.source_key, source.body)
        return self.cut(source.body, spans, citation.start, citation.end)[0]

    def sources(self, found: Mapping[str, Contribution]) -> dict[str, Contribution]:
        """Contributions for lists: those that hold personal data with masked words, made anew from their text."""
        return {key: self.source(one) for key, one in found.items()}

    def source(self, source: Contribution) -> Contribution:
        spans = self.spans(source.source_key, source.body)
        if not spans:
            return source
        body = self.cut(source.body, spans, 0, len(source.body))[0]
        return replace(source, body=body, html=render(body))

    def cut(self, body: str, spans: "Iterable[Span]", start: int, end: int) -> tuple[str, int, int]:
        """The words `body[start:end]` masked, and where they stand in the masked `body`.

        With the whole text, `masked[first:last]` is the masked quote.
        """
        before, inside, at = [], [], 0
        for one in spans:
            word = self.words[one.kind]
            if one.end <= start:
                before += [body[at : one.start], word]
            elif one.start < end:
                if at < start:
                    before.append(body[at : min(one.start, start)])
                inside += [body[max(at, start) : one.start], word]
            else:
                break
            at = one.end
        if at < start:
            before.append(body[at:start])
        inside.append(body[max(at, start) : end])
        first, masked = sum(map(len, before)), "".join(inside)
        return masked, first, first + len(masked)


def find_in(body: str) -> "tuple[Span, ...]":
    """Personal data in `body`, as the method finds it."""
    from methods.text import find_personal  # not when the server starts

    return find_personal(body)


def context_of(body: str, start: int, end: int) -> tuple[str, str, str]:
    """A find for those who decide: what stands before it, itself, and what follows."""
    left, right = max(start - CONTEXT, 0), min(end + CONTEXT, len(body))
    head = ("…" if left else "") + body[left:start]
    return head, body[start:end], body[end:right] + ("…" if right < len(body) else "")
