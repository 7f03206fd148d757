"""Reads what was taken out of a published summary, in dated notes. Counts stay; words do not."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from summaries.models import Build, Cause, Citation, Revision, Theme


@dataclass(frozen=True)
class Note:
    """One removal: when it was noticed, from which theme (None: it was not quoted in one), why, and in one sentence."""

    at: datetime
    theme: Theme | None
    cause: str
    words: str


def notes(build: Build) -> list[Note]:
    """The notes on `build`, oldest first. Two queries, none of which reads a text."""
    revisions = list(Revision.objects.filter(build=build).order_by("noticed_at", "pk"))
    if not revisions:
        return []
    keys = {one.source_key for one in revisions}
    quoted = Citation.objects.filter(build=build, source_key__in=keys).exclude(quote_rank=None)
    themes = {one.source_key: one.theme for one in quoted.select_related("theme").order_by("-rank")}
    return [_note(one, themes.get(one.source_key)) for one in revisions]


def _note(revision: Revision, theme: Theme | None) -> Note:
    day = date_format(timezone.localtime(revision.noticed_at), "j F Y")
    said = {"day": day, "why": why(revision.cause), "label": theme.label if theme else ""}
    if theme is None:
        words = _("%(day)s: a quote was removed: %(why)s. The counts stay.") % said
    else:
        words = _("%(day)s: a quote was removed from the theme “%(label)s”: %(why)s. The counts stay.") % said
    return Note(revision.noticed_at, theme, revision.cause, words)


def why(cause: str) -> str:
    """The cause of a removal, in words that stand after a colon."""
    return str(Cause(cause).label)
