"""XLSX: every sheet is there, every text stays text."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from methods.documents import Report, to_xlsx
from methods.documents.safe import CELL_LIMIT

PIECES = ["=", "+", "-", "@", "＝", "'", "<r>", "</r>", "_x0041_", " ", "a", "1", "&"]
signs = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
xml_text = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"))


def book_of(report: Report) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(to_xlsx(report)))


def test_workbook_has_its_sheets_in_both_languages(report: Report, empty_report: Report) -> None:
    assert book_of(report).sheetnames == [
        "Ikhtisar", "Tema", "Masukan", "Keputusan", "Jajak pendapat", "Kampanye", "Pernyataan", "Moderasi",
        "Dari angka ke masukan", "Kamus data",
    ]  # fmt: skip
    assert book_of(empty_report).sheetnames == [
        "Overview", "Themes", "Contributions", "Decisions", "Polls", "Campaigns", "Statements", "Moderation",
        "From figures to contributions", "Dictionary",
    ]  # fmt: skip


def test_workbook_holds_themes_decisions_polls_and_traces(report: Report) -> None:
    book = book_of(report)
    themes = list(book["Tema"].values)
    assert themes[0][:6] == ("Nomor", "Tema", "Kata kunci", "Jumlah masukan", "Teks berbeda", "Penyumbang")
    assert themes[1][:6] == (1, "Halte terlalu jauh", "halte, depan pasar, puskesmas", 4, 3, 4)
    assert [row[2] for row in book["Keputusan"].values] == [
        "Hasil", "Diterima sebagian", "Belum diputuskan.", "Belum diputuskan.",
    ]  # fmt: skip
    assert [row[5] for row in book["Jajak pendapat"].values] == ["Jumlah", 601, 590, 480, 420, 304, 590, 601]
    traced = [row[2] for row in book["Dari angka ke masukan"].values if row[0] == "1. Halte terlalu jauh"]
    assert traced == ["K-1", "K-2", "K-3", "K-7"]
    assert book["Masukan"].freeze_panes == "A2"


def test_dictionary_names_every_column(report: Report) -> None:
    book = book_of(report)
    named = {(row[0], row[1]) for row in book["Kamus data"].values}
    for sheet in book.worksheets[:-1]:
        assert {(sheet.title, cell.value) for cell in sheet[1]} <= named


def test_empty_workbook_says_so(empty_report: Report) -> None:
    overview = [row[1] for row in book_of(empty_report)["Overview"].values]
    assert any(str(cell).startswith("This report is empty") for cell in overview)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(text=st.one_of(signs, xml_text))
def test_no_cell_is_a_formula_and_the_text_comes_back(with_text: Callable[[str], Report], text: str) -> None:
    book = book_of(with_text(text))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell for cell in cells if cell.data_type == "f"] == []
    markup = text.startswith("<r>") and text.endswith("</r>")
    assert (book["Masukan"]["F2"].value or "") == (text + " " if markup else text)


def test_a_text_that_is_too_long_ends_with_a_pointer(with_text: Callable[[str], Report]) -> None:
    value = book_of(with_text("😀" * CELL_LIMIT))["Masukan"]["F2"].value
    assert value.endswith("[selengkapnya dalam berkas JSON]")
    assert len(value.encode("utf-16-le")) // 2 <= CELL_LIMIT


def test_numbers_stay_numbers_and_digits_stay_text(with_text: Callable[[str], Report]) -> None:
    book = book_of(with_text("0812345"))
    assert book["Masukan"]["F2"].value == "0812345"
    assert book["Tema"]["D2"].value == 4
