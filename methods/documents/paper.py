"""The report as a word processor's document (DOCX): real headings, a table of contents, tables with header rows."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, Any

from methods.documents import ooxml
from methods.documents.blocks import (
    Box,
    Figures,
    Heading,
    Limits,
    Paragraph,
    Quotation,
    StanceBar,
    Table,
    heading_text,
)
from methods.documents.outline import outline
from methods.documents.report import Report
from methods.documents.safe import printable
from methods.documents.words import moment, utc, word

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph as DocxParagraph

LIMITS = Limits(contributions=5_000, text=10_000, ids=5_000)
LINE = 9_070
TEAL, INK, GREY, ORANGE = "0F5C63", "1C1B19", "5F5B55", "A8480F"
_TONES = {"counts": "Counts", "lead": "Lead", "phrases": "Phrases", "note": "Note", "ids": "Ids", "term": "Term"}
# The bar of stances is a row of shaded cells: colour and hatching, as on the site.
_SHADES = {
    "support": ("clear", TEAL, "FFFFFF"),
    "support_with_changes": ("clear", "9CC5C8", INK),
    "unsure": ("pct15", "FFFFFF", INK),
    "question": ("clear", "EFE6F7", INK),
    "oppose": ("ltUpDiagonal", "FBE3D3", INK),
}


def to_docx(report: Report) -> bytes:
    """Write the report as DOCX. The same report gives the same bytes: its dates come from the stamp."""
    import docx

    document = docx.Document()
    _styles(document, report.language)
    # Each paragraph would look through all styles for the id of its own: half of the time of a long document.
    document.part.get_style_id = cache(document.part.get_style_id)  # type: ignore[method-assign]
    _properties(document, report)
    _page(document, report)
    title = document.add_paragraph(heading_text(report.title), style="Title")
    title.paragraph_format.space_before = 0
    if report.subtitle:
        document.add_paragraph(heading_text(report.subtitle), style="Subtitle")
    document.add_paragraph(
        word("data_short", report.language, date=moment(report.stamp.data_as_of, report.language)),
        style="Note",
    )
    _Printer(document, report).write()
    out = io.BytesIO()
    document.save(out)
    return ooxml.steady(out.getvalue())


class _Printer:
    """Writes the blocks of an outline one after another."""

    def __init__(self, document: Document, report: Report) -> None:
        self.document = document
        self.report = report
        self.marks = 0

    def write(self) -> None:
        blocks = outline(self.report, LIMITS)
        self._contents([block for block in blocks if isinstance(block, Heading) and block.level <= 2])
        for block in blocks:
            getattr(self, f"_{block.kind}")(block)

    def _contents(self, headings: list[Heading]) -> None:
        self.document.add_paragraph(word("contents", self.report.language), style="Contents Heading")
        entries = []
        for number, heading in enumerate(headings, start=1):
            paragraph = self.document.add_paragraph(style=f"Contents {heading.level}")
            entries.append((paragraph, heading_text(heading.text), f"_Toc{number:06}"))
        ooxml.contents(entries)

    def _heading(self, block: Heading) -> None:
        paragraph = self.document.add_heading(heading_text(block.text), block.level)
        if block.level <= 2:
            self.marks += 1
            ooxml.bookmark(paragraph, f"_Toc{self.marks:06}", self.marks)

    def _paragraph(self, block: Paragraph) -> None:
        self.document.add_paragraph(printable(block.text), style=_TONES.get(block.tone, "Normal"))

    def _figures(self, block: Figures) -> None:
        language = self.report.language
        columns = tuple(word(key, language) for key in ("value", "figure", "note"))
        self._table(Table(word("key_figures", language), columns, block.rows, (0.2, 0.4, 0.4), strong=()))

    def _table(self, block: Table) -> None:
        widths = [round(width * LINE) for width in block.widths]
        table = self._new_table(block.caption, widths)
        table.append(ooxml.row(list(block.columns), widths, header=True, numeric=block.numeric, strong=False))
        for index, cells in enumerate(block.rows):
            texts = [printable(text) for text in cells]
            strong = index in block.strong
            table.append(ooxml.row(texts, widths, header=False, numeric=block.numeric, strong=strong))
        self._gap()

    def _new_table(self, caption: str, widths: list[int]) -> Any:
        table = self.document.add_table(rows=0, cols=len(widths), style="Table Grid")
        properties = table._tbl.tblPr
        properties.append(ooxml.element("tblCaption", val=heading_text(caption)))
        for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
            column.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}w", str(width))
        return table._tbl

    def _gap(self) -> None:
        self.document.add_paragraph(style="Gap")

    def _stances(self, block: StanceBar) -> None:
        least = 0.03
        shares = [max(part[3], least) for part in block.parts]
        widths = [round(share / sum(shares) * LINE) for share in shares]
        table = self._new_table(block.sentence, widths)
        # A narrow part holds its count alone; the sentence below says it all.
        texts = [f"{count} {label}" if share >= 0.2 else count for _, label, count, share in block.parts]
        bar = ooxml.row(texts, widths, header=False, numeric=(), strong=True)
        for cell, part in zip(bar.tc_lst, block.parts, strict=True):
            pattern, fill, ink = _SHADES.get(part[0], ("clear", "E7E4DF", INK))
            color = ORANGE if pattern == "ltUpDiagonal" else "8A857D" if pattern == "pct15" else "auto"
            cell.tcPr.append(ooxml.element("shd", val=pattern, color=color, fill=fill))
            for text_run in cell.p_lst[0].r_lst:
                text_run.get_or_add_rPr().append(ooxml.element("color", val=ink))
        table.append(bar)
        sentence = self.document.add_paragraph(printable(block.sentence), style="Note")
        sentence.paragraph_format.space_before = 50_800

    def _quote(self, block: Quotation) -> None:
        paragraph = self.document.add_paragraph(style="Quote")
        paragraph._p.append(ooxml.run(printable(block.text), language=block.language))
        source = self.document.add_paragraph(style="Quote Source")
        text = ooxml.run(f"— {heading_text(block.source)}", color=TEAL if block.url else GREY)
        if block.url:
            relation = self.document.part.relate_to(
                block.url,
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
                is_external=True,
            )
            link = ooxml.element("hyperlink")
            link.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", relation)
            link.append(text)
            source._p.append(link)
        else:
            source._p.append(text)

    def _box(self, block: Box) -> None:
        self._boxed(heading_text(block.title), "Box Title")
        for label, text in block.rows:
            self._boxed(f"{label}: {printable(text)}" if label else printable(text), "Box")
        self._gap()

    def _boxed(self, text: str, style: str) -> DocxParagraph:
        return self.document.add_paragraph(text, style=style)


def _properties(document: Document, report: Report) -> None:
    properties = document.core_properties
    properties.title = printable(report.title)[:255]
    properties.subject = printable(report.subtitle)[:255]
    properties.author = printable(report.stamp.software)[:255]
    properties.last_modified_by = ""
    properties.comments = printable(f"{report.stamp.input_hash} {report.stamp.verify_url}".strip())[:255]
    properties.language = report.language
    properties.revision = 1
    when = utc(report.stamp.data_as_of)
    properties.created = properties.modified = when


def _page(document: Document, report: Report) -> None:
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(25)
    header = section.header.paragraphs[0]
    header.style = "Note"
    header.add_run(heading_text(report.title)[:120])
    footer = section.footer.paragraphs[0]
    footer.style = "Note"
    date = moment(report.stamp.data_as_of, report.language)
    footer.add_run(word("data_short", report.language, date=date) + " · ")
    before, _, rest = word("page_of", report.language).partition("{page}")
    between, _, after = rest.partition("{pages}")
    footer.add_run(before)
    ooxml.field(footer, "PAGE", "1")
    footer.add_run(between)
    ooxml.field(footer, "NUMPAGES", "1")
    if after:
        footer.add_run(after)


def _styles(document: Document, language: str) -> None:
    from docx.oxml.ns import qn

    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    tag = {"id": "id-ID", "en": "en-GB"}[language]
    defaults.append(ooxml.element("lang", val=tag, eastAsia="zh-CN", bidi="ar-SA"))
    _style(document, "Normal", 10.5, after=6, line=1.35)
    _style(document, "Title", 24, bold=True, after=4)
    _style(document, "Subtitle", 13, color=GREY, after=8)
    for level, size in ((1, 17), (2, 13), (3, 11)):
        _style(document, f"Heading {level}", size, bold=True, before=22 - 4 * level, after=5)
    _style(document, "Quote", 10.5, italic=False, indent=14, before=6, after=0, line=1.3, keep=True)
    _style(document, "Counts", 10.5, color=TEAL, bold=True, after=4, keep=True)
    _style(document, "Phrases", 9, color=GREY, after=6, keep=True)
    _style(document, "Lead", 11.5, after=8, line=1.35)
    _style(document, "Note", 9, color=GREY, after=6)
    _style(document, "Ids", 9, after=8)
    _style(document, "Term", 10, bold=True, before=6, after=2, keep=True)
    _style(document, "Quote Source", 9, color=GREY, indent=14, after=6)
    _style(document, "Box Title", 10.5, bold=True, indent=10, before=8, after=2, keep=True, rule=TEAL)
    _style(document, "Box", 10.5, indent=10, after=2, rule=TEAL)
    _style(document, "TableText", 9, after=1, before=1)
    _style(document, "Gap", 4, after=2)
    _style(document, "Contents Heading", 13, bold=True, before=10, after=4)
    _style(document, "Contents 1", 10.5, bold=True, after=1, before=3)
    _style(document, "Contents 2", 10, indent=14, after=0)
    _thin_rules(document)


def _thin_rules(document: Document) -> None:
    from docx.oxml.ns import qn

    borders = document.styles["Table Grid"].element.find(qn("w:tblPr")).find(qn("w:tblBorders"))
    for border in list(borders):
        if border.tag in (qn("w:left"), qn("w:right"), qn("w:insideV")):
            borders.remove(border)
        else:
            border.set(qn("w:color"), "D5D0C8")


def _style(
    document: Document,
    name: str,
    size: float,
    *,
    bold: bool = False,
    italic: bool = False,
    color: str = INK,
    before: float = 0,
    after: float = 0,
    line: float = 1.15,
    indent: float = 0,
    keep: bool = False,
    rule: str = "",
) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    styles = document.styles
    existing = [style for style in styles if style.name == name]
    style: Any = existing[0] if existing else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    font, spacing = style.font, style.paragraph_format
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{script}"), None)
    font.name, font.size, font.bold, font.italic = "Arial", Pt(size), bold, italic
    font.color.rgb = RGBColor.from_string(color)
    spacing.space_before, spacing.space_after = Pt(before), Pt(after)
    spacing.line_spacing, spacing.left_indent = line, Pt(indent)
    spacing.keep_with_next = keep or name.startswith("Heading")
    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    if rule:
        borders = ooxml.element("pBdr")
        borders.append(ooxml.element("left", val="single", sz="18", space="8", color=rule))
        properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
