"""The tables of an open data package: the name, type and meaning of each column. Programs depend on the names."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from methods.documents.report import STANCES


class Column(NamedTuple):
    """A column: its name, its Frictionless type and what it means, in English."""

    name: str
    type: str
    meaning: str


TABLES: Mapping[str, tuple[Column, ...]] = MappingProxyType(
    {
        "contributions": (
            Column("id", "string", "Stable id of the contribution; everything points to it."),
            Column("kind", "string", "comment, post (forum), answer (poll) or statement."),
            Column("where", "string", "Clause, thread, poll or conversation where it was written."),
            Column("language", "string", "Language of the text, BCP 47; und where it is not known."),
            Column("stance", "string", "The stance that its author chose; empty for none."),
            Column("text", "string", "The text, personal data masked; empty where it may not be shown."),
            Column("submitted_at", "string", "When it was sent, ISO 8601."),
            Column("author", "string", "A pseudonym made for this package; empty without a name."),
            Column("removed", "string", "yes: it was shown once, is counted still, and its text was taken out since."),
            Column("url", "string", "Its address on the site."),
        ),
        "themes": (
            Column("key", "string", "Stable key of the theme."),
            Column("number", "integer", "Its place: those of most contributors first."),
            Column("label", "string", "Its name."),
            Column("description", "string", "What a person wrote about it."),
            Column("phrases", "string", "Words that mark it, between semicolons."),
            Column("contributions", "integer", "All contributions, copies included."),
            Column("distinct", "integer", "Near-copies counted once."),
            Column("contributors", "integer", "Different accounts or guests; not persons counted one by one."),
            *(Column(f"stance_{stance}", "integer", f"Contributions of stance {stance}.") for stance in STANCES),
            Column("minority", "string", "yes: few said it, or in a rare stance or language."),
            Column("reviewed", "string", "yes: a person has looked at the theme."),
        ),
        "citations": (
            Column("contribution", "string", "Id of the contribution."),
            Column("theme", "string", "Key of the theme; empty for what is in none."),
            Column("rank", "integer", "0: its place in the ledger of coverage; 1 and on: further themes."),
            Column("place", "string", "themed, unassigned or left_out; each contribution has one."),
            Column("reason", "string", "Why it was left out, or removed since."),
            Column("copy_of", "string", "Id of the contribution whose text it repeats."),
            Column("stance", "string", "The stance as it was counted."),
            Column("assigned_by", "string", "machine or person."),
            Column("start", "integer", "The quote is text[start:end] of the contribution, in Unicode code points."),
            Column("end", "integer", "Where the quote ends."),
            Column("quote", "string", "The quoted words."),
        ),
        "campaigns": (
            Column("original", "string", "Id of the contribution whose text the others repeat."),
            Column("contributions", "integer", "All that repeat it, itself included."),
            Column("distinct", "integer", "Different wordings."),
            Column("contributors", "integer", "Different accounts or guests."),
        ),
        "decisions": (
            Column("theme", "string", "Key of the theme."),
            Column("outcome", "string", "What was decided."),
            Column("reason", "string", "Why."),
            Column("clause", "string", "The clause that changed or is concerned."),
            Column("by", "string", "The office that decided."),
            Column("decided_at", "string", "When, ISO 8601."),
        ),
        "polls": (
            Column("poll", "integer", "Number of the poll in this package."),
            Column("question", "string", "What was asked."),
            Column("rule", "string", "How it was counted."),
            Column("turnout", "string", "How many voted."),
            Column("round", "string", "Round of the count; empty for the result."),
            Column("option", "string", "The option."),
            Column("count", "number", "Votes or points."),
            Column("chosen", "string", "yes for what was chosen."),
            Column("url", "string", "Address of the poll."),
            Column("head", "string", "Newest hash of the poll's ledger when this was written."),
        ),
        "statements": (
            Column("id", "string", "Id of the statement."),
            Column("text", "string", "The statement, personal data masked."),
            Column("agree", "integer", "Answers: agree."),
            Column("disagree", "integer", "Answers: disagree."),
            Column("passed", "integer", "Answers: pass."),
        ),
        "moderation": (
            Column("kind", "string", "What kind of text was decided about."),
            Column("outcome", "string", "What was decided."),
            Column("rule", "string", "The house rule."),
            Column("reason", "string", "The statement of reasons without names."),
            Column("decided_at", "string", "When, ISO 8601."),
            Column("automated", "string", "yes where no person decided."),
        ),
        "groups": (
            Column("dimension", "string", "level (of verification), area, or kind (of taking part)."),
            Column("group", "string", "The group."),
            Column("contributors", "integer", "How many contributors; empty: too few to be told."),
            Column("inhabitants", "integer", "How many live there; empty where it is not known."),
        ),
    }
)
