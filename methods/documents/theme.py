"""One theme as blocks: its counts, stances, quotes and the decision about it; for the full report and the brief."""

from __future__ import annotations

from collections.abc import Iterator

from methods.documents.blocks import Block, Box, Heading, Limits, Paragraph, Quotation, StanceBar, heading_text
from methods.documents.report import Decision, Quote, Report, ThemeEntry, stance_order
from methods.documents.safe import language_tag
from methods.documents.words import code_word, moment, number, percent, word


def theme_blocks(report: Report, theme: ThemeEntry, urls: dict[str, str], limits: Limits) -> Iterator[Block]:
    """One theme: its counts, stances, quotes and decision. `urls` holds the addresses of contributions by id."""
    language = report.language
    yield Heading(heading_text(f"{theme.number}. {theme.label}"), 2)
    counts = {
        "contributions": number(theme.contributions, language),
        "distinct": number(theme.distinct, language),
        "contributors": number(theme.contributors, language),
    }
    yield Paragraph(word("counts", language, **counts), "counts")
    if theme.description:
        yield Paragraph(theme.description)
    if theme.phrases:
        yield Paragraph(f"{word('phrases', language)}: {', '.join(theme.phrases)}", "phrases")
    bar = _stance_bar(report, theme)
    if bar:
        yield bar
    for quote in theme.quotes[: limits.quotes]:
        yield _quotation(report, quote, urls)
    if len(theme.quotes) > limits.quotes:
        yield capped(limits.quotes, len(theme.quotes), language)
    if theme.clauses:
        yield Paragraph(f"{word('clauses', language)}: {'; '.join(theme.clauses)}", "note")
    if theme.checked:
        yield Paragraph(f"{word('checked', language)}: {theme.checked}", "note")
    yield _box(theme.decision, language)


def _stance_bar(report: Report, theme: ThemeEntry) -> StanceBar | None:
    order = stance_order(theme.stances)
    total = sum(theme.stances[stance] for stance in order)
    if not total:
        return None
    language = report.language
    parts = []
    for stance in order:
        count = theme.stances[stance]
        label = code_word("stance", stance, language, report.labels)
        parts.append((stance, label, number(count, language), count / total))
    said = ", ".join(f"{count} {label} ({percent(share, language)})" for _, label, count, share in parts)
    return StanceBar(tuple(parts), word("stance_sentence", language, n=number(total, language), parts=said))


def _quotation(report: Report, quote: Quote, urls: dict[str, str]) -> Quotation:
    stance = code_word("stance", quote.stance, report.language, report.labels) if quote.stance else ""
    source = " · ".join(part for part in (quote.source_id, quote.where, stance) if part)
    return Quotation(quote.text, source, urls.get(quote.source_id, ""), language_tag(quote.language))


def _box(decision: Decision | None, language: str) -> Box:
    title = word("decision", language)
    if decision is None:
        return Box(title, (("", word("no_decision", language)),), open=True)
    rows = (
        (word("reason", language), decision.reason),
        (word("clause", language), decision.clause),
        (word("by", language), decision.by),
        (word("decided_at", language), moment(decision.decided_at, language)),
    )
    return Box(f"{title}: {decision.outcome}", tuple(row for row in rows if row[1]))


def capped(shown: int, total: int, language: str) -> Paragraph:
    """How many of how many are shown, and where the others are."""
    return Paragraph(word("capped", language, shown=number(shown, language), total=number(total, language)), "note")
