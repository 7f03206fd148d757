"""What this room holds of a person: statements and answers to statements."""

from typing import Any

from accounts.models import Participant
from opinions.actions import adopt_acts, erase_texts
from opinions.models import Statement, Vote


def export(person: Participant) -> dict[str, Any]:
    """The statements of `person` with their state, and every answer that they gave."""
    statements = Statement.objects.filter(author=person).select_related("conversation").order_by("pk")
    votes = Vote.objects.filter(person=person).select_related("statement__conversation").order_by("pk")
    return {
        "statements": [
            {
                "conversation": one.conversation.question,
                "address": one.get_absolute_url(),
                "text": one.body,
                "language": one.language,
                "created_at": one.created_at.isoformat(),
                "state": "hidden" if one.hidden_at else "held" if one.held_at else "shown",
            }
            for one in statements
        ],
        "answers": [
            {
                "conversation": vote.statement.conversation.question,
                "statement": vote.statement.number,
                "answer": {1: "agree", -1: "disagree", 0: "pass"}[vote.value],
                "created_at": vote.created_at.isoformat(),
            }
            for vote in votes
        ],
    }


def erase(person: Participant) -> None:
    """Statements are blanked and hidden; answers are taken back while a conversation is open, then lead to nobody."""
    erase_texts(person=person)


def adopt(guest: Participant, person: Participant) -> None:
    """The guest's statements and answers become the account's; where both answered, the account's answer counts."""
    adopt_acts(guest=guest, person=person)
