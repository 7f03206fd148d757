"""The open data package (ZIP): tables, their description, and a script with which anybody checks them.

Frictionless Data Package v1 (datapackage.json), DCAT 2 (dcat.jsonld), a dictionary and SHA-256 hashes. It names nobody:
authors are the pseudonyms that the report brings. The same report gives the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from methods.documents.readme import README
from methods.documents.report import STANCES, Report, place_of_each
from methods.documents.safe import guard, web_address, whole
from methods.documents.schema import TABLES, Column
from methods.documents.words import utc

MANIFEST = "manifest.sha256"
_LICENCES = {
    "CC-BY-4.0": ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC0-1.0": ("Creative Commons Zero 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
}
Row = Sequence[str | int | float]


def to_package(report: Report) -> bytes:
    """Write the package: tables, attachments, datapackage.json, dcat.jsonld, README, verify.py and the manifest.

    Quotes are `text[start:end]` of their contribution. A group of people that is too small comes without its number.
    """
    files = {f"{name}.csv": _csv(columns, _rows(report, name)) for name, columns in TABLES.items()}
    files["dictionary.csv"] = _csv(_DICTIONARY, _dictionary())
    files |= report.attachments
    files["README.md"] = _readme(report).encode()
    files["verify.py"] = (Path(__file__).parent / "verify.py").read_bytes()
    files["datapackage.json"] = _json(_datapackage(report, files))
    files["dcat.jsonld"] = _json(_dcat(report, files))
    files[MANIFEST] = "".join(f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()
    return _zip(files, report)


def seal_of(package: bytes) -> str:
    """The seal of a package: SHA-256 of its manifest, which names the hash of every other file."""
    with zipfile.ZipFile(io.BytesIO(package)) as parts:
        return sha256(parts.read(MANIFEST)).hexdigest()


def _zip(files: dict[str, bytes], report: Report) -> bytes:
    when = utc(report.stamp.data_as_of)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, (max(when.year, 1980), when.month, when.day, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            parts.writestr(entry, files[name])
    return out.getvalue()


def _rows(report: Report, name: str) -> Iterator[Row]:
    return {
        "contributions": _contributions,
        "themes": _themes,
        "citations": _citations,
        "campaigns": _campaigns,
        "decisions": _decisions,
        "polls": _polls,
        "statements": _statements,
        "moderation": _moderation,
        "groups": _groups,
    }[name](report)


def _contributions(report: Report) -> Iterator[Row]:
    for one in report.contributions:
        when = one.submitted_at.isoformat() if one.submitted_at else ""
        removed = "yes" if one.removed else ""
        yield (
            one.id, one.kind, one.where, one.language, one.stance, one.text, when, one.author, removed,
            web_address(one.url),
        )  # fmt: skip


def _themes(report: Report) -> Iterator[Row]:
    for theme in report.themes:
        yield (
            theme.key, theme.number, theme.label, theme.description, "; ".join(theme.phrases), theme.contributions,
            theme.distinct, theme.contributors, *(theme.stances.get(stance, 0) for stance in STANCES),
            "yes" if theme.minority else "", "yes" if theme.reviewed else "",
        )  # fmt: skip


def _citations(report: Report) -> Iterator[Row]:
    """One row for each contribution and theme; the first of a contribution has rank 0 and is its place."""
    keys = {theme.number: theme.key for theme in report.themes}
    quotes = {(theme.key, quote.source_id): quote for theme in report.themes for quote in theme.quotes}
    reasons = {one.id: one.reason for one in report.left_out}
    for one, place in zip(report.contributions, place_of_each(report).values(), strict=True):
        homes: Iterable[str] = [keys[number] for number in one.theme_numbers] or [""]
        stands = "unassigned" if place != "left_out" or one.removed else "left_out"
        stands = "themed" if one.theme_numbers else stands
        for rank, theme in enumerate(homes):
            quote = quotes.get((theme, one.id))
            said: Row = (quote.start, quote.end, quote.text) if quote else ("", "", "")
            yield (
                one.id, theme, rank, stands, reasons.get(one.id, ""), one.copy_of, one.stance, one.assigned_by, *said,
            )  # fmt: skip


def _campaigns(report: Report) -> Iterator[Row]:
    for one in report.campaigns:
        yield one.original, one.contributions, one.distinct, one.contributors


def _decisions(report: Report) -> Iterator[Row]:
    for theme in report.themes:
        if theme.decision:
            made = theme.decision
            when = made.decided_at.isoformat() if made.decided_at else ""
            yield theme.key, made.outcome, made.reason, made.clause, made.by, when


def _polls(report: Report) -> Iterator[Row]:
    for number, poll in enumerate(report.polls, 1):
        about, where = (number, poll.question, poll.rule, poll.turnout), (web_address(poll.url), poll.head)
        for row in poll.rows:
            yield *about, "", row.option, row.count, "yes" if row.winner else "", *where
        for round_ in poll.rounds:
            for row in round_.rows:
                yield *about, round_.title, row.option, row.count, "yes" if row.winner else "", *where


def _statements(report: Report) -> Iterator[Row]:
    for one in report.statements:
        yield one.id, one.text, one.agree, one.disagree, one.passed


def _moderation(report: Report) -> Iterator[Row]:
    for one in report.moderation:
        yield (
            one.kind, one.outcome, one.rule, one.reason, one.decided_at.isoformat(), "yes" if one.automated else "",
        )  # fmt: skip


def _groups(report: Report) -> Iterator[Row]:
    for one in report.groups:
        yield one.dimension, one.group, _known(one.contributors), _known(one.inhabitants)


def _known(count: int | None) -> int | str:
    return "" if count is None else count


_DICTIONARY = (Column("table", "string", ""), Column("column", "string", ""), Column("type", "string", ""),
               Column("meaning", "string", ""))  # fmt: skip


def _dictionary() -> Iterator[Row]:
    for name, columns in TABLES.items():
        for column in columns:
            yield f"{name}.csv", column.name, column.type, column.meaning


def _csv(columns: Sequence[Column], rows: Iterable[Row]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    writer.writerows([guard(whole(cell)) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return out.getvalue().encode()


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _name(report: Report) -> str:
    return f"rembuk-{report.stamp.input_hash[:12] or 'summary'}"


def _licence(report: Report) -> tuple[str, str]:
    return _LICENCES.get(report.licence, (report.licence, ""))


def _datapackage(report: Report, files: dict[str, bytes]) -> dict[str, object]:
    title, path = _licence(report)
    return {
        "profile": "tabular-data-package",
        "name": _name(report),
        "title": whole(report.title),
        "description": whole(report.subtitle),
        "created": report.stamp.data_as_of.isoformat(),
        "homepage": web_address(report.stamp.verify_url),
        "licenses": [{"name": report.licence, "title": title, **({"path": path} if path else {})}],
        "contributors": [{"title": whole(report.publisher), "role": "publisher"}] if report.publisher else [],
        "sources": [{"title": whole(report.stamp.software)}],
        "rembuk": {
            "input_hash": report.stamp.input_hash,
            **_counts(report),
            "notes": [whole(note) for note in (*report.method_notes, *report.audit, *report.caveats)],
            "revisions": [whole(note) for note in report.revisions],
        },
        "resources": [
            *(_resource(name, files[f"{name}.csv"]) for name in TABLES),
            *(_attached(name, content) for name, content in sorted(report.attachments.items())),
        ],
    }


def _counts(report: Report) -> dict[str, int]:
    """The ledger as it was published, and how many contributors cannot be told apart any more."""
    authors = {one.author for one in report.contributions} - {""}
    names = ("n", "themed", "unassigned", "left_out")
    counts = {name: report.counts.get(name, 0) for name in names}
    contributors = report.counts.get("contributors", len(authors))
    return counts | {"contributors": contributors, "contributors_gone": contributors - len(authors)}


def _resource(name: str, content: bytes) -> dict[str, object]:
    schema: dict[str, object] = {
        "fields": [{"name": column.name, "type": column.type, "description": column.meaning} for column in TABLES[name]]
    }
    if TABLES[name][0].name in ("id", "key"):
        schema["primaryKey"] = TABLES[name][0].name
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
        "schema": schema,
    }


def _attached(name: str, content: bytes) -> dict[str, object]:
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return {"name": plain, "path": name, "bytes": len(content), "hash": f"sha256:{sha256(content).hexdigest()}"}


def _dcat(report: Report, files: dict[str, bytes]) -> dict[str, object]:
    """W3C DCAT 2: one dataset, a distribution for each table."""
    home = web_address(report.stamp.verify_url)
    return {
        "@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/",
                     "foaf": "http://xmlns.com/foaf/0.1/", "spdx": "http://spdx.org/rdf/terms#"},
        "@type": "dcat:Dataset",
        **({"@id": home, "dcat:landingPage": {"@id": home}} if home else {}),
        "dct:identifier": _name(report),
        "dct:title": {"@value": whole(report.title), "@language": report.language},
        "dct:description": {"@value": whole(report.subtitle), "@language": report.language},
        "dct:issued": report.stamp.data_as_of.isoformat(),
        "dct:publisher": {"@type": "foaf:Organization", "foaf:name": whole(report.publisher)},
        "dct:license": {"@id": _licence(report)[1]} if _licence(report)[1] else report.licence,
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dct:title": name,
                **({"dcat:accessURL": {"@id": home}} if home else {}),
                "dcat:mediaType": "text/csv",
                "dcat:byteSize": len(files[name]),
                "spdx:checksum": {"spdx:algorithm": "sha256", "spdx:checksumValue": sha256(files[name]).hexdigest()},
            }
            for name in sorted(files)
            if name.endswith(".csv")
        ],
    }  # fmt: skip


def _readme(report: Report) -> str:
    title, path = _licence(report)
    return README.format(
        title=whole(report.title).replace("\n", " "),
        publisher=whole(report.publisher).replace("\n", " ") or "–",
        licence=f"{title} {path}".strip(),
        address=web_address(report.stamp.verify_url) or "–",
        date=report.stamp.data_as_of.date().isoformat(),
    )
