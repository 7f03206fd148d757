"""Verbs of conversations: prepare, publish, vote, write statements, and take over whole conversations."""

from opinions.actions.importing import Imported, import_conversation
from opinions.actions.people import adopt_acts, erase_texts
from opinions.actions.preparing import create_conversation, publish_conversation
from opinions.actions.voting import AlreadySaid, cast_vote, recount, write_statement

__all__ = [
    "AlreadySaid", "Imported", "adopt_acts", "cast_vote", "create_conversation", "erase_texts", "import_conversation",
    "publish_conversation", "recount", "write_statement",
]  # fmt: skip
