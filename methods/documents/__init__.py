"""Documents: a report as plain data in; PDF, DOCX, XLSX, CSV and JSON out. It knows nothing of rows or requests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from methods.documents.beside import CampaignEntry, GroundEntry, GroupEntry, ModerationEntry, StatementEntry
from methods.documents.package import seal_of, to_package
from methods.documents.paper import to_docx
from methods.documents.pdf import to_brief, to_pdf
from methods.documents.plain import to_csv, to_json
from methods.documents.report import (
    ContributionEntry,
    Decision,
    KeyFigure,
    LeftOut,
    PollEntry,
    PollRound,
    PollRow,
    Quote,
    Report,
    Section,
    Stamp,
    ThemeEntry,
)
from methods.documents.safe import guard, recover
from methods.documents.sheets import to_xlsx


class Format(NamedTuple):
    """How a report is made into one kind of file."""

    content_type: str
    extension: str
    make: Callable[[Report], bytes]


_OFFICE = "application/vnd.openxmlformats-officedocument"

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "brief": Format("application/pdf", "pdf", to_brief),
        "pdf": Format("application/pdf", "pdf", to_pdf),
        "docx": Format(f"{_OFFICE}.wordprocessingml.document", "docx", to_docx),
        "xlsx": Format(f"{_OFFICE}.spreadsheetml.sheet", "xlsx", to_xlsx),
        "csv": Format("text/csv; charset=utf-8", "csv", to_csv),
        "json": Format("application/json", "json", to_json),
        "package": Format("application/zip", "zip", to_package),
    }
)

__all__ = [
    "FORMATS",
    "CampaignEntry",
    "ContributionEntry",
    "Decision",
    "Format",
    "GroundEntry",
    "GroupEntry",
    "KeyFigure",
    "LeftOut",
    "ModerationEntry",
    "PollEntry",
    "PollRound",
    "PollRow",
    "Quote",
    "Report",
    "Section",
    "Stamp",
    "StatementEntry",
    "ThemeEntry",
    "guard",
    "recover",
    "seal_of",
    "to_brief",
    "to_csv",
    "to_docx",
    "to_json",
    "to_package",
    "to_pdf",
    "to_xlsx",
]
