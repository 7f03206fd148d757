"""The report for programs: canonical JSON of all of it, and CSV of the contributions with their themes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime

from methods.documents.outline import traces
from methods.documents.report import Report
from methods.documents.safe import guard, whole
from methods.documents.tables import CONTRIBUTION_COLUMNS, contribution_rows

SCHEMA = "rembuk.report.1"


def to_json(report: Report) -> bytes:
    """Write the whole report as canonical JSON in UTF-8.

    Keys are sorted, there are no blanks between tokens, times are ISO 8601; `schema` names the shape and `traces`
    lists every figure with the ids it counts. The same report gives the same bytes.
    """
    data = _plain(report)
    assert isinstance(data, dict)
    del data["attachments"]
    data |= {"schema": SCHEMA, "traces": [_plain(trace) for trace in traces(report)]}
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode() + b"\n"


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {part.name: _plain(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return whole(value) if isinstance(value, str) else value


def to_csv(report: Report) -> bytes:
    """Write the contributions as CSV (RFC 4180, UTF-8 with a byte order mark), one row each.

    The header holds the stable keys of `tables.CONTRIBUTION_COLUMNS`. A text that a spreadsheet might run as a
    formula has an apostrophe before it; `safe.recover` takes it away again.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(CONTRIBUTION_COLUMNS)
    writer.writerows([guard(whole(cell)) for cell in row] for row in contribution_rows(report))
    return b"\xef\xbb\xbf" + out.getvalue().encode()
