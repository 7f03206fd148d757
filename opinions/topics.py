"""What an open page of a conversation hears: how many people, answers and statements. Counts only, no texts."""

from typing import Any

from django.db.models import Count, F, Q, Sum

from accounts.models import Participant
from opinions.models import Conversation
from realtime.topics import register


def may_listen(person: Participant | None, pk: str) -> bool:
    """Whoever may see the conversation."""
    known = pk.isascii() and pk.isdigit() and len(pk) < 19
    return known and Conversation.objects.visible_to(person).filter(pk=int(pk)).exists()


def snapshot(pk: str) -> dict[str, Any]:
    """`voters`, `answers` and `statements` (shown ones); `structure` changes when there is something to read anew."""
    conversation = Conversation.objects.select_related("consultation").filter(pk=int(pk)).first()
    if conversation is None:
        return {}
    counts = totals(conversation)
    return {"voters": conversation.voter_count, **counts, "structure": f"{conversation.state} {counts['statements']}"}


def totals(conversation: Conversation) -> dict[str, int]:
    """Shown statements and the answers to them."""
    shown = Q(held_at=None, hidden_at=None)
    answers = F("agree_count") + F("disagree_count") + F("pass_count")
    counts = conversation.statements.aggregate(
        statements=Count("pk", filter=shown), answers=Sum(answers, filter=shown, default=0)
    )
    return {"statements": counts["statements"], "answers": counts["answers"]}


register("conversation", may_listen=may_listen, snapshot=snapshot)
