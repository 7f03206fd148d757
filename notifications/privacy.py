"""What this room holds of a person: notices, and how much they want by e-mail."""

from typing import Any

from accounts.models import Participant
from notifications import actions
from notifications.models import Mailing, Notice
from realtime.actions import atomic


def export(person: Participant) -> dict[str, Any]:
    """The notices of `person`, oldest first, and what they get by e-mail."""
    mailing = Mailing.objects.filter(person=person).first()
    return {
        "notices": [
            {
                "kind": notice.kind,
                "address": notice.url,
                "facts": notice.facts,
                "created_at": notice.created_at.isoformat(),
                "read_at": notice.read_at.isoformat() if notice.read_at else None,
            }
            for notice in Notice.objects.filter(person=person).order_by("created_at", "pk")
        ],
        "by_email": mailing.amount if mailing else "",
    }


@atomic()
def erase(person: Participant) -> None:
    """Notices and the choice go."""
    Notice.objects.filter(person=person).delete()
    Mailing.objects.filter(person=person).delete()


@atomic()
def adopt(guest: Participant, person: Participant) -> None:
    """The guest's notices become the account's; what both were told stays once. The account's choice stays.

    The clock does not look at guests, so what concerns this one is noted first, while their texts are still theirs.
    """
    actions.gather(person=guest)
    held = Notice.objects.filter(person=person).values("key")
    Notice.objects.filter(person=guest).exclude(key__in=held).update(person=person)
    Notice.objects.filter(person=guest).delete()
    Mailing.objects.filter(person=guest).delete()
