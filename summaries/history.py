"""What was done to a theme since the method gathered it, as everybody may read it: when and what, never who."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from summaries.models import Edit, Theme, Verb


@dataclass(frozen=True)
class Event:
    """One step in the history of a theme."""

    at: datetime
    words: str


def history_of(theme: Theme) -> list[Event]:
    """The steps of `theme` in this summary, oldest first, without those that were undone. One query."""
    rows = Edit.objects.filter(build=theme.build_id, undone_at=None).order_by("pk")
    events = [Event(theme.build.finished_at, _("The method gathered it."))] if theme.build.finished_at else []
    done = {
        Verb.RENAME: _("A person named it. The method had proposed “%(label)s”.") % {"label": theme.found_label},
        Verb.DESCRIBE: _("A person described it."),
        Verb.MERGE: _("A person merged themes into one."),
        Verb.SPLIT: _("A person split it."),
        Verb.MOVE: _("A person moved contributions into it or out of it."),
        Verb.REVIEW: _("A person reviewed it."),
        Verb.REOPEN: _("A person opened it again for review."),
    }
    for verb, at, themes in rows.values_list("verb", "at", "facts__themes"):
        if theme.key in (themes or []):
            events.append(Event(at, done[Verb(verb)]))
    return events
