"""People's text made safe for files that programs open: no formulas, no characters that break a format.

What is shown may be replaced visibly; what is data stays recoverable. It never decides what may be published.

>>> guard("=1+1")
"'=1+1"
>>> recover(guard("=1+1"))
'=1+1'
>>> guard("halte"), recover("halte")
('halte', 'halte')
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

# Spreadsheets skip leading blanks before they look for a formula; some read full-width and small forms alike.
_FORMULA = re.compile(
    r"'*(?:[\t\r\n]|[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2060\ufeff]*"
    r"[=+\-@\u2212\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20])"
)
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]")
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_LANGUAGE = re.compile(r"[a-z]{2,3}")

CELL_LIMIT = 32_767


def is_formula_like(text: str) -> bool:
    """Tell whether a spreadsheet might run the text: = + - @ TAB CR, full-width forms, blanks before them."""
    return _FORMULA.match(text) is not None


def guard(text: str) -> str:
    """Make a CSV cell text: an apostrophe goes before what a spreadsheet might run.

    Undone exactly by `recover`: text that already has apostrophes before such a sign gets one more.
    Source: OWASP, CSV Injection.
    """
    return "'" + text if is_formula_like(text) else text


def recover(cell: str) -> str:
    """Give back the text that `guard` was given."""
    return cell[1:] if cell.startswith("'") and is_formula_like(cell) else cell


def whole(text: str) -> str:
    """Replace lone surrogates, which no file can hold, by U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def cell(text: str, cut_note: str = "…") -> str:
    """Make a spreadsheet cell's text: XML can hold it, and it is at most 32,767 UTF-16 units long.

    `cut_note` ends a text that had to be cut. XlsxWriter takes a string of the form `<r>…</r>` for markup of
    its own and would write it as it is; a blank after it keeps it text.
    """
    text = _NOT_XML.sub("", whole(text).replace("\r\n", "\n").replace("\r", "\n"))
    if len(text.encode("utf-16-le")) // 2 > CELL_LIMIT:
        room = (CELL_LIMIT - len(cut_note)) * 2
        text = text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + cut_note
    return text + " " if text.startswith("<r>") and text.endswith("</r>") else text


def printable(text: str) -> str:
    """Make text fit for paper: line breaks are one kind, control and reordering characters are gone."""
    text = _UNPRINTABLE.sub("", _BREAKS.sub("\n", whole(text)))
    return "".join(c for c in text if not _is_noncharacter(c)) if _has_noncharacter(text) else text


def _has_noncharacter(text: str) -> bool:
    return not text.isascii() and any(_is_noncharacter(c) for c in text)


def _is_noncharacter(character: str) -> bool:
    code = ord(character)
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def language_tag(language: str) -> str:
    """Give the primary subtag of a language (`id`, `jv`), or nothing where it is not one."""
    tag = language.lower().replace("_", "-").split("-")[0]
    return tag if _LANGUAGE.fullmatch(tag) else ""


def web_address(url: str) -> str:
    """Give the address when it is one of the web, otherwise nothing: a document links nowhere else."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    sound = parts.scheme in ("http", "https") and parts.netloc and url.isprintable() and " " not in url
    return url if sound and len(url) <= 2_000 and '"' not in url else ""


def character_name(character: str) -> str:
    """Name a character as the Unicode standard does: `U+A997 JAVANESE LETTER ...`."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()


def short(text: str, limit: int) -> str:
    """Cut a text at a blank near `limit` characters and end it with an ellipsis."""
    if len(text) <= limit:
        return text
    kept = text[:limit]
    blank = kept.rfind(" ")
    return (kept[:blank] if blank >= limit // 2 else kept).rstrip() + " …"
