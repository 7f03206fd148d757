"""Turns what people typed into what can be compared, and finds its words, sentences and passages.

It works on copies and on offsets: the original body is never changed, and every span points back into it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

PASSAGE = 600  # characters; a longer contribution is cut, because it may speak of several matters
SENTENCE = 320  # characters; a longer sentence is cut at a comma or a space

# None of these looks twice at a run of characters: a body of a megabyte takes a second, whatever stands in it.
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]++@[\w-]++\.[\w.-]+", re.IGNORECASE)
_MENTION = re.compile(r"(?<!\w)@\w+")
_UNSEEN = r"\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_CONTROL = re.compile(rf"[{_UNSEEN}\ud800-\udfff]")
_UNPRINTED = re.compile(r"[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
_NOT_WORD = re.compile(r"[\W_]+")
_ASCII_WORD = re.compile(r"[A-Za-z0-9]")
_ASCII_FOLDED = "".join(chr(code).lower() if chr(code).isalnum() else " " for code in range(128))
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_CJK}]+|[^\W\d_{_CJK}]+(?:['’\-][^\W\d_{_CJK}]+)*|\d+|[^\w\s'’\-]+|\n")
_ASCII_TOKEN = re.compile(r"[a-z]++(?:['\-][a-z]++)*+|[!-&(-,./:-@\[-^`{-~]++|[0-9]++|\n")
_CJK_RUN = re.compile(rf"[{_CJK}]")
_STOP = re.compile(  # marks, and in a group whether a space follows; it begins with one set, which is found fast
    r"""[.!?…。！？；\n](?:(?<=[.!?…])[.!?…]*+["'”’)\]]*+(?=(\s|$)?)|(?<=[。！？；])[。！？；]*[」』”’）]*|(?<=\n)\n*)"""
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[^\W\d_]|dr|drs|ir|jl|jln|gg|no|hlm|tgl|bpk|dsb|dll|dkk|rp|mr|mrs|ms|st|vs|etc|e\.g|i\.e|eg|ie|approx|kab|kec|ds|rt|rw|prof|ir|h|hj)\.$",
    re.IGNORECASE,
)
_SOFT = re.compile(r"[;:,，、]\s*|\s+")
_BLANK = re.compile(r"\n\s*\n")


def normalise(body: str) -> str:
    """A copy in NFKC without addresses, mentions, invisible and broken characters, spaces collapsed within lines."""
    text = body if body.isascii() else unicodedata.normalize("NFKC", body)
    printable = text.isprintable()
    if not printable:
        text = _CONTROL.sub("", text)
    if "@" in text or "://" in text or (("w." in text or "W." in text) and "www." in text.casefold()):
        text = _MENTION.sub(" ", _ADDRESS.sub(" ", text))
    if printable:  # then it has one line
        return " ".join(text.split())
    return "\n".join(line for line in (" ".join(part.split()) for part in text.splitlines()) if line)


def printed(body: str) -> str:
    """A copy on one line, for a heading: without signs that steer or that no file can hold.

    >>> printed("Halte\\x00  jauh\\n")
    'Halte jauh'
    """
    return " ".join(_UNPRINTED.sub(" ", body).split())


def comparable(body: str) -> str:
    """What two contributions must share to be called exact copies: words and digits, case and marks aside.

    >>> comparable("Halte-nya JAUH!!  https://contoh.id")
    'halte nya jauh'
    """
    return folded(normalise(body))


def folded(plain: str) -> str:
    """`comparable` of what is normalised already."""
    if plain.isascii():
        return " ".join(plain.translate(_ASCII_FOLDED).split())
    return _NOT_WORD.sub(" ", plain.casefold()).strip()


def tokens(text: str) -> list[str]:
    """Words, numbers, runs of Chinese or Japanese characters, and marks (which end phrases), in order.

    `text` is in small letters.
    """
    return (_ASCII_TOKEN if text.isascii() else _TOKEN).findall(text)


def is_cjk(token: str) -> bool:
    """Whether a token is written without spaces between words."""
    return _CJK_RUN.match(token) is not None


def sentences(body: str) -> Iterator[tuple[int, int]]:
    """Spans (start, end) of the sentences of `body`, without the spaces around them.

    >>> text = "Jl. Merdeka macet. Tambah bus!"
    >>> [text[a:b] for a, b in sentences(text)]
    ['Jl. Merdeka macet.', 'Tambah bus!']
    """
    start = 0
    for end in _stops(body):
        yield from _trimmed(body, start, end)
        start = end


def _stops(body: str) -> Iterator[int]:
    """Where one sentence ends and the next may begin; the last is the end of `body`."""
    start = 0
    for mark in _STOP.finditer(body):
        first, end = body[mark.start()], mark.end()
        if first in ".!?…" and mark.group(1) is None:
            continue  # the point of a figure or an address
        if first == "." and _ABBREVIATION.search(body[max(start, end - 12) : end]):
            continue
        yield end
        start = end
    yield len(body)


def _ends(body: str) -> Iterator[int]:
    """The ends of `sentences`."""
    start = 0
    for end in _stops(body):
        if end - start <= SENTENCE:
            if piece := body[start:end].rstrip():
                yield start + len(piece)
        else:
            yield from (last for _, last in _trimmed(body, start, end))
        start = end


def passages(body: str) -> list[tuple[int, int]]:
    """Spans of the passages of `body`: all of it when short, else paragraphs, and long ones by sentences."""
    if len(body) <= PASSAGE:
        return [(0, len(body))]
    spans: list[tuple[int, int]] = []
    for first, last in _paragraphs(body):
        if last - first <= PASSAGE:
            spans.append((first, last))
            continue
        start = first
        for end in _ends(body[first:last]):
            if first + end - start > PASSAGE // 2:
                spans.append((start, first + end))
                start = first + end
        if start < last:
            spans.append((start, last))
    return [span for span in spans if _has_words(body[span[0] : span[1]])] or [(0, len(body))]


def _has_words(piece: str) -> bool:
    """Whether `comparable` leaves anything of a piece; mostly told at a glance."""
    plain = piece.isascii() and "@" not in piece and "://" not in piece and "www." not in piece.lower()
    return _ASCII_WORD.search(piece) is not None if plain else comparable(piece) != ""


def _paragraphs(body: str) -> Iterator[tuple[int, int]]:
    """Spans between blank lines."""
    start = 0
    for gap in _BLANK.finditer(body):
        yield start, gap.start()
        start = gap.end()
    yield start, len(body)


def _trimmed(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span without outer spaces, cut at commas or spaces where it is too long for a quote."""
    while start < end and body[start].isspace():
        start += 1
    while end > start and body[end - 1].isspace():
        end -= 1
    while end - start > SENTENCE:
        cuts = [m.end() for m in _SOFT.finditer(body, start + SENTENCE // 2, start + SENTENCE)]
        cut = cuts[-1] if cuts else start + SENTENCE
        stop = cut
        while stop > start and body[stop - 1].isspace():
            stop -= 1
        yield start, stop
        start = cut
        while start < end and body[start].isspace():
            start += 1
    if start < end:
        yield start, end
