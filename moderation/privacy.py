"""What moderation holds of a person: their reports, and decisions about their texts."""

from typing import Any

from django.utils import timezone

from accounts.models import Participant
from moderation.models import Case, Decision, Flag
from realtime.actions import atomic, publish


def export(person: Participant) -> dict[str, Any]:
    """Reports by the person, and decisions about what they wrote."""
    reports = Flag.objects.filter(person=person).order_by("created_at").select_related("case__content_type")
    decisions = Decision.objects.filter(author=person).select_related("case__content_type", "rule")
    return {
        "reports": [
            {
                "text": str(report.case),
                "reason": report.reason,
                "note": report.note,
                "created_at": report.created_at.isoformat(),
            }
            for report in reports
        ],
        "decisions": [
            {
                "text": str(decision.case),
                "outcome": decision.outcome,
                "rule": str(decision.rule or ""),
                "reasons": decision.reasons,
                "decided_at": decision.decided_at.isoformat(),
                "undone_at": decision.undone_at.isoformat() if decision.undone_at else None,
            }
            for decision in decisions
        ],
    }


@atomic()
def erase(person: Participant) -> None:
    """Reports go. Decisions and cases stay in the log, without their author; the audit knows opaque keys only.

    Open cases of the person's texts are closed: there is nothing left to decide. Publishes the queues concerned.
    """
    Flag.objects.filter(person=person).delete()
    waiting = Case.objects.open().filter(author=person)
    queues = set(waiting.values_list("space__organisation", flat=True))
    waiting.update(closed_at=timezone.now())
    if queues:
        publish(*(f"moderation.{organisation}" for organisation in queues))
    Case.objects.filter(author=person).update(author=None)
    Case.objects.filter(claimed_by=person).update(claimed_by=None, claimed_at=None)
    Decision.objects.filter(author=person).update(author=None)


@atomic()
def adopt(guest: Participant, person: Participant) -> None:
    """The guest's reports, cases and decisions become the account's; where both reported a text, one report stays."""
    held = Flag.objects.filter(person=person).values("case")
    Flag.objects.filter(person=guest).exclude(case__in=held).update(person=person)
    Flag.objects.filter(person=guest).delete()
    Case.objects.filter(author=guest).update(author=person)
    Decision.objects.filter(author=guest).update(author=person)
