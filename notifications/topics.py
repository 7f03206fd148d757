"""What an open page hears of one's own inbox: how much is unread. Only its owner may listen."""

from typing import Any

from accounts.models import Participant
from notifications.models import Notice
from realtime.topics import register


def may_listen(person: Participant | None, user_id: str) -> bool:
    """Whoever signed in with that account."""
    return person is not None and person.user_id is not None and str(person.user_id) == user_id


def snapshot(user_id: str) -> dict[str, Any]:
    """`unread`, and `badge`: the same as text, empty where there is nothing."""
    unread = Notice.objects.filter(person__user=int(user_id)).unread().count()
    return {"unread": unread, "badge": str(unread) if unread else "", "structure": unread}


register("inbox", may_listen=may_listen, snapshot=snapshot)
