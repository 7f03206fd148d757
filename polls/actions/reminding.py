"""Reminders to everybody on a fixed roll who has not voted: planned blind, sent by the room of notifications.

Nobody is told how many or whom: with the turnout beside it a number would tell of single people.
"""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Participant
from moderation.actions import record
from polls.models import Elector, Poll, Reminder
from polls.rules import RollRefused
from realtime.actions import atomic

MAX_REMINDERS = 3
APART = timedelta(days=1)


@atomic()
def plan_reminder(*, poll: Poll, due_at: datetime | None = None, person: Participant | None = None) -> Reminder:
    """Remind those on the roll of `poll` who have not voted by then. due_at: None for at once.

    Returns the reminder. Writes the audit. Raises RollRefused with the reason: no fixed roll, outside the time of
    voting, a fourth one, or two within a day.
    """
    held = Poll.objects.select_for_update(no_key=True).get(pk=poll.pk)
    due_at = due_at or timezone.now()
    planned = list(Reminder.objects.filter(poll=held))
    if not held.has_fixed_roll:
        raise RollRefused(_("Only people on a fixed roll can be reminded: of others nobody knows who they are."))
    if not held.is_published or held.is_closed or not held.opens_at <= due_at < held.closes_at:
        raise RollRefused(_("A reminder goes out while people can vote. Choose a time between opening and closing."))
    if len(planned) >= MAX_REMINDERS:
        raise RollRefused(_("This poll has had its %(limit)s reminders.") % {"limit": MAX_REMINDERS})
    if any(abs(one.due_at - due_at) < APART for one in planned):
        raise RollRefused(_("Between two reminders there is at least a day."))
    record(verb="poll.reminder", person=person, target=f"poll:{held.pk}", facts={"number": len(planned) + 1})
    return Reminder.objects.create(poll=held, number=len(planned) + 1, due_at=due_at)


def due_reminders() -> QuerySet[Reminder]:
    """Those that are to go out now; what is left of one that was interrupted too. None once its poll has closed."""
    now = timezone.now()
    due = Reminder.objects.filter(sent_at=None, due_at__lte=now, poll__closes_at__gt=now, poll__opens_at__lte=now)
    return due.select_related("poll__consultation")


def those_to_remind(reminder: Reminder) -> QuerySet[Elector]:
    """Places of the roll in which nobody has voted, that can be reached, and that have not asked for an end."""
    reached = ~Q(email="") | Q(voter__user__isnull=False)
    places = Elector.objects.filter(reached, poll=reminder.poll, entry=None, mail_stopped_at=None)
    return places.select_related("voter__user").order_by("pk")


@atomic()
def finish_reminder(*, reminder: Reminder) -> None:
    """Note that `reminder` has gone out to everybody. Done again it changes nothing."""
    Reminder.objects.filter(pk=reminder.pk, sent_at=None).update(sent_at=timezone.now())


@atomic()
def stop_reminders(*, elector: Elector) -> None:
    """No more reminders of its poll to the address of `elector`, whoever else on the roll has it."""
    same = Q(email=elector.email) if elector.email else Q(pk=elector.pk)
    Elector.objects.filter(same, poll=elector.poll_id, mail_stopped_at=None).update(mail_stopped_at=timezone.now())
