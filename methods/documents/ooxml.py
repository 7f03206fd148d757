"""Small pieces of WordprocessingML that python-docx has no calls for: fields, marks, table rows, steady archives."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def element(tag: str, **attributes: str) -> Any:
    """Make an element of the `w` namespace; attribute names are given without their prefix."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def run(text: str, *, bold: bool = False, color: str = "", size: int = 0, language: str = "") -> Any:
    """Make a run of text; line breaks become breaks, `size` is in half points."""
    made = element("r")
    properties = element("rPr")
    if bold:
        properties.append(element("b"))
    if color:
        properties.append(element("color", val=color))
    if size:
        properties.append(element("sz", val=str(size)))
    if language:
        properties.append(element("lang", val=language))
    if len(properties):
        made.append(properties)
    for index, line in enumerate(text.split("\n")):
        if index:
            made.append(element("br"))
        words = element("t")
        words.text = line.replace("\t", " ")
        words.set(XML_SPACE, "preserve")
        made.append(words)
    return made


def field(paragraph: Paragraph, instruction: str, shown: str = "") -> None:
    """Add a field that the word processor works out (`PAGE`, `NUMPAGES`), with what is shown until then."""
    for part in ("begin", "instr", "separate", "text", "end"):
        if part == "instr":
            made = element("r")
            code = element("instrText")
            code.text = f" {instruction} "
            code.set(XML_SPACE, "preserve")
            made.append(code)
        elif part == "text":
            made = run(shown)
        else:
            made = element("r")
            made.append(element("fldChar", fldCharType=part))
        paragraph._p.append(made)


def contents(entries: list[tuple[Paragraph, str, str]]) -> None:
    """Make a table of contents field over paragraphs, at least one, and fill them.

    `entries` are (paragraph, text, bookmark): a reader whose program works out no fields sees them as links.
    """
    opening = element("r")
    opening.append(element("fldChar", fldCharType="begin"))
    code_run = element("r")
    code = element("instrText")
    code.text = ' TOC \\o "1-2" \\h \\z \\u '
    code.set(XML_SPACE, "preserve")
    code_run.append(code)
    separator = element("r")
    separator.append(element("fldChar", fldCharType="separate"))
    for part in (opening, code_run, separator):
        entries[0][0]._p.append(part)
    for paragraph, text, bookmark in entries:
        link = element("hyperlink", anchor=bookmark, history="1")
        link.append(run(text))
        paragraph._p.append(link)
    closing = element("r")
    closing.append(element("fldChar", fldCharType="end"))
    entries[-1][0]._p.append(closing)


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Mark a paragraph so that the table of contents can link to it."""
    start = element("bookmarkStart", id=str(number), name=name)
    properties = paragraph._p.pPr
    if properties is None:
        paragraph._p.insert(0, start)
    else:
        properties.addnext(start)
    paragraph._p.append(element("bookmarkEnd", id=str(number)))


def row(cells: list[str], widths: list[int], *, header: bool, numeric: tuple[int, ...], strong: bool) -> Any:
    """Make a table row; `widths` are in twentieths of a point. Built by hand: python-docx takes seconds for 1,000."""
    made = element("tr")
    properties = element("trPr")
    if sum(map(len, cells)) < 1_500:
        properties.append(element("cantSplit"))
    if header:
        properties.append(element("tblHeader"))
    if len(properties):
        made.append(properties)
    for index, text in enumerate(cells):
        cell = element("tc")
        cell_properties = element("tcPr")
        cell_properties.append(element("tcW", w=str(widths[index]), type="dxa"))
        if header:
            cell_properties.append(element("shd", val="clear", color="auto", fill="EAF1F1"))
        cell.append(cell_properties)
        paragraph = element("p")
        paragraph_properties = element("pPr")
        paragraph_properties.append(element("pStyle", val="TableText"))
        if index in numeric:
            paragraph_properties.append(element("jc", val="right"))
        paragraph.append(paragraph_properties)
        paragraph.append(run(text, bold=header or strong))
        cell.append(paragraph)
        made.append(cell)
    return made


def steady(archive: bytes) -> bytes:
    """Pack a zip file again with one fixed date, so that the same content is the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            new.writestr(part, old.read(name))
    return out.getvalue()
