"""What this room knows of a person: that they took part, open votes, their place on electoral rolls,
bundles of paper that they typed, and remarks.

Names and addresses on a roll, and objections to it, are needed until the poll closes, and are deleted then.
"""

from typing import Any

from django.db.models import QuerySet

from accounts.models import Participant
from polls.actions.answers import in_words
from polls.actions.people import adopt_votes, forget_votes
from polls.models import AsideProposal, Ballot, Observer, RollEntry


def export(person: Participant) -> dict[str, Any]:
    """Polls in which `person` took part, their open votes, and their remarks. Confidential votes are never written."""
    roll = RollEntry.objects.filter(voter=person).select_related("poll__consultation")
    ballots = Ballot.objects.filter(voter=person).select_related("question").order_by("question__position")
    said: dict[int, dict[str, list[str]]] = {}
    for ballot in ballots:
        asked = ballot.question
        said.setdefault(asked.poll_id, {})[asked.text] = in_words(asked, ballot.choice)
    return {
        "votes": [
            {
                "poll": entry.poll.title,
                "consultation": entry.poll.consultation.title,
                "mode": entry.poll.mode,
                "answers": said.get(entry.poll_id),
            }
            for entry in sorted(roll, key=lambda entry: entry.poll_id)
        ],
        "remarks": [
            {"poll": remark.poll.title, "text": remark.body, "created_at": remark.created_at.isoformat()}
            for remark in person.remarks.select_related("poll").order_by("pk")
        ],
        "rolls": [
            {"poll": place.poll.title, "label": place.label, "email": place.email}
            for place in person.electors.select_related("poll").order_by("poll")
        ],
        "set_aside": [
            {"poll": one.poll.title, "reason": one.reason, "answer": one.answer}
            for one in AsideProposal.objects.by(person).select_related("poll")
        ],
        "observer_of": [str(one.poll) for one in _observed(person)],
        "roll_objections": [
            {"poll": one.poll.title, "text": one.text, "accepted": one.accepted, "reason": one.reason}
            for one in person.roll_objections.select_related("poll")
        ],
        "bundles": [
            {"poll": bundle.poll.title, "number": bundle.number, "part": part}
            for part, found in (("entered", person.entered_bundles), ("checked", person.checked_bundles))
            for bundle in found.select_related("poll").order_by("poll", "number")
        ],
        "waiting_remarks": list(person.waiting_remarks.values_list("body", flat=True)),
    }


def erase(person: Participant) -> None:
    """Votes in open polls are taken back; in closed ones they stay, but nothing leads to the person. Remarks go.

    What they wrote as organiser or auditor about votes that were set aside stays: it is an official reason.
    """
    _observed(person).delete()
    person.entered_bundles.update(entered_by=None)
    person.checked_bundles.update(checked_by=None)
    forget_votes(person=person)


def _observed(person: Participant) -> QuerySet[Observer]:
    """Where the person's address stands as that of an observer; the names stay in the rules of the poll."""
    address = person.user.email if person.user else ""
    return Observer.objects.filter(email__iexact=address).exclude(email="").select_related("poll")


def adopt(guest: Participant, person: Participant) -> None:
    """The guest's votes become the account's; where both voted, the account's own vote counts."""
    adopt_votes(guest=guest, person=person)
