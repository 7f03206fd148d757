"""Who took part, what is shared and what divides, as blocks: counts of people are printed as they are given."""

from __future__ import annotations

from collections.abc import Iterator

from methods.documents.beside import GroupEntry
from methods.documents.blocks import Block, Heading, Paragraph, Table, heading_text
from methods.documents.report import Report
from methods.documents.words import number, word


def ground_blocks(report: Report) -> Iterator[Block]:
    """What most agree on and what divides them, conversation by conversation; nothing where nobody was asked."""
    language = report.language
    if report.grounds:
        yield Heading(word("grounds", language), 1)
    for one in report.grounds:
        yield Heading(heading_text(one.question), 2)
        for key, claims in (("shared", one.shared), ("divided", one.divided)):
            if claims:
                yield Paragraph(word(key, language), "term")
                yield from (Paragraph(claim) for claim in claims)
        if not one.shared and not one.divided:
            yield Paragraph(word("no_ground", language))


def voice_blocks(report: Report) -> Iterator[Block]:
    """Who took part and who is missing: sentences, then the counts by group, small ones withheld."""
    language = report.language
    if report.voices or report.groups:
        yield Heading(word("voices", language), 1)
    yield from (Paragraph(text) for text in report.voices)
    for dimension in dict.fromkeys(one.dimension for one in report.groups):
        yield _groups([one for one in report.groups if one.dimension == dimension], dimension, language)
    if any(one.contributors is None for one in report.groups):
        yield Paragraph(word("withheld_note", language), "note")


def _groups(groups: list[GroupEntry], dimension: str, language: str) -> Table:
    """A table of one dimension; beside the inhabitants where they are known."""
    rows = []
    for one in groups:
        count = word("withheld", language) if one.contributors is None else number(one.contributors, language)
        rows.append((one.group, count, "" if one.inhabitants is None else number(one.inhabitants, language)))
    columns = tuple(word(key, language) for key in (f"dimension.{dimension}", "contributors", "inhabitants"))
    if any(row[2] for row in rows):
        return Table(columns[0], columns, tuple(rows), (0.5, 0.25, 0.25), (1, 2))
    return Table(columns[0], columns[:2], tuple(row[:2] for row in rows), (0.7, 0.3), (1,))
