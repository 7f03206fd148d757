"""The report as flat tables: what the sheets of the XLSX and the rows of the CSV hold.

Columns have stable English keys (for programs) and words in both languages (for people). Nothing is capped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from methods.documents.outline import traces
from methods.documents.report import STANCES, ContributionEntry, PollEntry, PollRow, Report, place_of_each
from methods.documents.safe import web_address
from methods.documents.words import WORDS, code_word, moment, word

Value = str | int | float

CONTRIBUTION_COLUMNS = (
    "id", "kind", "where", "language", "stance", "text", "submitted_at", "themes", "place", "reason", "copy_of", "url",
    "assigned_by",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: `columns` are keys of `words.py` (or `stance.…`), `widths` are in characters."""

    key: str
    columns: tuple[str, ...]
    headers: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Value, ...], ...]


def contribution_rows(report: Report) -> Iterator[tuple[str, ...]]:
    """Give the contributions in the order of the report, one tuple per `CONTRIBUTION_COLUMNS`, codes as codes."""
    places = place_of_each(report)
    reasons = {entry.id: entry.reason for entry in report.left_out}
    for entry in report.contributions:
        yield (
            entry.id,
            entry.kind,
            entry.where,
            entry.language,
            entry.stance,
            entry.text,
            entry.submitted_at.isoformat() if entry.submitted_at else "",
            _themes(entry),
            places[entry.id],
            reasons.get(entry.id, ""),
            entry.copy_of,
            web_address(entry.url),
            entry.assigned_by,
        )


def sheets(report: Report) -> list[Sheet]:
    """Make all tables of the workbook, the dictionary last because it describes the others."""
    made = [
        _overview(report),
        _themes_sheet(report),
        _contributions(report),
        _decisions(report),
        _polls(report),
        _campaigns(report),
        _statements(report),
        _moderation(report),
    ]
    made.append(_trace(report))
    made.append(_dictionary(report, made))
    return made


def _sheet(report: Report, key: str, columns: dict[str, int], rows: list[tuple[Value, ...]]) -> Sheet:
    headers = tuple(header(column, report) for column in columns)
    return Sheet(key, tuple(columns), headers, tuple(columns.values()), tuple(rows))


def header(column: str, report: Report) -> str:
    """Give the words that head a column in the report's language."""
    if column.startswith("stance."):
        return code_word("stance", column.removeprefix("stance."), report.language, report.labels)
    return word(column, report.language)


def _themes(entry: ContributionEntry) -> str:
    return "; ".join(str(number) for number in entry.theme_numbers)


def _overview(report: Report) -> Sheet:
    language, stamp = report.language, report.stamp
    rows: list[tuple[Value, ...]] = [(word("title", language), report.title, report.subtitle)]
    if report.is_empty:
        rows.append((word("overview", language), word("empty", language), ""))
    rows += [(figure.label, figure.value, figure.note) for figure in report.key_figures]
    rows += [
        (word("data_as_of", language), moment(stamp.data_as_of, language), stamp.data_as_of.isoformat()),
        (word("filters", language), "; ".join(stamp.filters) or word("no_filters", language), ""),
        (word("input_hash", language), stamp.input_hash, ""),
        (word("verify_url", language), web_address(stamp.verify_url), ""),
        (word("software", language), stamp.software, ""),
    ]
    rows += [(word("method", language), note, "") for note in report.method_notes]
    for key in ("audit", "caveats", "revisions"):
        rows += [(word(key, language), note, "") for note in getattr(report, key)]
    return _sheet(report, "overview", {"figure": 34, "value": 60, "note": 50}, rows)


def _stances_of(report: Report) -> list[str]:
    used = {stance for theme in report.themes for stance, count in theme.stances.items() if count}
    return [*STANCES, *sorted(used - set(STANCES))]


def _themes_sheet(report: Report) -> Sheet:
    language = report.language
    stances = _stances_of(report)
    columns = {
        "number": 9,
        "theme": 40,
        "phrases": 40,
        "contributions_count": 14,
        "distinct": 14,
        "contributors": 14,
    }
    columns |= {f"stance.{stance}": 14 for stance in stances}
    columns |= {"minority": 14, "clauses": 30, "quotes": 80, "key": 20}
    columns |= {"anonymous": 14, "outside_campaigns": 14, "reviewed": 14, "checked": 40, "description": 60}
    rows: list[tuple[Value, ...]] = []
    for theme in report.themes:
        quotes = "\n".join(f"[{quote.source_id}] {quote.text}" for quote in theme.quotes)
        rows.append(
            (
                theme.number,
                theme.label,
                ", ".join(theme.phrases),
                theme.contributions,
                theme.distinct,
                theme.contributors,
                *(theme.stances.get(stance, 0) for stance in stances),
                word("yes", language) if theme.minority else "",
                "; ".join(theme.clauses),
                quotes,
                theme.key,
                theme.anonymous,
                "" if theme.outside_campaigns is None else theme.outside_campaigns,
                word("yes", language) if theme.reviewed else "",
                theme.checked,
                theme.description,
            )
        )
    return _sheet(report, "themes", columns, rows)


