"""What of a model's answer may reach a person: ids that exist, exact quotes of several people, people's own words.

Source: the rules of `text.md` on an optional language model (cite existing ids, quote exact substrings, or be refused),
and support by several contributors as `words` counts it. Invariants: each cite is `voice.text[start:end]`; the words of
a title or a sentence were used by several contributors; no run of words that only one contributor wrote is repeated.

>>> from methods.suggestions.asking import Voice
>>> voices = [Voice("c1", "Halte pasar terlalu jauh.", "ani"), Voice("c2", "Halte itu jauh dari pasar", "budi")]
>>> cites = [{"id": "c1", "quote": "Halte pasar"}, {"id": "c2", "quote": "jauh dari pasar"}]
>>> check_title({"text": "Halte jauh dari pasar", "cites": cites}, voices).text
'Halte jauh dari pasar'
>>> check_title({"text": "Pilih partai X", "cites": cites}, voices)
Traceback (most recent call last):
methods.suggestions.checking.Refused: words
"""

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from methods.suggestions.asking import LONGEST, Voice
from methods.suggestions.words import Shared, shared_words, stems

TITLE, SENTENCE, SENTENCES, CITES = 80, 240, 4, 12
QUOTED = 8  # signs: the least that counts as a quote
RUN = 4  # words in a row that one person alone wrote: what an instruction to a model would be repeated as
_plain = re.compile(r"[^\w\s.,;:()/%&?'’‘“”\"–-]")
_address = re.compile(r"https?:|www\.|@|\w\.(?:com|org|net|id|io|go|co)\b", re.I)
_word = re.compile(r"\w+")


class Refused(ValueError):
    """What a model answered may not reach a person; its text is the reason in one word."""


@dataclass(frozen=True)
class Cite:
    """Words of a contribution: `voice.text[start:end]`."""

    id: str
    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Proposal:
    """A suggestion that can be traced: `text` and the words that it rests on."""

    text: str
    cites: tuple[Cite, ...]


def read_answer(answer: str) -> dict[str, Any]:
    """The one JSON object of a model's answer, which may stand in a code fence or among words. Raises Refused."""
    start, end = answer.find("{"), answer.rfind("}")
    if start < 0 or end < start:
        raise Refused("json")
    try:
        found = json.loads(answer[start : end + 1])
    except (ValueError, RecursionError) as problem:
        raise Refused("json") from problem
    if not isinstance(found, dict):
        raise Refused("json")
    return found


def check_title(answer: Any, voices: Sequence[Voice]) -> Proposal:
    """The title in `answer`, if each word of it was used by several contributors of the theme. Raises Refused."""
    return _check(answer, voices, shared_words((one.who, one.text) for one in voices), TITLE)


def check_plain(answer: Any, voices: Sequence[Voice], shared: Shared) -> list[Proposal]:
    """The sentences in `answer` that hold, in order; `shared` are the words of the whole summary. Raises Refused where
    none does.
    """
    if not isinstance(answer, list):
        raise Refused("shape")
    kept: list[Proposal] = []
    problem = Refused("shape")
    for one in answer[:SENTENCES]:
        try:
            kept.append(_check(one, voices, shared, SENTENCE))
        except Refused as refused:
            problem = refused
    if not kept:
        raise problem
    return kept


def check_merge(answer: Any, first: Sequence[Voice], second: Sequence[Voice]) -> tuple[Cite, ...] | None:
    """The words on which a merge rests, None where the model says that the themes differ. Raises Refused."""
    if not isinstance(answer, dict) or not isinstance(answer.get("same"), bool):
        raise Refused("shape")
    if not answer["same"]:
        return None
    cites = _cites(answer.get("cites"), [*first, *second])
    sides = []
    for voices in (first, second):
        ids = {one.id: one for one in voices}
        mine = [cite for cite in cites if cite.id in ids]
        sides.append(shared_words((ids[cite.id].who, cite.words) for cite in mine))
    if any(side.people < 2 for side in sides):
        raise Refused("voices")
    if not sides[0].stems & sides[1].stems:
        raise Refused("words")
    return cites


def check_translation(answer: Any, quote: str) -> str:
    """The translation in `answer`, if it can be one of `quote`: as long, with the same numbers and addresses, in other
    words. Raises Refused. That it is in the right language is for the caller, who can recognise languages.
    """
    text = answer.get("text") if isinstance(answer, dict) else None
    if not isinstance(text, str) or not text.strip():
        raise Refused("shape")
    words = " ".join(text.split())
    if _hidden(words):
        raise Refused("signs")
    if not 0.4 <= len(words) / max(len(quote), 1) <= 2.5:
        raise Refused("length")
    if sorted(re.findall(r"\d+", words)) != sorted(re.findall(r"\d+", quote)):
        raise Refused("numbers")
    if _address.search(words) and not _address.search(quote):
        raise Refused("address")
    said, before = _words(words), set(_words(quote))
    if not said or sum(word in before for word in said) > 0.6 * len(said):
        raise Refused("words")
    return words


def _check(answer: Any, voices: Sequence[Voice], shared: Shared, longest: int) -> Proposal:
    text = answer.get("text") if isinstance(answer, dict) else None
    if not isinstance(text, str):
        raise Refused("shape")
    words = " ".join(text.split())
    if not 1 <= len(words) <= longest:
        raise Refused("length")
    if _hidden(words) or _plain.search(words) or _address.search(words):
        raise Refused("signs")
    cites = _cites(answer.get("cites"), voices)
    by = {one.id: one.who for one in voices}
    if len({by[cite.id] for cite in cites}) < 2:
        raise Refused("voices")
    told = stems(words)
    if not told or not set(told) <= shared.stems:
        raise Refused("words")
    if not set(told) & {stem for cite in cites for stem in stems(cite.words)}:
        raise Refused("quotes")
    if _of_one(words, voices):
        raise Refused("one voice")
    return Proposal(words, cites)


def _cites(answer: Any, voices: Sequence[Voice]) -> tuple[Cite, ...]:
    if not isinstance(answer, list) or not answer:
        raise Refused("cites")
    texts = {one.id: one.text[:LONGEST] for one in voices}
    found: dict[str, Cite] = {}
    for one in answer[:CITES]:
        key, quote = (one.get("id"), one.get("quote")) if isinstance(one, dict) else (None, None)
        if not isinstance(key, str) or not isinstance(quote, str) or key not in texts:
            raise Refused("ids")
        start = texts[key].find(quote)
        if start < 0 or len(quote.strip()) < QUOTED:
            raise Refused("quotes")
        found.setdefault(key, Cite(key, start, start + len(quote), quote))
    return tuple(found.values())


def _of_one(words: str, voices: Sequence[Voice]) -> bool:
    """Whether a run of words of the suggestion was written by one contributor alone."""
    said = _words(words)
    texts = [(one.who, f" {' '.join(_words(one.text))} ") for one in voices]
    for at in range(len(said) - RUN + 1):
        run = f" {' '.join(said[at : at + RUN])} "
        if len({who for who, text in texts if run in text}) == 1:
            return True
    return False


def _words(text: str) -> list[str]:
    return _word.findall(text.casefold())


def _hidden(text: str) -> bool:
    """Signs that nobody sees, or that turn the direction of writing."""
    return any(unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cs", "Cn") for sign in text)
