"""What a summary does not show, in sentences from its own numbers: nobody shall read more into it than is there."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from summaries.models import Build
from summaries.reading import spoken
from summaries.voices import Voices

UNKNOWN = "und"


def limits_of(build: Build, voices: Voices, *, checked: bool) -> list[str]:
    """The limits of `build`. checked: whether two people read a sample of it."""
    facts = [
        _(
            "Those who took part chose to. They are no sample: the numbers count what was said, not what everybody "
            "thinks."
        ),
        _("Contributors are accounts and guests. One person can have several, and several can share one."),
    ]
    if voices.anonymous:
        facts.append(
            ngettext(
                "%(n)s contribution came without a name, so who wrote it is not known.",
                "%(n)s contributions came without a name, so how many people wrote them is not known.",
                voices.anonymous,
            )
            % {"n": spoken(voices.anonymous)}
        )
    read = build.count("read")
    silent = read - sum(build.counts.get("stances", {}).values())
    if silent > 0:
        facts.append(
            _("%(n)s of %(total)s contributions do not say where they stand. Nothing was guessed for them.")
            % {"n": spoken(silent), "total": spoken(read)}
        )
    if unknown := build.counts.get("languages", {}).get(UNKNOWN, 0):
        facts.append(
            _("The language of %(n)s of %(total)s contributions was not recognised; they were read like all others.")
            % {"n": spoken(unknown), "total": spoken(read)}
        )
    if voices.census is None:
        facts.append(_("No census figures were added, so it cannot be said who is missing."))
    if voices.unsaid:
        facts.append(_("Contributors who did not say where they live: %(n)s.") % {"n": voices.unsaid})
    if not checked:
        facts.append(_("No sample was read by two people, so how often the method errs is not known."))
    facts.append(_("What was said elsewhere, in meetings, letters or on the street, is not in it."))
    return facts
