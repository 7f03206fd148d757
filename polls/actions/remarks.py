"""Remarks: taken in beside a vote, and always read by a moderator before they are shown."""

from datetime import datetime, time
from secrets import SystemRandom

from django.utils import timezone

from accounts.models import Participant
from moderation import richtext
from moderation.actions import open_case, receive
from moderation.models import Hint
from polls.models import Poll, Remark, Results, WaitingRemark
from realtime.actions import atomic


@atomic()
def leave_remark(*, poll: Poll, person: Participant, body: str, language: str = "") -> None:
    """Keep why `person` voted: for the moderators at once where votes and results are open, else until closing.

    In a confidential poll nothing says whose it is. Raises ValidationError when the text is beyond the limits of
    `moderation.richtext`.
    """
    richtext.limits(body)
    author = None if poll.is_confidential else person
    if poll.is_confidential or poll.results == Results.AFTER_CLOSING:
        WaitingRemark.objects.create(poll=poll, author=author, body=body, language=language)
    else:
        _submit(poll, author, body, language, timezone.now())


@atomic()
def release_remarks(*, poll: Poll) -> int:
    """Hand all waiting remarks of `poll` to its moderators in random order, dated by the day. Returns how many."""
    waiting = list(poll.waiting_remarks.select_related("author"))
    SystemRandom().shuffle(waiting)
    today = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    for one in waiting:
        _submit(poll, one.author, one.body, one.language, today)
    poll.waiting_remarks.filter(pk__in=[one.pk for one in waiting]).delete()
    return len(waiting)


def _submit(poll: Poll, author: Participant | None, body: str, language: str, at: datetime) -> None:
    """Every remark is read before it is shown, whatever the space's mode."""
    remark = Remark.objects.create(
        poll=poll, space=poll.space, author=author, body=body, html=richtext.render(body), language=language,
        created_at=at, held_at=at,
    )  # fmt: skip
    if receive(item=remark) is None:
        open_case(item=remark, held=True, hint=Hint.BEFORE)
