"""What this room knows of a person: that they took part, open votes, and remarks with their name."""

import json
from typing import Any

from accounts.models import Participant
from polls.actions.people import adopt_votes, forget_votes
from polls.models import Ballot, Poll, RollEntry


def export(person: Participant) -> dict[str, Any]:
    """Polls in which `person` took part, their open votes, and their remarks. Confidential votes are never written."""
    roll = RollEntry.objects.filter(voter=person).select_related("poll__consultation")
    ballots = {ballot.poll_id: ballot for ballot in Ballot.objects.filter(voter=person)}
    return {
        "votes": [
            {
                "poll": entry.poll.question,
                "consultation": entry.poll.consultation.title,
                "mode": entry.poll.mode,
                "choice": _words(entry.poll, ballots.get(entry.poll_id)),
            }
            for entry in sorted(roll, key=lambda entry: entry.poll_id)
        ],
        "remarks": [
            {"poll": remark.poll.question, "text": remark.body, "created_at": remark.created_at.isoformat()}
            for remark in person.remarks.select_related("poll").order_by("pk")
        ],
        "waiting_remarks": list(person.waiting_remarks.values_list("body", flat=True)),
    }


def erase(person: Participant) -> None:
    """Votes in open polls are taken back; in closed ones they stay, but nothing leads to the person. Remarks go."""
    forget_votes(person=person)


def adopt(guest: Participant, person: Participant) -> None:
    """The guest's votes become the account's; where both voted, the account's own vote counts."""
    adopt_votes(guest=guest, person=person)


def _words(poll: Poll, ballot: Ballot | None) -> list[str] | None:
    if ballot is None:
        return None
    texts = {option.key: option.text for option in poll.choices}
    return [texts[key] for key in json.loads(ballot.choice)]
