"""Remarks: taken in beside a vote, and always read by a moderator before they are shown."""

from collections.abc import Mapping
from datetime import datetime, time
from secrets import SystemRandom

from django.utils import timezone

from accounts.models import Participant
from moderation import richtext
from moderation.actions import open_case, receive
from moderation.models import Hint
from polls.models import Poll, Question, Remark, Results, WaitingRemark
from realtime.actions import atomic


@atomic()
def leave_remarks(
    *, poll: Poll, person: Participant | None, texts: Mapping[Question, str], why: str = "", language: str = ""
) -> None:
    """Keep what `person` wrote beside a vote: for the moderators at once where votes and results are open, else until
    closing.

    texts: by question. why: why they voted so, where the poll asks. In a confidential poll nothing says whose it is.
    Raises ValidationError when a text is beyond the limits of `moderation.richtext`.
    """
    author = None if poll.is_secret else person
    found: list[tuple[Question | None, str]] = [*texts.items()]
    if poll.asks_remark and why.strip():
        found.append((None, why))
    for question, body in found:
        richtext.limits(body)
        if poll.is_secret or poll.results == Results.AFTER_CLOSING:
            WaitingRemark.objects.create(poll=poll, question=question, author=author, body=body, language=language)
        else:
            waiting = WaitingRemark(poll=poll, question=question, author=author, body=body, language=language)
            _submit(waiting, timezone.now())


@atomic()
def release_remarks(*, poll: Poll) -> int:
    """Hand all waiting texts of `poll` to its moderators in random order, dated by the day. Returns how many."""
    waiting = list(poll.waiting_remarks.select_related("author", "question"))
    SystemRandom().shuffle(waiting)
    today = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    for one in waiting:
        one.poll = poll
        _submit(one, today)
    poll.waiting_remarks.filter(pk__in=[one.pk for one in waiting]).delete()
    return len(waiting)


def _submit(one: WaitingRemark, at: datetime) -> None:
    """Every text is read before it is shown, whatever the space's mode."""
    remark = Remark.objects.create(
        poll=one.poll, question=one.question, space=one.poll.space, author=one.author, body=one.body,
        html=richtext.render(one.body), language=one.language, created_at=at, held_at=at,
    )  # fmt: skip
    if receive(item=remark) is None:
        open_case(item=remark, held=True, hint=Hint.BEFORE)
