"""Conversations and statements for tests, with sensible defaults. Rows are made directly."""

import itertools
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Participant
from consultations.models import Consultation
from moderation.richtext import render
from opinions.actions import recount
from opinions.models import Conversation, Statement, Vote
from tests.factories import make_consultation, make_person

_numbers = itertools.count(1)


def make_conversation(
    consultation: Consultation | None = None, *, statements: int = 3, published: bool = True, **fields: Any
) -> Conversation:
    """A conversation with `statements` shown statements, open while its consultation is."""
    consultation = consultation or make_consultation()
    conversation = Conversation.objects.create(
        consultation=consultation,
        space=consultation.space,
        question=fields.pop("question", f"What should change at stop {next(_numbers)}?"),
        published_at=timezone.now() - timedelta(days=1) if published else None,
        **fields,
    )
    for _ in range(statements):
        make_statement(conversation)
    return conversation


def make_statement(
    conversation: Conversation | None = None, *, author: Participant | None = None, body: str = "", **fields: Any
) -> Statement:
    """A shown statement with the next number."""
    conversation = conversation or make_conversation(statements=0)
    conversation.last_number += 1
    conversation.save(update_fields=["last_number"])
    body = body or f"Stop {next(_numbers)} needs a roof against rain."
    return Statement.objects.create(
        conversation=conversation,
        space=conversation.space,
        number=conversation.last_number,
        author=author or make_person(),
        body=body,
        html=render(body),
        language="en",
        **fields,
    )


def make_votes(statement: Statement, *values: int) -> None:
    """Answers of as many new people; counts are kept."""
    Vote.objects.bulk_create(Vote(statement=statement, person=make_person(), value=value) for value in values)
    recount(conversation=statement.conversation)
    statement.refresh_from_db()
