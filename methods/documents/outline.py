"""The document as a list of blocks with all words in place: what DOCX and PDF both print, in the same order.

It decides what is said and in which order; how it looks belongs to the two printers.
"""

from __future__ import annotations

from collections.abc import Iterator

from methods.documents.blocks import (
    HEADING_LIMIT,
    Block,
    Figures,
    Heading,
    Limits,
    Paragraph,
    Quotation,
    Table,
    heading_text,
)
from methods.documents.people import ground_blocks, voice_blocks
from methods.documents.report import (
    PollEntry,
    PollRow,
    Report,
    Trace,
    stance_ids,
)
from methods.documents.safe import short, web_address
from methods.documents.theme import capped, theme_blocks
from methods.documents.words import code_word, moment, number, percent, word


def traces(report: Report) -> Iterator[Trace]:
    """Give every figure that counts contributions with the ids it counts, in the order of the document."""
    language = report.language
    for figure in report.key_figures:
        if figure.contribution_ids:
            yield Trace(figure.label, figure.value, figure.contribution_ids)
    for theme in report.themes:
        name = f"{theme.number}. {theme.label}"
        yield Trace(name, theme.contributions, theme.contribution_ids)
        for stance, ids in stance_ids(report, theme):
            label = code_word("stance", stance, language, report.labels)
            yield Trace(f"{name}: {label}", theme.stances[stance], ids)
    if report.unassigned:
        yield Trace(word("unassigned", language), len(report.unassigned), report.unassigned)
    if report.left_out:
        ids = tuple(entry.id for entry in report.left_out)
        yield Trace(word("left_out", language), len(ids), ids)


def outline(report: Report, limits: Limits) -> list[Block]:
    """Lay the report out as blocks, from the overview to the origin of the document."""
    blocks: list[Block] = [Heading(word("overview", report.language), 1)]
    if report.is_empty:
        blocks.append(Paragraph(word("empty", report.language), "lead"))
    blocks += _overview(report)
    if not report.is_empty:
        blocks += _themes(report, limits)
        blocks += _campaigns(report, limits)
        blocks += ground_blocks(report)
        blocks += _polls(report)
        blocks += voice_blocks(report)
        blocks += _outside(report, limits)
    blocks += _method(report)
    if not report.is_empty:
        blocks += _trace(report, limits)
        blocks += _contributions(report, limits)
    blocks += stamp_blocks(report)
    return blocks


def asked(report: Report) -> Iterator[Block]:
    """What was asked, and the headline numbers."""
    language = report.language
    for section in report.sections:
        yield Heading(heading_text(section.heading), 2)
        yield from (Paragraph(text) for text in section.paragraphs)
    if report.key_figures:
        yield Heading(word("key_figures", language), 2)
        yield Figures(tuple((number(f.value, language), f.label, f.note) for f in report.key_figures))


def _overview(report: Report) -> Iterator[Block]:
    language = report.language
    yield from asked(report)
    if report.themes:
        columns = ("number", "theme", "contributions_count", "contributors", "decision")
        rows = tuple(
            (
                str(theme.number),
                theme.label,
                number(theme.contributions, language),
                number(theme.contributors, language),
                theme.decision.outcome if theme.decision else word("no_decision", language),
            )
            for theme in report.themes
        )
        yield Heading(word("decisions", language), 2)
        yield Table(
            word("decisions", language),
            tuple(word(column, language) for column in columns),
            rows,
            (0.1, 0.38, 0.15, 0.16, 0.21),
            numeric=(2, 3),
        )


def _themes(report: Report, limits: Limits) -> Iterator[Block]:
    language = report.language
    urls = {entry.id: web_address(entry.url) for entry in report.contributions}
    yield Heading(word("themes", language), 1)
    if not report.themes:
        yield Paragraph(word("no_themes", language))
        return
    yield Paragraph(word("themes_lead", language), "lead")
    for theme in report.themes:
        if not theme.minority:
            yield from theme_blocks(report, theme, urls, limits)
    minority = [theme for theme in report.themes if theme.minority]
    if minority:
        yield Heading(word("minority", language), 1)
        yield Paragraph(word("minority_lead", language), "lead")
        for theme in minority:
            yield from theme_blocks(report, theme, urls, limits)


def _polls(report: Report) -> Iterator[Block]:
    language = report.language
    yield Heading(word("polls", language), 1)
    if not report.polls:
        yield Paragraph(word("no_polls", language))
    for poll in report.polls:
        yield Heading(heading_text(poll.question), 2)
        if len(poll.question) > HEADING_LIMIT:
            yield Paragraph(poll.question)
        if poll.sentence:
            yield Paragraph(poll.sentence, "lead")
        facts = (("rule", poll.rule), ("turnout", poll.turnout), ("source", web_address(poll.url)), ("head", poll.head))
        said = [f"{word(key, language)}: {text}" for key, text in facts if text]
        if said:
            yield Paragraph("\n".join(said), "note")
        yield from _poll_tables(poll, language)


