"""Who may build, decide, publish and export a summary, and why not."""

from django.utils.translation import gettext as _

from accounts.models import Participant
from accounts.rules import YES, Verdict, may_analyse, no
from consultations.models import Consultation
from summaries.models import Build, Theme


def may_build(person: Participant | None, consultation: Consultation) -> Verdict:
    """Whether `person` may build summaries of `consultation`: analysts and organisers of its organisation."""
    if may_analyse(person, consultation.organisation_id):
        return YES
    step = "sign_in" if person is None or person.is_guest else ""
    return no(_("Only analysts and organisers of this organisation work on the summary."), step)


def may_export(person: Participant | None, consultation: Consultation) -> Verdict:
    """Whether `person` may take the summary of `consultation` out as a file: as for building."""
    return may_build(person, consultation)


def may_decide(person: Participant | None, theme: Theme) -> Verdict:
    """Whether `person` may decide about `theme` or rename it: as for building, in the newest summary only.

    A summary that was built later takes over decisions when it is built, so a later one in an older summary would be
    lost.
    """
    verdict = may_build(person, theme.build.consultation)
    if verdict and is_superseded(theme.build):
        return no(_("A newer summary was built since. Please decide there."))
    return verdict


def may_publish(person: Participant | None, build: Build) -> Verdict:
    """Whether `person` may publish `build`: as for building; the newest summary of a published consultation, once."""
    verdict = may_build(person, build.consultation)
    if not verdict:
        return verdict
    if build.finished_at is None:
        return no(_("This summary is not finished yet."))
    if build.is_published:
        return no(_("This summary is published already."))
    if is_superseded(build):
        return no(_("A newer summary was built since. Please publish that one."))
    if not build.consultation.is_published:
        return no(_("The consultation is not published yet, so nobody could read its summary."))
    return YES


def is_superseded(build: Build) -> bool:
    """Whether a newer summary of the same consultation was finished."""
    newest = Build.objects.finished().filter(consultation=build.consultation_id).newest().first()
    return newest is not None and newest.pk != build.pk
