"""What this room holds of a person: the work that they started."""

from typing import Any

from accounts.models import Participant
from jobs.models import Job
from realtime.actions import atomic


def export(person: Participant) -> dict[str, Any]:
    """The jobs of `person`, JSON-ready."""
    fields = ("kind", "state", "created_at", "finished_at")
    return {
        "jobs": [
            {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}
            for row in Job.objects.filter(owner=person).order_by("pk").values(*fields)
        ]
    }


@atomic()
def erase(person: Participant) -> None:
    """Forget the jobs of `person`."""
    Job.objects.filter(owner=person).delete()


@atomic()
def adopt(guest: Participant, person: Participant) -> None:
    """Hand the jobs of `guest` to `person`."""
    Job.objects.filter(owner=guest).update(owner=person)
