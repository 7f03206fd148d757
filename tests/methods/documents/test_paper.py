"""DOCX: real headings, contents, tables with header rows, quotes in their language."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from methods.documents import Report, to_docx


def document_of(report: Report) -> Document:
    return docx.Document(io.BytesIO(to_docx(report)))


def headings(document: Document, level: int) -> list[str]:
    return [p.text for p in document.paragraphs if p.style is not None and p.style.name == f"Heading {level}"]


def test_document_has_its_parts_as_headings(report: Report) -> None:
    document = document_of(report)
    assert headings(document, 1) == [
        "Ikhtisar", "Tema", "Pandangan minoritas", "Kampanye", "Yang disepakati, yang memisahkan", "Jajak pendapat",
        "Siapa yang ikut serta, siapa yang belum terdengar", "Masukan di luar tema",
        "Cara penyusunan", "Dari angka ke masukan", "Masukan", "Asal-usul dokumen",
    ]  # fmt: skip
    assert headings(document, 2)[3:6] == ["1. Halte terlalu jauh", "2. Jadwal malam", "3. Kursi roda"]


def test_contents_is_a_field_whose_links_have_targets(report: Report) -> None:
    body = document_of(report).element.body
    codes = [code.text.strip() for code in body.iter(qn("w:instrText"))]
    assert codes[0].startswith("TOC ")
    targets = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    links = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))} - {None}
    assert links == targets


def test_every_data_table_repeats_its_header(report: Report) -> None:
    tables = document_of(report).tables
    plain = [table for table in tables if len(table.rows) > 1]
    assert len(plain) == 10
    assert all(table._tbl.tr_lst[0].find(qn("w:trPr")).find(qn("w:tblHeader")) is not None for table in plain)


def test_quotes_are_verbatim_and_carry_their_language_and_source(report: Report) -> None:
    document = document_of(report)
    quotes = [p for p in document.paragraphs if p.style is not None and p.style.name == "Quote"]
    assert [p.text for p in quotes] == [
        *(quote.text for theme in report.themes for quote in theme.quotes), "Kami menolak halte baru.",
    ]  # fmt: skip
    assert quotes[2]._p.find(qn("w:r")).find(qn("w:rPr")).find(qn("w:lang")).get(qn("w:val")) == "jv"
    links = [rel.target_ref for rel in document.part.rels.values() if rel.is_external]
    assert links[:2] == ["https://rembuk.example/c/1", "https://rembuk.example/c/2"]


def test_properties_come_from_the_stamp(report: Report) -> None:
    properties = document_of(report).core_properties
    assert (properties.title, properties.language, properties.author) == (report.title, "id", "Rembuk 0.2.0")
    assert properties.created is not None
    assert properties.created.strftime("%Y-%m-%d %H:%M") == "2026-03-14 02:30"


def test_empty_document_says_so(empty_report: Report) -> None:
    document = document_of(empty_report)
    assert headings(document, 1) == ["Overview", "Origin of this document"]
    assert "This report is empty" in "\n".join(p.text for p in document.paragraphs)


@pytest.mark.parametrize(
    "text", ["\x00\x01\x1b[31m", "a\ud800\ufffe", "<w:p/> & ]]>", "ꦲꦏ꧀ꦱꦫ", "", "\r\n\r\n", "x" * 8_000]
)
def test_hostile_text_still_makes_a_document(with_text: Callable[[str], Report], text: str) -> None:
    assert headings(document_of(with_text(text)), 1)[0] == "Ikhtisar"
