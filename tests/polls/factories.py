"""Polls, options and votes for tests, with sensible defaults."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Participant
from consultations.models import Consultation
from polls import codes
from polls.actions import cast_ballot
from polls.models import RULES, Elector, Poll, Question, listed
from tests.factories import make_consultation, make_person

ASKED = {field.name for field in Question._meta.concrete_fields} - {"id", "poll", "key", "position", "text"}
SPANS = {"draft": (-1, 5), "planned": (1, 5), "open": (-1, 5), "closed": (-5, -1)}


def make_poll(
    consultation: Consultation | None = None,
    *,
    state: str = "open",
    options: Sequence[str] = ("Market", "Park", "Parking"),
    questions: Sequence[dict[str, Any]] = (),
    **fields: Any,
) -> Poll:
    """A poll in `state` with one question (q1), or with `questions` (fields of each). Options have the keys o1, o2, …

    By default single choice, open mode, live results.
    """
    consultation = consultation or make_consultation()
    now = timezone.now()
    start, end = SPANS[state]
    facts = {
        "title": "What should the square be?",
        "mode": "open",
        "results": "live",
        "opens_at": now + timedelta(days=start),
        "closes_at": now + timedelta(days=end),
        "published_at": None if state == "draft" else now - timedelta(days=6),
    }
    asked = {name: fields.pop(name) for name in ASKED & fields.keys()}
    if "max_choices" in fields:
        asked["settings"] = {"max_choices": fields.pop("max_choices")}
    facts |= fields
    poll = Poll.objects.create(consultation=consultation, space=consultation.space, **facts)
    for number, one in enumerate(questions or [asked], 1):
        kind = one.get("kind", "single")
        own = {"text": facts["title"], "rule": RULES[kind][0], "options": options} | one
        own["options"] = [one if isinstance(one, dict) else listed([one])[0] for one in own["options"]]
        for at, option in enumerate(own["options"], 1):
            option["key"] = f"o{at}"
        Question.objects.create(poll=poll, key=f"q{number}", position=number, **own)
    return poll


def cast(poll: Poll, *keys: str, person: Participant | None = None, **more: Any) -> Participant:
    """A vote by `person` (somebody new) in a poll of one question that asks for options; returns who voted."""
    person = person or make_person()
    cast_ballot(poll=poll, person=person, answers={"q1": keys}, **more)
    return person


def close(poll: Poll) -> Poll:
    """The same poll when its time is over."""
    now = timezone.now()
    Poll.objects.filter(pk=poll.pk).update(opens_at=now - timedelta(days=9), closes_at=now - timedelta(seconds=1))
    return Poll.objects.get(pk=poll.pk)


def make_roll(poll: Poll, size: int = 12) -> list[str]:
    """Codes of `size` places on the roll of an invited poll, in their order, whatever the poll's state."""
    found = []
    for number in range(1, size + 1):
        code = codes.new()
        Elector.objects.create(poll=poll, number=number, label=f"House {number}", code_hash=codes.hashed(code))
        found.append(codes.written(code))
    Poll.objects.filter(pk=poll.pk).update(roll_size=poll.electors.count())
    poll.refresh_from_db()
    return found
