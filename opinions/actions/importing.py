"""Takes over a conversation held elsewhere: whole or not at all, and twice without doubling."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts.models import Participant
from consultations.models import Consultation
from methods.text import identify_language
from moderation.models import Decision
from moderation.richtext import render, tidy
from opinions.actions.voting import recount
from opinions.models import Conversation, Statement, Vote
from opinions.polis import Export, ExportedStatement
from realtime.actions import atomic, publish

SURE = 0.6  # of a language; below it the field stays empty
BATCH = 2000
Progress = Callable[[float, str], None]


@dataclass
class Imported:
    """What an import made, what it changed, and what had been there already."""

    conversation: Conversation
    statements_new: int = 0
    statements_changed: int = 0
    statements_same: int = 0
    hidden: int = 0
    participants_new: int = 0
    participants_same: int = 0
    votes_new: int = 0
    votes_changed: int = 0
    votes_gone: int = 0
    votes_same: int = 0


@atomic()
def import_conversation(
    *, consultation: Consultation, export: Export, progress: Progress = lambda share, message: None
) -> Imported:
    """Write the statements, participants and votes of `export` into `consultation`, in whatever phase it is.

    Rows are known again by `origin` (`polis:<conversation>:<id>`). Participants get no accounts. Statements that were
    moderated out (−1) are hidden; what moderators decided here stands. Where the export tells votes, answers that it
    no longer holds go. progress: called with the share done (0 to 1) and what is being written.
    Returns what was done. Publishes `conversation.<id>` and `consultation.<id>`.
    """
    Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)  # two imports at once: one waits
    origin = f"polis:{export.key}"
    conversation, _made = Conversation.objects.get_or_create(
        consultation=consultation,
        origin=origin,
        defaults={
            "space_id": consultation.space_id,
            "question": export.topic[:240],
            "intro": export.description,
            "published_at": timezone.now(),
        },
    )
    done = Imported(conversation)
    progress(0.0, "participants")
    people = _people(export, origin, done)
    progress(0.1, "statements")
    statements = _statements(conversation, export, origin, people, done)
    if export.has_votes:
        _votes(export, statements, people, done, progress)
    progress(0.9, "counts")
    recount(conversation=conversation)
    conversation.refresh_from_db()
    publish(consultation.topic)
    progress(1.0, "done")
    return done


def _people(export: Export, origin: str, done: Imported) -> dict[int, int]:
    """Ids of participants by their number in the export."""
    first: dict[int, datetime] = {}
    for number, at in [(one.author, one.at) for one in export.statements] + [
        (vote.person, vote.at) for vote in export.votes if vote.at
    ]:
        first[number] = min(at, first.get(number, at))
    known = _known_people(origin)
    done.participants_same = sum(number in known for number in export.participants)
    fresh = [
        Participant(origin=f"{origin}:{number}", created_at=first.get(number) or timezone.now())
        for number in export.participants
        if number not in known
    ]
    Participant.objects.bulk_create(fresh, batch_size=BATCH)
    done.participants_new = len(fresh)
    return _known_people(origin)


def _known_people(origin: str) -> dict[int, int]:
    rows = Participant.objects.filter(origin__startswith=f"{origin}:").order_by("-pk").values_list("origin", "pk")
    return {int(name.rpartition(":")[2]): pk for name, pk in rows}


def _statements(
    conversation: Conversation, export: Export, origin: str, people: dict[int, int], done: Imported
) -> dict[int, Statement]:
    """Statements by their number in the export: those there already brought up to date, the others made."""
    rows = conversation.statements.filter(origin__startswith=f"{origin}:")
    known = {int(row.origin.rpartition(":")[2]): row for row in rows}
    decided = Decision.objects.latest_for(known.values())
    fresh = []
    for one in export.statements:
        done.hidden += one.moderated == -1
        held = known.get(one.number)
        if held is None:
            conversation.last_number += 1
            fresh.append(_made(conversation, one, origin, people[one.author]))
        elif _bring_up_to_date(held, one, may_place=held.source_key not in decided):
            done.statements_changed += 1
        else:
            done.statements_same += 1
    done.statements_new = len(fresh)
    Statement.objects.bulk_create(fresh, batch_size=BATCH)
    conversation.save(update_fields=["last_number"])
    numbers = {one.number for one in export.statements}
    rows = conversation.statements.filter(origin__startswith=f"{origin}:")
    found = {int(row.origin.rpartition(":")[2]): row for row in rows}
    return {number: row for number, row in found.items() if number in numbers}


def _made(conversation: Conversation, one: ExportedStatement, origin: str, author: int) -> Statement:
    statement = Statement(
        conversation=conversation,
        space_id=conversation.space_id,
        number=conversation.last_number,
        author_id=author,
        origin=f"{origin}:{one.number}",
        created_at=one.at,
        hidden_at=one.at if one.moderated == -1 else None,
    )
    _set_text(statement, one.text)
    return statement


def _set_text(statement: Statement, text: str) -> None:
    language, sure = identify_language(text)
    statement.body = tidy(text)
    statement.html = render(text)
    statement.language = language if sure >= SURE and language != "und" else ""


def _bring_up_to_date(held: Statement, one: ExportedStatement, *, may_place: bool) -> bool:
    """Set text and state as the export says; whether something changed. Hidden at the time of writing: by an import."""
    changed = held.body != tidy(one.text)
    if changed:
        _set_text(held, one.text)
    if may_place and one.moderated == -1 and held.hidden_at is None:
        held.hidden_at, changed = held.created_at, True
    elif may_place and one.moderated != -1 and held.hidden_at == held.created_at:
        held.hidden_at, changed = None, True
    if changed:
        held.save(update_fields=["body", "html", "language", "hidden_at"])
    return changed


def _votes(
    export: Export, statements: dict[int, Statement], people: dict[int, int], done: Imported, progress: Progress
) -> None:
    """Make the answers of imported participants those of the export."""
    # whoever came with an import has an origin; answers of people from here are left alone
    ours = Vote.objects.filter(statement__in=[row.pk for row in statements.values()]).exclude(person__origin="")
    held = {(row[0], row[1]): (row[2], row[3]) for row in ours.values_list("statement", "person", "pk", "value")}
    fresh: list[Vote] = []
    changed: dict[int, list[int]] = {-1: [], 0: [], 1: []}
    for vote in export.votes:
        statement = statements[vote.statement]
        place = (statement.pk, people[vote.person])
        before = held.pop(place, None)
        if before is None:
            at = vote.at or statement.created_at
            fresh.append(Vote(statement_id=place[0], person_id=place[1], value=vote.value, created_at=at))
        elif before[1] != vote.value:
            changed[vote.value].append(before[0])
        else:
            done.votes_same += 1
    for start in range(0, len(fresh), BATCH):
        progress(0.2 + 0.7 * start / len(fresh), "votes")
        Vote.objects.bulk_create(fresh[start : start + BATCH])
    for value, pks in changed.items():
        for start in range(0, len(pks), 500):
            Vote.objects.filter(pk__in=pks[start : start + 500]).update(value=value)
    gone = [pk for pk, _value in held.values()]
    for start in range(0, len(gone), 500):
        Vote.objects.filter(pk__in=gone[start : start + 500]).delete()
    done.votes_new, done.votes_gone = len(fresh), len(gone)
    done.votes_changed = sum(len(pks) for pks in changed.values())