def _contributions(report: Report) -> Sheet:
    language = report.language
    widths = (16, 16, 28, 9, 18, 80, 22, 12, 18, 24, 16, 40, 14)
    rows: list[tuple[Value, ...]] = []
    for row in contribution_rows(report):
        cells = dict(zip(CONTRIBUTION_COLUMNS, row, strict=True))
        for group in ("kind", "stance", "place", "assigned_by"):
            code = cells[group]
            cells[group] = code_word(group, code, language, report.labels) if code else ""
        rows.append(tuple(cells.values()))
    return _sheet(report, "contributions", dict(zip(CONTRIBUTION_COLUMNS, widths, strict=True)), rows)


def _decisions(report: Report) -> Sheet:
    columns = {
        "number": 9,
        "theme": 40,
        "outcome": 22,
        "reason": 70,
        "clause": 28,
        "by": 28,
        "decided_at": 24,
    }
    rows: list[tuple[Value, ...]] = []
    for theme in report.themes:
        made = theme.decision
        if made is None:
            rows.append((theme.number, theme.label, word("no_decision", report.language), "", "", "", ""))
        else:
            when = made.decided_at.isoformat() if made.decided_at else ""
            rows.append((theme.number, theme.label, made.outcome, made.reason, made.clause, made.by, when))
    return _sheet(report, "decisions", columns, rows)


def _polls(report: Report) -> Sheet:
    columns = {"question": 50, "rule": 24, "turnout": 24, "round": 18, "option": 40, "count": 12, "share": 12}
    columns |= {"winner": 12, "note": 60, "source": 40, "head": 70}
    rows: list[tuple[Value, ...]] = []
    for poll in report.polls:
        rows += [_poll_row(report, poll, word("result", report.language), row, poll.sentence) for row in poll.rows]
        for round_ in poll.rounds:
            rows += [_poll_row(report, poll, round_.title, row, round_.sentence) for row in round_.rows]
    return _sheet(report, "polls", columns, rows)


def _poll_row(report: Report, poll: PollEntry, round_: str, row: PollRow, note: str) -> tuple[Value, ...]:
    won = word("yes", report.language) if row.winner else ""
    share: Value = "" if row.share is None else row.share
    return (
        poll.question, poll.rule, poll.turnout, round_, row.option, row.count, share, won, note, web_address(poll.url),
        poll.head,
    )  # fmt: skip


def _campaigns(report: Report) -> Sheet:
    columns = {"original": 18, "contributions_count": 14, "distinct": 14, "contributors": 14}
    rows: list[tuple[Value, ...]] = [
        (one.original, one.contributions, one.distinct, one.contributors) for one in report.campaigns
    ]
    return _sheet(report, "campaigns", columns, rows)


def _statements(report: Report) -> Sheet:
    columns = {"id": 18, "text": 80, "agree": 12, "disagree": 12, "passed": 12}
    rows: list[tuple[Value, ...]] = [
        (one.id, one.text, one.agree, one.disagree, one.passed) for one in report.statements
    ]
    return _sheet(report, "statements", columns, rows)


def _moderation(report: Report) -> Sheet:
    columns = {"kind": 18, "outcome": 22, "rule": 40, "reason": 70, "decided_at": 24, "automated": 12}
    rows: list[tuple[Value, ...]] = []
    for one in report.moderation:
        kind = code_word("kind", one.kind, report.language, report.labels)
        automated = word("yes", report.language) if one.automated else ""
        rows.append((kind, one.outcome, one.rule, one.reason, one.decided_at.isoformat(), automated))
    return _sheet(report, "moderation", columns, rows)


def _trace(report: Report) -> Sheet:
    rows: list[tuple[Value, ...]] = []
    for trace in traces(report):
        rows += [(trace.figure, trace.value, id_) for id_ in trace.ids]
    return _sheet(report, "trace", {"figure": 60, "value": 14, "contribution_id": 24}, rows)


def _dictionary(report: Report, made: list[Sheet]) -> Sheet:
    rows: list[tuple[Value, ...]] = []
    for sheet in made:
        title = word(sheet.key, report.language)
        for column, text in zip(sheet.columns, sheet.headers, strict=True):
            about = f"about.{column}"
            meaning = word(about, report.language) if about in WORDS else text
            rows.append((title, text, column, meaning))
    rows.append((word("contributions", report.language), "CSV", "text", word("about.csv", report.language)))
    return _sheet(report, "dictionary", {"sheet": 26, "column": 30, "key": 24, "meaning": 90}, rows)
