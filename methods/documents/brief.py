"""The policy brief as a list of blocks: a few pages for those who decide. Nothing is left out without being counted."""

from __future__ import annotations

from methods.documents.blocks import Block, Heading, Limits, Paragraph
from methods.documents.outline import asked, notes, stamp_blocks
from methods.documents.report import Report
from methods.documents.safe import web_address
from methods.documents.theme import capped, theme_blocks
from methods.documents.words import number, word

BRIEF_THEMES = 6
BRIEF_MINORITY = 12


def brief(report: Report) -> list[Block]:
    """Lay the report out on a few pages: what was asked, the numbers, the greatest themes with their decisions.

    Nothing is left out silently: what is not here is counted, and the full report has it.
    """
    language, few = report.language, Limits(contributions=0, text=0, ids=0, quotes=1)
    # PDF/UA asks for a first heading of level 1.
    blocks: list[Block] = [Heading(word("overview", language), 1), *asked(report)]
    if report.is_empty:
        return [*blocks, Paragraph(word("empty", language), "lead"), *stamp_blocks(report)]
    urls = {entry.id: web_address(entry.url) for entry in report.contributions}
    blocks.append(Heading(word("themes", language), 1))
    for theme in report.themes[:BRIEF_THEMES]:
        blocks += (block for block in theme_blocks(report, theme, urls, few) if not _is_detail(block))
    if len(report.themes) > BRIEF_THEMES:
        rest = number(len(report.themes) - BRIEF_THEMES, language)
        blocks.append(Paragraph(word("more_themes", language, n=rest), "note"))
    shown = {theme.key for theme in report.themes[:BRIEF_THEMES]}
    minority = [theme for theme in report.themes if theme.minority and theme.key not in shown]
    if minority:
        names = "\n".join(f"{theme.number}. {theme.label}" for theme in minority[:BRIEF_MINORITY])
        blocks += [Heading(word("minority", language), 1), Paragraph(word("minority_lead", language)), Paragraph(names)]
        if len(minority) > BRIEF_MINORITY:
            blocks.append(capped(BRIEF_MINORITY, len(minority), language))
    if report.polls:
        blocks.append(Heading(word("polls", language), 1))
        blocks += [Paragraph(f"{poll.question}\n{poll.sentence}".strip()) for poll in report.polls]
    if report.voices:
        blocks += [Heading(word("voices", language), 1), *(Paragraph(text) for text in report.voices)]
    return [*blocks, *notes(report), *stamp_blocks(report)]


def _is_detail(block: Block) -> bool:
    """Whether only the full report needs it: words that mark a theme, clauses, how many quotes there are."""
    return isinstance(block, Paragraph) and block.tone in ("note", "phrases")
