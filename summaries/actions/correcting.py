"""Corrections of places after publication: an author was misread, and the next summary shall know."""

from django.core.exceptions import PermissionDenied

from accounts.models import Participant
from consultations.models import Consultation
from realtime.actions import atomic, publish
from summaries.actions import placing
from summaries.actions.editing import NOWHERE, move_contributions
from summaries.models import Build, Pin
from summaries.rules import may_build, may_edit


@atomic()
def correct_place(*, consultation: Consultation, person: Participant, source_key: str, to: str) -> bool:
    """Let a contribution stand in the theme `to` (empty: in none) from the next summary on.

    In a draft that may still be edited it is moved at once; that is what is returned. Writes the audit. Publishes
    `summary.<consultation>`. Raises PermissionDenied.
    """
    verdict = may_build(person, consultation)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    build = Build.objects.finished().filter(consultation=consultation).newest().first()
    if build is None:
        return False
    moved = False
    for row in build.citations.filter(source_key=source_key).select_related("theme").order_by("-rank"):
        if may_edit(person, build) and (row.theme.key if row.theme else NOWHERE) != to:
            origin = row.theme.key if row.theme else ""
            move_contributions(build=build, person=person, sources=[source_key], to=to, origin=origin)
            moved = True
    if not moved:
        group = placing.with_copies(build, [source_key]) or [source_key]
        placing.take_pins(build=build, keys=group)
        Pin.objects.bulk_create(
            Pin(consultation=consultation, source_key=key, theme_key=to, person=person) for key in group
        )
        publish(build.topic)
    return moved
