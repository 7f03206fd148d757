"""Polls, options and votes for tests, with sensible defaults."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Participant
from consultations.models import Consultation
from polls.actions import cast_ballot
from polls.models import Option, Poll
from tests.factories import make_consultation, make_person

RULES = {"single": "plurality", "several": "approval", "ranking": "irv"}
SPANS = {"draft": (-1, 5), "planned": (1, 5), "open": (-1, 5), "closed": (-5, -1)}


def make_poll(
    consultation: Consultation | None = None,
    *,
    state: str = "open",
    options: Sequence[str] = ("Market", "Park", "Parking"),
    **fields: Any,
) -> Poll:
    """A poll in `state`; its options have the keys o1, o2, … By default single choice, open mode, live results."""
    consultation = consultation or make_consultation()
    now = timezone.now()
    start, end = SPANS[state]
    facts = {
        "question": "What should the square be?",
        "kind": "single",
        "mode": "open",
        "results": "live",
        "opens_at": now + timedelta(days=start),
        "closes_at": now + timedelta(days=end),
        "published_at": None if state == "draft" else now - timedelta(days=6),
    }
    facts |= {"rule": RULES[fields.get("kind", "single")]} | fields
    poll = Poll.objects.create(consultation=consultation, space=consultation.space, **facts)
    Option.objects.bulk_create(
        Option(poll=poll, key=f"o{number}", text=text, position=number) for number, text in enumerate(options, 1)
    )
    return poll


def cast(poll: Poll, *keys: str, person: Participant | None = None, **more: Any) -> Participant:
    """A vote by `person` (somebody new); returns who voted."""
    person = person or make_person()
    cast_ballot(poll=poll, person=person, choice=keys, **more)
    return person


def close(poll: Poll) -> Poll:
    """The same poll when its time is over."""
    now = timezone.now()
    Poll.objects.filter(pk=poll.pk).update(opens_at=now - timedelta(days=9), closes_at=now - timedelta(seconds=1))
    return Poll.objects.get(pk=poll.pk)
