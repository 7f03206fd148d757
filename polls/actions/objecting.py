"""Objections to an electoral roll before the poll opens: said by those concerned, answered with reasons."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Participant
from moderation.actions import record
from polls.actions.roll import draw_in, hold_unopened
from polls.models import Poll, RollObjection
from polls.rules import RollRefused
from realtime.actions import atomic, publish


@atomic()
def object_to_roll(*, poll: Poll, person: Participant, text: str) -> RollObjection:
    """Keep what `person` says against the roll of `poll`; only organisers read it, and it goes when the poll closes.

    Returns the objection. Publishes `poll.<id>`. Raises RollRefused outside the time for it.
    """
    held = Poll.objects.select_for_update(no_key=True).get(pk=poll.pk)
    if not held.takes_objections:
        raise RollRefused(_("Objections to this roll are not taken now."))
    publish(held.topic)
    return RollObjection.objects.create(poll=held, author=person, text=text)


@atomic()
def answer_objection(*, objection: RollObjection, accepted: bool, reason: str, person: Participant | None) -> None:
    """Answer an objection once, with a reason for whoever made it.

    An accepted one puts its author on a roll of accounts; a list is changed by hand. Writes the audit, which holds no
    text. Publishes `poll.<id>`. Raises RollRefused for one that is answered, PollFrozen when it is accepted too late.
    """
    poll = hold_unopened(objection.poll) if accepted else objection.poll
    waiting = RollObjection.objects.filter(pk=objection.pk, answered_at=None)
    if not waiting.update(accepted=accepted, reason=reason, answered_at=timezone.now()):
        raise RollRefused(_("This objection has been answered already."))
    if accepted and poll.fixes_roll and objection.author is not None and not objection.author.is_guest:
        draw_in(poll, objection.author, person)
    facts = {"objection": objection.pk, "accepted": accepted}
    record(verb="poll.objection", person=person, target=f"poll:{poll.pk}", facts=facts)
    publish(poll.topic)
