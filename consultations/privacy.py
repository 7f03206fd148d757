"""What this room holds of a person: comments, support, consultations they prepared."""

from typing import Any

from django.db.models import F
from django.utils import timezone

from accounts.models import Participant
from consultations.models import Comment, Support, Version
from realtime.actions import atomic


def export(person: Participant) -> dict[str, Any]:
    """The person's comments with their state, and which comments they support."""
    comments = Comment.objects.filter(author=person).select_related("consultation").order_by("id")
    supports = Support.objects.filter(person=person).order_by("id")
    return {
        "comments": [
            {
                "consultation": comment.consultation.title,
                "address": comment.get_absolute_url(),
                "text": comment.body,
                "stance": comment.stance,
                "language": comment.language,
                "receipt": comment.receipt,
                "created_at": comment.created_at.isoformat(),
                "edited_at": comment.edited_at.isoformat() if comment.edited_at else None,
                "state": "hidden" if comment.hidden_at else "held" if comment.held_at else "shown",
            }
            for comment in comments
        ],
        "supports": [{"comment": row.comment_id, "created_at": row.created_at.isoformat()} for row in supports],
    }


@atomic()
def erase(person: Participant) -> None:
    """Blank the person's comments; where others replied, an empty place keeps the thread. Support is taken back.

    Publishes the consultations and clauses concerned.
    """
    supported = Support.objects.filter(person=person).values_list("comment", flat=True)
    Comment.objects.filter(pk__in=list(supported)).update(support_count=F("support_count") - 1)
    Support.objects.filter(person=person).delete()
    mine = list(Comment.objects.filter(author=person).select_related("consultation", "clause__version"))
    Comment.objects.filter(author=person).update(
        author=None, body="", html="", stance="", language="", origin="", fingerprint=None,
        held_at=None, hidden_at=timezone.now(),
    )  # fmt: skip
    for comment in mine:
        comment.after_decision()
    Version.objects.filter(created_by=person).update(created_by=None)


@atomic()
def adopt(guest: Participant, person: Participant) -> None:
    """Hand a guest's comments and support to the account; what both supported counts once."""
    Comment.objects.filter(author=guest).update(author=person)
    both = Support.objects.filter(person=person).values_list("comment", flat=True)
    twice = list(Support.objects.filter(person=guest, comment__in=both).values_list("comment", flat=True))
    Comment.objects.filter(pk__in=twice).update(support_count=F("support_count") - 1)
    Support.objects.filter(person=guest, comment__in=twice).delete()
    Support.objects.filter(person=guest).update(person=person)
