"""The report as a workbook (XLSX). Every text is written as text: no formula, link or number is ever guessed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from methods.documents.report import Report
from methods.documents.safe import cell, is_formula_like
from methods.documents.tables import Sheet, Value, sheets
from methods.documents.words import utc, word

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}
_FONT = {"font_name": "Arial", "font_size": 10, "valign": "top", "text_wrap": True}
_HEAD = _FONT | {"bold": True, "font_color": "#FFFFFF", "bg_color": "#0F5C63", "valign": "vcenter"}


def to_xlsx(report: Report) -> bytes:
    """Write the workbook: overview, themes, contributions, decisions, polls, trace and dictionary.

    Headers are frozen and filterable. The same report gives the same bytes: its dates come from the stamp.
    """
    from xlsxwriter import Workbook

    out = io.BytesIO()
    with Workbook(out, _OPTIONS) as book:
        book.set_properties(
            {
                "title": cell(report.title)[:255],
                "subject": cell(report.subtitle)[:255],
                "author": cell(report.stamp.software)[:255],
                "comments": cell(f"{report.stamp.input_hash} {report.stamp.verify_url}".strip())[:255],
                "created": utc(report.stamp.data_as_of),
            }
        )
        formats = {
            "head": book.add_format(_HEAD),
            "text": book.add_format(_FONT),
            "quoted": book.add_format(_FONT | {"quote_prefix": True}),
            "number": book.add_format(_FONT | {"num_format": "#,##0.##", "align": "right"}),
            "whole": book.add_format(_FONT | {"num_format": "#,##0", "align": "right"}),
            "share": book.add_format(_FONT | {"num_format": "0.0%", "align": "right"}),
        }
        for sheet in sheets(report):
            _write(book, sheet, report, formats)
    return out.getvalue()


def _write(book: Workbook, sheet: Sheet, report: Report, formats: dict[str, Format]) -> None:
    page = book.add_worksheet(word(sheet.key, report.language)[:31])
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_row(0, 30)
    for index, width in enumerate(sheet.widths):
        page.set_column(index, index, width)
        page.write_string(0, index, cell(sheet.headers[index]), formats["head"])
    cut = word("capped_cell", report.language)
    for row, values in enumerate(sheet.rows, start=1):
        for column, value in enumerate(values):
            if isinstance(value, str):
                text = cell(value, cut)
                page.write_string(row, column, text, formats["quoted" if is_formula_like(text) else "text"])
            else:
                page.write_number(row, column, value, formats[_number_format(sheet.columns[column], value)])
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)


def _number_format(column: str, value: Value) -> str:
    if column == "share":
        return "share"
    return "whole" if isinstance(value, int) else "number"
