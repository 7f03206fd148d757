"""Reads a pol.is export: statements, votes and participants of a folder of CSV files, plain or gzipped.

Knows no database. Refuses a broken export whole, with the file, the line and the reason; and what expands beyond
reason. In exports +1 is agree and −1 disagree (layout: compdemocracy.org, "Export").
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from opinions.tables import BrokenExport, Row, find, records, rows

__all__ = ["BrokenExport", "Export", "ExportedStatement", "ExportedVote", "read_export"]
COMMENTS = ("timestamp", "comment-id", "author-id", "moderated", "comment-body")
VOTES = ("timestamp", "comment-id", "voter-id", "vote")
LONGEST_TEXT = 8192  # bytes of UTF-8, as for everything that people write
_WHOLE = re.compile(r"-?\d{1,18}", re.ASCII)
_ODD = re.compile(r"[^A-Za-z0-9._/-]+")
MILLISECONDS = 10**11  # a larger number counts milliseconds since 1970, a smaller one seconds
LATEST = 4_102_444_800  # the year 2100


@dataclass(frozen=True)
class ExportedStatement:
    """A statement. moderated: −1 taken out by a moderator, 0 not read, 1 accepted."""

    number: int
    author: int
    text: str
    moderated: int
    at: datetime


@dataclass(frozen=True)
class ExportedVote:
    """The last answer of a participant to a statement: 1 agree, −1 disagree, 0 pass; at: None where it is not told."""

    statement: int
    person: int
    value: int
    at: datetime | None


@dataclass(frozen=True)
class Export:
    """A whole conversation. key: what names it wherever it is read again; has_votes: whether a file told votes."""

    key: str
    topic: str
    description: str
    statements: list[ExportedStatement]
    votes: list[ExportedVote]
    participants: list[int]
    has_votes: bool


def read_export(folder: Path) -> Export:
    """The export in `folder`: comments.csv, and where they are there votes.csv, participants-votes.csv, summary.csv.

    Each file may end in .csv or .csv.gz. Without votes.csv the table of participants tells the votes.
    Raises BrokenExport.
    """
    if not folder.is_dir():
        raise BrokenExport(str(folder), 0, "This is not a folder.")
    comments = find(folder, "comments")
    if comments is None:
        raise BrokenExport(str(folder), 0, "There is neither comments.csv nor comments.csv.gz.")
    facts = _summary(find(folder, "summary"))
    statements = _statements(comments)
    known = {statement.number for statement in statements}
    wide, long = find(folder, "participants-votes"), find(folder, "votes")
    participants, votes = _wide(wide, known) if wide else ([], [])
    if long:
        votes = _long(long, known)
    people = {statement.author for statement in statements} | {vote.person for vote in votes} | set(participants)
    return Export(
        key=_key(facts.get("url", ""), folder),
        topic=" ".join(facts.get("topic", "").split()) or folder.resolve().name,
        description=facts.get("conversation-description", "").strip(),
        statements=sorted(statements, key=lambda statement: statement.number),
        votes=votes,
        participants=sorted(people),
        has_votes=bool(wide or long),
    )


def _statements(path: Path) -> list[ExportedStatement]:
    found: dict[int, int] = {}
    statements = []
    for row in rows(path, COMMENTS):
        number = _id(row, "comment-id")
        if number in found:
            raise row.broken(f"comment-id {number} is there already, in line {found[number]}.")
        found[number] = row.line
        text = row["comment-body"].strip()
        if not text:
            raise row.broken("comment-body is empty.")
        if len(text.encode()) > LONGEST_TEXT:
            raise row.broken(f"comment-body is longer than {LONGEST_TEXT} bytes.")
        moderated = _one_of(row, "moderated", (-1, 0, 1))
        statements.append(ExportedStatement(number, _id(row, "author-id"), text, moderated, _time(row)))
    return statements


def _long(path: Path, known: set[int]) -> list[ExportedVote]:
    """votes.csv: one row an answer; of several answers to one statement the last counts (by time, then by line)."""
    last: dict[tuple[int, int], ExportedVote] = {}
    for row in rows(path, VOTES):
        number, person = _id(row, "comment-id"), _id(row, "voter-id")
        if number not in known:
            raise row.broken(f"comment-id {number} is not in the file of comments.")
        vote = ExportedVote(number, person, _one_of(row, "vote", (-1, 0, 1)), _time(row))
        before = last.get((number, person))
        if before is None or before.at is None or vote.at is None or vote.at >= before.at:
            last[number, person] = vote
    return list(last.values())


def _wide(path: Path, known: set[int]) -> tuple[list[int], list[ExportedVote]]:
    """participants-votes.csv: one row a participant, one column a statement; an empty cell is no answer."""
    seen: dict[int, int] = {}
    votes = []
    columns: list[tuple[str, int]] | None = None
    for row in rows(path, ("participant",)):
        if columns is None:
            columns = [(name, int(name)) for name in row.cells if _WHOLE.fullmatch(name)]
            strange = [name for name, number in columns if number not in known or name != str(number)]
            if strange:
                raise BrokenExport(path.name, 1, f"Column {strange[0]} is no comment-id of the file of comments.")
        person = _id(row, "participant")
        if person in seen:
            raise row.broken(f"participant {person} is there already, in line {seen[person]}.")
        seen[person] = row.line
        for name, number in columns:
            if row[name].strip():
                votes.append(ExportedVote(number, person, _one_of(row, name, (-1, 0, 1)), None))
    return list(seen), votes


def _summary(path: Path | None) -> dict[str, str]:
    """summary.csv: rows of a name and a value, without a header."""
    facts: dict[str, str] = {}
    if path is None:
        return facts
    for line, cells in records(path):
        if len(cells) != 2:
            raise BrokenExport(path.name, line, f"Expected a name and a value, found {len(cells)} cells.")
        facts[cells[0].strip()] = cells[1]
    return facts


def _id(row: Row, name: str) -> int:
    number = _number(row, name)
    if not 0 <= number < 10**12:
        raise row.broken(f"{name} is {row[name]!r}, which is no id.")
    return number


def _one_of(row: Row, name: str, allowed: tuple[int, ...]) -> int:
    number = _number(row, name)
    if number not in allowed:
        raise row.broken(f"{name} is {row[name]!r}; it must be one of {', '.join(map(str, allowed))}.")
    return number


def _time(row: Row) -> datetime:
    number = _number(row, "timestamp")
    seconds = number / 1000 if number >= MILLISECONDS else number
    if not 0 < seconds < LATEST:
        raise row.broken(f"timestamp is {row['timestamp']!r}, which is no time since 1970.")
    return datetime.fromtimestamp(seconds, UTC)


def _number(row: Row, name: str) -> int:
    text = row[name].strip()
    if not _WHOLE.fullmatch(text):
        raise row.broken(f"{name} is {text[:40]!r}, which is no whole number.")
    return int(text)


def _key(url: str, folder: Path) -> str:
    """What names the conversation: its address without the scheme, or the folder's name; at most 50 signs."""
    name = _ODD.sub("-", url.strip().partition("://")[2].strip("/")) or _ODD.sub("-", folder.resolve().name)
    return name if len(name) <= 50 else f"{name[:37]}-{hashlib.sha256(name.encode()).hexdigest()[:12]}"
