"""The report on A4 paper (PDF), set by typst: tagged for screen readers (PDF/UA-1) and never a failed export.

People's text reaches the template as data only, so nothing in it is ever typst code. A character that no installed
font has is replaced by a visible box and named at the end.
"""

from __future__ import annotations

import functools
import json
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from methods.documents.blocks import Block, Heading, Limits, Paragraph, Table, heading_text
from methods.documents.brief import brief
from methods.documents.outline import outline
from methods.documents.report import Report
from methods.documents.safe import character_name, printable
from methods.documents.words import moment, number, utc, word

if TYPE_CHECKING:
    from typst import Fonts

LIMITS = Limits(contributions=1_500, text=700, ids=1_000)
LISTED = 80
BOX = "\u25a1"

_HERE = Path(__file__).parent
_FAILED = re.compile(r"the text `(\"(?:[^\"\\]|\\.)*\")` could not be displayed")
_CODE = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
# A run without a blank would leave the paper: it may break after every eighth sign. Ids (UUIDs) stay whole.
_ENDLESS = re.compile(f"[!-\u024f{BOX}]{{41,}}")
_PIECE = re.compile(r".{8}(?=.)")
_PROBE = b"""#set document(title: "probe")
#set text(lang: "en", font: ("Noto Sans", "Liberation Sans", "DejaVu Sans", "Libertinus Serif"))
#for c in json(bytes(sys.inputs.data)) [#par(c)]
"""


def to_pdf(report: Report) -> bytes:
    """Write the report as a tagged PDF on A4.

    Long annexes are capped and point to the XLSX. If a text cannot be set even after its characters were replaced,
    all that is not ASCII is replaced; at the very last the file is made without the PDF/UA check.
    """
    return _pdf(report, outline(report, LIMITS), _page(report))


def to_brief(report: Report) -> bytes:
    """Write the policy brief: a few tagged pages on A4 without a table of contents. As `to_pdf` otherwise."""
    page = _page(report) | {"contents": "", "subtitle": word("brief", report.language)}
    return _pdf(report, brief(report), page)


def _pdf(report: Report, blocks: list[Block], page: dict[str, str]) -> bytes:
    missing = _uncovered(_characters([page, [asdict(block) for block in blocks]]))
    for attempt in range(4):
        try:
            return _set(report, page, blocks, missing, "ua-1")
        except _typst_error() as error:
            missing |= _blamed(error, attempt, [page, [asdict(block) for block in blocks]])
    return _set(report, page, blocks, missing, None)


def _set(
    report: Report, page: dict[str, str], blocks: list[Block], missing: set[str], standard: Literal["ua-1"] | None
) -> bytes:
    import typst

    shown = _replacer(missing)
    parts = [asdict(block) for block in [*blocks, *_characters_note(report, missing)]]
    data = {"page": _map(page, shown), "blocks": _map(parts, shown)}
    when = report.stamp.data_as_of
    made = typst.compile(
        _HERE / "report.typ",
        root=_HERE,
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=standard,
        timestamp=int(utc(when).replace(tzinfo=UTC).timestamp()),
    )
    assert isinstance(made, bytes)
    return made


def _page(report: Report) -> dict[str, str]:
    language = report.language
    date = moment(report.stamp.data_as_of, language)
    return {
        "title": heading_text(report.title),
        "subtitle": report.subtitle,
        "language": language,
        "contents": word("contents", language),
        "date": word("data_short", language, date=date),
        "hash": report.stamp.input_hash[:12],
        "page_of": word("page_of", language, page="{page}", pages="{pages}"),
        "software": report.stamp.software,
    }


def _characters_note(report: Report, missing: set[str]) -> list[Block]:
    if not missing:
        return []
    language = report.language
    listed = sorted(missing)[:LISTED]
    rows = tuple((code, name or "–") for code, _, name in (character_name(c).partition(" ") for c in listed))
    columns = (word("character", language), word("label", language))
    blocks: list[Block] = [
        Heading(word("characters", language), 1),
        Paragraph(word("characters_lead", language, mark=BOX), "lead"),
        Table(word("characters", language), columns, rows, (0.25, 0.75)),
    ]
    if len(missing) > LISTED:
        shown, total = number(LISTED, language), number(len(missing), language)
        blocks.append(Paragraph(word("capped", language, shown=shown, total=total), "note"))
    return blocks


@functools.cache
def _fonts() -> Fonts:
    import typst

    return typst.Fonts()


def _typst_error() -> type[Exception]:
    import typst

    return typst.TypstError


def _map(value: object, change: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _map(item, change) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_map(item, change) for item in value]
    return value


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)


def _characters(value: object) -> set[str]:
    found: set[str] = set()
    for text in _texts(value):
        if not text.isascii():
            found |= set(_paper(text))
    return {character for character in found if not character.isascii()}


def _uncovered(characters: set[str]) -> set[str]:
    """Find the characters that no font has, by setting each in a paragraph of its own."""
    import typst

    wanted = sorted(characters)
    try:
        typst.compile(
            _PROBE,
            format="pdf",
            font_paths=_fonts(),
            sys_inputs={"data": json.dumps(wanted, ensure_ascii=False)},
            pdf_standards="ua-1",
        )
    except typst.TypstError as error:
        return _named(error) & characters
    return set()


def _named(error: Exception) -> set[str]:
    """Read from typst's diagnostics which characters could not be displayed."""
    found: set[str] = set()
    for literal in _FAILED.findall(str(getattr(error, "diagnostic", error))):
        found |= set(_CODE.sub(lambda code: chr(int(code[1], 16)), literal[1:-1]))
    return found


def _blamed(error: Exception, attempt: int, value: object) -> set[str]:
    """Widen what is replaced: first marks and invisible signs of failed clusters, then all they hold, then all."""
    named = {character for character in _named(error) if not character.isascii()}
    if attempt == 0:
        named = {character for character in named if unicodedata.category(character)[0] in "MC"} or named
    return named if named and attempt < 2 else _characters(value) - {BOX}


def _paper(text: str) -> str:
    """Compose letters and marks (NFC), as fonts have them, and leave out what paper cannot show."""
    clean = printable(text).replace("\t", " ")
    return clean if clean.isascii() else unicodedata.normalize("NFC", clean)


def _replacer(missing: set[str]) -> Callable[[str], str]:
    table = {ord(character): "" if _is_invisible(character) else BOX for character in missing}
    visible = re.compile(f"{BOX}[\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]+")

    def replace(text: str) -> str:
        clean = _paper(text)
        if missing and not clean.isascii():
            clean = visible.sub(BOX, clean.translate(table))
        return _ENDLESS.sub(lambda run: _PIECE.sub("\\g<0>\u200b", run[0]), clean)

    return replace


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f"
