"""Reads a draft in Markdown, or as laws are typed, into chapters, articles and paragraphs with keys.

Source: the form of Indonesian legislation (annex II of Law 12 of 2011: BAB, Bagian, Pasal, numbered ayat) and
headings of CommonMark. Lines that start with `#` are chapters, with `##` or more articles; "BAB II", "Pasal 3" or
"Article 3" on a line of their own are headings too; "(1)" at the start of a line opens a numbered paragraph. Text in
an article is the article's body; other text makes one paragraph per block.

Invariants: no word of the source is lost; keys are unique; the same source gives the same keys; a key comes from the
numbering where there is one, else from the words; time grows linearly with the length.

>>> [(piece.key, piece.number, piece.heading, piece.body) for piece in parse('''# Stops
... Pasal 1
... The bus stops at the market.
... Pasal 2. Hours
... (1) It runs from five.
... (2) It runs until ten.''')]
... # doctest: +NORMALIZE_WHITESPACE
[('stops', '', 'Stops', ''),
 ('article-1', '1', 'Pasal 1', 'The bus stops at the market.'),
 ('article-2', '2', 'Pasal 2. Hours', ''),
 ('article-2-1', '2.1', '', 'It runs from five.'),
 ('article-2-2', '2.2', '', 'It runs until ten.')]
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

CHAPTER, ARTICLE, PARAGRAPH = "chapter", "article", "paragraph"
LIMIT = 2000  # clauses of one draft
HEADING = 240  # characters
KEY = 64  # characters; leaves room for a suffix
_NUMBER = r"(?:\d{1,4}[A-Za-z]?(?:\.\d{1,3}){0,3}|[IVXLC]{1,8})"
_CHAPTERS = r"bab|bagian|chapter|part"
_ARTICLES = r"pasal|article|section"
_hash = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_titled = re.compile(rf"^\s*({_CHAPTERS}|{_ARTICLES})\s+({_NUMBER})\s*(?:[.:–—-]\s*([^\n]{{0,160}}))?$", re.IGNORECASE)
_in_heading = re.compile(
    rf"^(?:(?P<word>{_CHAPTERS}|{_ARTICLES})\s+)?(?P<number>{_NUMBER})(?=[.:)\s–—-]|$)", re.IGNORECASE
)
_paragraph = re.compile(r"^ {0,3}\((\d{1,3}[a-z]?)\)\s+(.*)$")


class TooManyClauses(ValueError):
    """The draft has more than `LIMIT` clauses."""


@dataclass(frozen=True)
class Piece:
    """One clause: `kind` is "chapter", "article" or "paragraph"; `number` as in the margin ("3", "3.1" or "")."""

    kind: str
    key: str
    number: str
    heading: str
    body: str

    @property
    def text(self) -> str:
        """Heading and body without the number: what is compared between versions."""
        return f"{heading_words(self.heading, self.number)}\n{self.body}".strip()


def heading_words(heading: str, number: str) -> str:
    """`heading` without the number it begins with: "Pasal 3. Halte" and "3" are "Halte"; "Pasal 3" is empty.

    >>> heading_words("Pasal 3. Halte", "3"), heading_words("Halte", "")
    ('Halte', 'Halte')
    """
    return _in_heading.sub("", heading, count=1).lstrip(" .:)–—-") if number else heading


def parse(source: str) -> tuple[Piece, ...]:
    """The clauses of `source` in order. Raises TooManyClauses."""
    text = unicodedata.normalize("NFC", source.replace("\r\n", "\n").replace("\r", "\n"))
    return unique(_read(text.split("\n")))


def unique(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """`pieces` with keys made unique: the second `stops` becomes `stops~2`."""
    seen: set[str] = set()
    result = []
    for piece in pieces:
        key, again = piece.key, 1
        while key in seen:
            again += 1
            key = f"{piece.key}~{again}"
        seen.add(key)
        result.append(replace(piece, key=key))
    return tuple(result)


class _Reader:
    """The clause that is being read, and those that are finished."""

    def __init__(self) -> None:
        self.done: list[Piece] = []
        self.kind = ""
        self.number = self.heading = self.key = ""
        self.article = self.article_key = ""
        self.lines: list[str] = []

    def open(self, kind: str, number: str = "", heading: str = "", key: str = "", line: str = "") -> None:
        self.close()
        self.kind, self.number, self.heading, self.key = kind, number[:20], heading, key
        self.lines = [line] if line else []

    def close(self) -> None:
        if not self.kind:
            return
        if len(self.done) >= LIMIT:
            raise TooManyClauses(f"A draft can have at most {LIMIT} clauses.")
        body = "\n".join(self.lines).strip("\n").rstrip()
        heading = self.heading
        if len(heading) > HEADING:  # what is too long for a heading is read on in the body
            cut = heading.rfind(" ", 0, HEADING) + 1 or HEADING
            heading, body = heading[:cut].rstrip(), f"{heading[cut:]}\n\n{body}".strip()
        if heading or body:
            key = self.key[:KEY] or slug(heading or body)
            self.done.append(Piece(self.kind, key, self.number, heading, body))
        self.kind, self.lines = "", []


def _read(lines: list[str]) -> list[Piece]:
    reader, fenced, blank = _Reader(), False, True
    for line in lines:
        if line.lstrip().startswith("```"):
            fenced = not fenced
        heading = None if fenced else _heading(line)
        numbered = None if fenced or heading else _paragraph.match(line)
        if heading:
            kind, number, title = heading
            reader.open(kind, number, title, f"{kind}-{number.casefold()}" if number else "")
            reader.article = number if kind == ARTICLE else ""
            reader.article_key = (reader.key or slug(title)) if kind == ARTICLE else ""
        elif numbered:
            _open_paragraph(reader, numbered[1], numbered[2])
        elif line.strip() and blank and not fenced and _is_chapter_title(reader, line):
            reader.heading = f"{reader.heading} {line.strip()}"
        elif line.strip() and (reader.kind in ("", CHAPTER) or (blank and _stands_alone(reader, line, fenced))):
            reader.open(PARAGRAPH, line=line)
        else:
            reader.lines.append(line.rstrip())
        blank = not line.strip() or bool(heading)
    reader.close()
    return reader.done


def _heading(line: str) -> tuple[str, str, str] | None:
    """Kind, number and title, if `line` is a heading."""
    marked = _hash.match(line)
    titled = None if marked else _titled.match(line)
    if not marked and not titled:
        return None
    title = marked[2] if marked else line.strip()
    found = _in_heading.match(title)
    word = (found["word"] or "").casefold() if found else ""
    number = found["number"] if found else ""
    if number and not word and not number[0].isdigit():  # "I think" and "Mix" are words, not numerals
        number = ""
    kind = (CHAPTER if marked and len(marked[1]) == 1 else ARTICLE) if marked else ""
    if word:
        kind = CHAPTER if re.fullmatch(_CHAPTERS, word) else ARTICLE
    return kind, number, title


def _open_paragraph(reader: _Reader, number: str, text: str) -> None:
    """A numbered paragraph of the article that is being read."""
    above = f"{reader.article}." if reader.article else ""
    reader.open(PARAGRAPH, above + number, "", f"{reader.article_key or PARAGRAPH}-{number}", text)


def _is_chapter_title(reader: _Reader, line: str) -> bool:
    """Whether `line` is the title that laws put under "BAB II", in capitals."""
    bare = reader.kind == CHAPTER and bool(reader.number) and _titled.match(reader.heading) is not None
    return bare and not reader.lines and line.isupper() and len(line) <= 160


def _stands_alone(reader: _Reader, line: str, fenced: bool) -> bool:
    """Whether a new block under an unnumbered paragraph is a clause of its own: not a list, quote or code."""
    return reader.kind == PARAGRAPH and not reader.number and not fenced and line[0] not in " \t>-*+|`"


def slug(text: str) -> str:
    """A key from the words of `text`: eight words in plain letters, or a hash where the script has none.

    >>> slug("Jam operasi: pukul lima sampai sepuluh malam, setiap hari kerja")
    'jam-operasi-pukul-lima-sampai-sepuluh-malam-setiap'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    words = re.findall(r"[a-z0-9]+", plain[:400])[:8]
    return "-".join(words)[:KEY].strip("-") or f"clause-{hashlib.sha256(text.encode()).hexdigest()[:10]}"
