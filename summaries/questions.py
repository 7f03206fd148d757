"""What a language model is asked about a build, in redacted words, and what of its answers can be traced.

Reads only: suggestions come out unsaved.
"""

from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING, Any

from accounts.models import Participant
from summaries import assistant
from summaries.models import Build, Citation, Suggested, Suggestion, Theme
from summaries.sources import Contribution, find

if TYPE_CHECKING:
    from methods.suggestions import Cite, Shared, Shown, Voice

THEMES, VOICES, QUOTES, SAMPLE = 30, 24, 60, 3000  # how much is asked about at most
LANGUAGES = {"id": "Indonesian", "en": "English"}
SURE = 0.8  # of a language, to refuse a translation that is in another one
Question = Callable[[], list[Suggestion]]


class Questions:
    """The questions about one build, and what of the answers becomes a suggestion."""

    def __init__(self, build: Build, language: str) -> None:
        people = Participant.objects.filter(citations__build=build).exclude(name="").distinct()
        self.build, self.language = build, language
        self.redactor = assistant.Redactor(people.values_list("name", flat=True))
        self.themes = list(build.themes.standing().order_by("number")[:THEMES])
        self.original: dict[str, Contribution] = {}
        self.keys: dict[str, str] = {}  # id in a question → key of the source

    def all(self, kinds: Collection[str]) -> Iterator[Question]:
        """What is asked, in order. The database is read when a question is asked."""
        from methods.suggestions import near_pairs

        if {Suggested.TITLE, Suggested.PLAIN} & set(kinds):
            for theme in self.themes:
                yield lambda theme=theme: self._theme(theme, kinds)  # type: ignore[misc]
        if Suggested.MERGE in kinds:
            by_key = {theme.key: theme for theme in self.themes}
            for one, other in near_pairs({theme.key: theme.phrases for theme in self.themes}):
                yield lambda pair=(by_key[one], by_key[other]): self._merge(*pair)  # type: ignore[misc]
        if Suggested.TRANSLATION in kinds:
            rows = Citation.objects.filter(build=self.build, theme__in=self.themes).exclude(quote="")
            wanted = rows.exclude(language=self.language).exclude(translations__language=self.language)
            for quote in wanted.select_related("theme").order_by("theme__number", "quote_rank")[:QUOTES]:
                yield lambda quote=quote: self._translation(quote)  # type: ignore[misc]

    def _theme(self, theme: Theme, kinds: Collection[str]) -> list[Suggestion]:
        from methods.suggestions import Refused, ask_theme, check_plain, check_title, read_answer

        shown = self._shown(theme, "c")
        language = LANGUAGES.get(self.build.consultation.language, LANGUAGES["id"])
        reply = assistant.ask(ask_theme(shown, language=language))
        made: list[Suggestion] = []
        try:
            answer = read_answer(reply)
        except Refused:
            return made
        if Suggested.TITLE in kinds:
            try:
                title = check_title(answer.get("title"), shown.voices)
                made.append(self._made(Suggested.TITLE, title.text, theme, title.cites))
            except Refused:
                pass
        if Suggested.PLAIN in kinds:
            try:
                parts = check_plain(answer.get("plain"), shown.voices, self._shared())
                cites = tuple(cite for part in parts for cite in part.cites)
                made.append(self._made(Suggested.PLAIN, " ".join(part.text for part in parts), theme, cites))
            except Refused:
                pass
        return made

    def _merge(self, theme: Theme, other: Theme) -> list[Suggestion]:
        from methods.suggestions import Pair, Refused, ask_merge, check_merge, read_answer

        first, second = self._shown(theme, "a"), self._shown(other, "b")
        reply = assistant.ask(ask_merge(Pair(first, second)))
        try:
            cites = check_merge(read_answer(reply), first.voices, second.voices)
            if cites is None:
                return []
            return [self._made(Suggested.MERGE, other.label, theme, cites, other=other.key)]
        except Refused:
            return []

    def _translation(self, quote: Citation) -> list[Suggestion]:
        from methods.suggestions import Refused, ask_translation, check_translation, read_answer
        from methods.text import identify_language

        words = self.redactor.redact(quote.quote)
        reply = assistant.ask(ask_translation(words, language=LANGUAGES[self.language]))
        try:
            text = check_translation(read_answer(reply), words)
        except Refused:
            return []
        code, sure = identify_language(text)
        if code != self.language and sure >= SURE:
            return []
        facts = {"citation": quote.pk, "quote": quote.quote, "language": self.language}
        facts["cites"] = [{"key": quote.source_key, "quote": quote.quote}]
        return [self._row(Suggested.TRANSLATION, text, quote.theme, facts)]

    def _shown(self, theme: Theme, letter: str) -> "Shown":
        from methods.suggestions import Shown

        rows = theme.citations.filter(copy_of="").order_by("quote_rank", "pk")[: 4 * VOICES]
        quoted_first = sorted(rows, key=lambda one: (one.quote_rank is None, one.quote_rank or 0, one.pk))
        return Shown(tuple(self._voices(quoted_first[:VOICES], letter)))

    def _voices(self, rows: Collection[Citation], letter: str) -> "Iterator[Voice]":
        """Contributions as the model sees them. All without a name count as one contributor."""
        from methods.suggestions import Voice

        said = find(self.build.consultation, [row.source_key for row in rows])
        self.redactor.learn(source.body for source in said.values())
        for number, row in enumerate(rows, 1):
            source = said.get(row.source_key)
            if source is None:
                continue
            key = f"{letter}{number}"
            self.keys[key], self.original[row.source_key] = row.source_key, source
            yield Voice(key, self.redactor.redact(source.body), f"p{row.person_id}" if row.person_id else "anonymous")

    def _shared(self) -> "Shared":
        """The words that several contributors of the summary used."""
        from methods.suggestions import shared_words

        if not hasattr(self, "_words"):
            rows = list(Citation.objects.filter(build=self.build, rank=0, copy_of="").order_by("pk")[:SAMPLE])
            kept = dict(self.keys), dict(self.original)
            self._words = shared_words((one.who, one.text) for one in self._voices(rows, "w"))
            self.keys, self.original = kept
        return self._words

    def _made(self, kind: str, text: str, theme: Theme, cites: "Collection[Cite]", **facts: Any) -> Suggestion:
        """A suggestion whose quotes stand in the original words too. Raises Refused for a quote that was redacted."""
        from methods.suggestions import Refused

        told = []
        for cite in cites:
            key = self.keys[cite.id]
            start = self.original[key].body.find(cite.words)
            if start < 0:
                raise Refused("quotes")
            told.append({"key": key, "quote": cite.words, "start": start, "end": start + len(cite.words)})
        return self._row(kind, text, theme, facts | {"cites": told})

    def _row(self, kind: str, text: str, theme: Theme | None, facts: dict[str, Any]) -> Suggestion:
        return Suggestion(
            build=self.build, theme=theme, kind=kind, text=text, facts=facts, machine=assistant.model_name()
        )
