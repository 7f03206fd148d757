"""What an open page of a poll may listen to: the turnout for all, the result for those who may see it."""

from typing import Any

from accounts.models import Participant
from polls.actions import read_result
from polls.models import Poll
from polls.rules import may_see_results, results_exist
from realtime import topics

BARS = {"single", "several", "approval"}  # kinds of which nothing but bars moves while people vote


def find(poll_id: str) -> Poll | None:
    if not poll_id.isascii() or not poll_id.isdigit() or len(poll_id) > 18:
        return None
    return Poll.objects.select_related("consultation").filter(pk=int(poll_id)).first()


def may_hear_turnout(person: Participant | None, poll_id: str) -> bool:
    poll = find(poll_id)
    return poll is not None and Poll.objects.visible_to(person).filter(pk=poll.pk).exists()


def may_hear_results(person: Participant | None, poll_id: str) -> bool:
    poll = find(poll_id)
    return poll is not None and bool(may_see_results(person, poll))


def turnout(poll_id: str) -> dict[str, Any]:
    """How many ballots are in the box, and whether the poll is open."""
    poll = find(poll_id)
    return {"cast": poll.ballot_count, "structure": poll.state} if poll else {}


def results(poll_id: str) -> dict[str, Any]:
    """The figures that may be shown now, by question and option in their order. Empty while nobody may see a result."""
    poll = find(poll_id)
    if poll is None or not results_exist(poll):
        return {}
    result = read_result(poll)
    return {
        "cast": result.cast,
        "counted": result.counted,
        "questions": [
            {"rows": [{"votes": row.votes, "share": round(row.share, 1), "width": row.width} for row in one.rows]}
            for one in result.questions
        ],
        "structure": structure(poll, result.counted),
    }


def structure(poll: Poll, counted: int) -> str:
    """What a page must be drawn anew for: closing; the first figures; and each count where it shows more than bars."""
    if poll.is_closed or any(box.kind not in BARS for box in poll.boxes):
        return f"{poll.state} {counted}"
    return f"{poll.state} {bool(counted)}"


topics.register("poll", may_listen=may_hear_turnout, snapshot=turnout)
topics.register("poll.results", may_listen=may_hear_results, snapshot=results)
