"""Organisers prepare conversations with their first statements, and publish them."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from accounts.models import Participant
from consultations.models import Consultation
from moderation.richtext import render, tidy
from opinions.models import Conversation, Statement
from realtime.actions import atomic, publish


@atomic()
def create_conversation(
    *,
    consultation: Consultation,
    person: Participant,
    question: str,
    seeds: Sequence[str],
    intro: str = "",
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    publish_now: bool = False,
) -> Conversation:
    """A conversation about `question` with its first statements (`seeds`), as a draft unless `publish_now`.

    Without dates it is open while the consultation is. Seeds are the organiser's, so nobody reviews them.
    Returns the conversation. Publishes `consultation.<id>`.
    """
    conversation = Conversation.objects.create(
        consultation=consultation,
        space_id=consultation.space_id,
        question=question,
        intro=intro,
        opens_at=opens_at,
        closes_at=closes_at,
        published_at=timezone.now() if publish_now else None,
        last_number=len(seeds),
    )
    bodies = [" ".join(tidy(seed).split()) for seed in seeds]
    Statement.objects.bulk_create(
        Statement(
            conversation=conversation,
            space_id=conversation.space_id,
            number=number,
            author=person,
            body=body,
            html=render(body),
            language=consultation.language,
        )
        for number, body in enumerate(bodies, 1)
    )
    publish(consultation.topic)
    return conversation


@atomic()
def publish_conversation(*, conversation: Conversation) -> None:
    """Let everybody see it (once). Publishes `conversation.<id>` and `consultation.<id>`."""
    Conversation.objects.filter(pk=conversation.pk, published_at=None).update(published_at=timezone.now())
    conversation.refresh_from_db(fields=["published_at"])
    publish(conversation.topic, conversation.consultation.topic)
