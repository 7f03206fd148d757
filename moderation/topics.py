"""What open queues listen to: how many cases wait in an organisation. Counts only; the rows come with the page."""

from typing import Any

from django.db.models import Count, Max, Q

from accounts.models import Participant
from accounts.rules import may_moderate
from moderation.models import Case
from realtime.topics import register


def may_listen(person: Participant | None, number: str) -> bool:
    """Moderators of the organisation `number` only."""
    return number.isascii() and number.isdigit() and may_moderate(person, int(number))


def snapshot(number: str) -> dict[str, Any]:
    """How many cases are open, how many of them are held, and the newest one (`structure`)."""
    return (
        Case.objects.open()
        .filter(space__organisation=int(number))
        .aggregate(open=Count("pk"), held=Count("pk", filter=Q(held=True)), structure=Max("pk", default=0))
    )


register("moderation", may_listen=may_listen, snapshot=snapshot)
