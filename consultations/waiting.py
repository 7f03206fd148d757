"""How long people usually wait until a moderator has read what they wrote."""

from datetime import timedelta
from statistics import median

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moderation.models import Decision, Space

RECENT = 50  # decisions


def usual_wait(space: Space) -> str:
    """The median wait of the newest decisions about held texts in `space`, in words; empty while there are too few."""
    rows = Decision.objects.filter(case__space=space, case__held=True).values_list("decided_at", "case__opened_at")
    waits = [(decided - opened).total_seconds() for decided, opened in rows[:RECENT]]
    if len(waits) < 5:
        return ""
    usual = timedelta(seconds=median(waits))
    if usual < timedelta(hours=1):
        return _("within an hour")
    if usual < timedelta(days=1):
        hours = int(usual.total_seconds() // 3600) + 1
        return ngettext("within %(count)d hour", "within %(count)d hours", hours) % {"count": hours}
    days = usual.days + 1
    return ngettext("within %(count)d day", "within %(count)d days", days) % {"count": days}