def _poll_tables(poll: PollEntry, language: str) -> Iterator[Block]:
    if poll.rows:
        yield _result_table(word("result", language), poll.rows, language)
    for round_ in poll.rounds:
        yield Heading(heading_text(round_.title), 3)
        if round_.rows:
            yield _result_table(round_.title, round_.rows, language)
        if round_.sentence:
            yield Paragraph(round_.sentence)


def _result_table(caption: str, rows: tuple[PollRow, ...], language: str) -> Table:
    made = []
    for row in rows:
        won = f" ({word('winner', language).lower()})" if row.winner else ""
        share = "" if row.share is None else percent(row.share, language)
        made.append((row.option + won, number(row.count, language), share))
    columns = tuple(word(column, language) for column in ("option", "count", "share"))
    strong = tuple(index for index, row in enumerate(rows) if row.winner)
    if any(share for _, _, share in made):
        return Table(caption, columns, tuple(made), (0.64, 0.18, 0.18), (1, 2), strong)
    return Table(caption, columns[:2], tuple(row[:2] for row in made), (0.82, 0.18), (1,), strong)


def _outside(report: Report, limits: Limits) -> Iterator[Block]:
    language = report.language
    yield Heading(word("unassigned", language), 1)
    if report.unassigned:
        total = number(len(report.unassigned), language)
        yield Paragraph(word("unassigned_lead", language, n=total), "lead")
        yield from _ids(report.unassigned, limits, language)
    else:
        yield Paragraph(word("no_unassigned" if report.contributions else "no_contributions", language))
    if report.left_out:
        yield Heading(word("left_out", language), 2)
        rows = tuple((entry.id, entry.reason) for entry in report.left_out[: limits.ids])
        columns = (word("contribution_id", language), word("reason", language))
        yield Table(word("left_out", language), columns, rows, (0.3, 0.7))
        if len(report.left_out) > limits.ids:
            yield capped(limits.ids, len(report.left_out), language)


def _campaigns(report: Report, limits: Limits) -> Iterator[Block]:
    if not report.campaigns:
        return
    language = report.language
    yield Heading(word("campaigns", language), 1)
    yield Paragraph(word("campaigns_lead", language), "lead")
    for one in report.campaigns[: limits.ids]:
        counts = {name: number(getattr(one, name), language) for name in ("contributions", "distinct", "contributors")}
        if one.text:
            yield Quotation(short(one.text, limits.text), one.original, "", "")
        yield Paragraph(word("campaign_sentence", language, id=one.original, **counts))


def _method(report: Report) -> Iterator[Block]:
    if report.method_notes:
        yield Heading(word("method", report.language), 1)
        yield from (Paragraph(note) for note in report.method_notes)
    yield from notes(report)


def notes(report: Report) -> Iterator[Block]:
    """How it was checked, what was removed since, what it does not show."""
    for key in ("audit", "caveats", "revisions"):
        notes: tuple[str, ...] = getattr(report, key)
        if notes:
            yield Heading(word(key, report.language), 1)
            yield from (Paragraph(note) for note in notes)


def _trace(report: Report, limits: Limits) -> Iterator[Block]:
    language = report.language
    found = list(traces(report))
    if not found:
        return
    yield Heading(word("trace", language), 1)
    yield Paragraph(word("trace_lead", language), "lead")
    for trace in found:
        yield Paragraph(f"{trace.figure}: {number(trace.value, language)}", "term")
        yield from _ids(trace.ids, limits, language)


def _ids(ids: tuple[str, ...], limits: Limits, language: str) -> Iterator[Block]:
    yield Paragraph(", ".join(ids[: limits.ids]), "ids")
    if len(ids) > limits.ids:
        yield capped(limits.ids, len(ids), language)


def _contributions(report: Report, limits: Limits) -> Iterator[Block]:
    language = report.language
    yield Heading(word("contributions", language), 1)
    if not report.contributions:
        yield Paragraph(word("no_contributions", language))
        return
    rows = []
    for entry in report.contributions[: limits.contributions]:
        kind = code_word("kind", entry.kind, language, report.labels)
        stance = code_word("stance", entry.stance, language, report.labels) if entry.stance else ""
        about = " · ".join(part for part in (kind, entry.where, stance) if part)
        themes = ", ".join(str(theme) for theme in entry.theme_numbers)
        rows.append((entry.id, about, short(entry.text, limits.text), themes))
    columns = tuple(word(column, language) for column in ("id", "kind", "text", "themes"))
    yield Table(word("contributions", language), columns, tuple(rows), (0.15, 0.23, 0.51, 0.11))
    if len(report.contributions) > limits.contributions:
        yield capped(limits.contributions, len(report.contributions), language)


def stamp_blocks(report: Report) -> Iterator[Block]:
    """Where the figures come from and where they can be checked."""
    language, stamp = report.language, report.stamp
    facts = (
        ("data_as_of", moment(stamp.data_as_of, language)),
        ("filters", "; ".join(stamp.filters) or word("no_filters", language)),
        ("input_hash", stamp.input_hash),
        ("verify_url", web_address(stamp.verify_url)),
        ("software", stamp.software),
    )
    rows = tuple((word(key, language), text) for key, text in facts if text)
    yield Heading(word("stamp", language), 1)
    yield Table(word("stamp", language), (word("label", language), word("value", language)), rows, (0.3, 0.7))
