"""Who may build, decide, publish and export a summary, and why not."""

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import Participant
from accounts.rules import YES, Verdict, may_analyse, no
from consultations.models import Consultation
from summaries.models import Build, Citation, Dispute, Place, Theme


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
    """Whether `person` may decide about `theme`: as for building, in the newest summary only.

    A summary that was built later takes over decisions when it is built, so a later one in an older summary would be
    lost.
    """
    verdict = may_build(person, theme.build.consultation)
    if verdict and is_superseded(theme.build):
        return no(_("A newer summary was built since. Please decide there."))
    return verdict


def may_edit(person: Participant | None, build: Build) -> Verdict:
    """Whether `person` may edit the themes of `build`: as for building, the newest summary, while it is a draft.

    What was published stays as it was read; the next summary takes the edits over.
    """
    verdict = may_build(person, build.consultation)
    if not verdict:
        return verdict
    if build.finished_at is None:
        return no(_("This summary is not finished yet."))
    if build.is_published:
        return no(_("This summary is published, so it stays as people read it. Build the next one to change themes."))
    if is_superseded(build):
        return no(_("A newer summary was built since. Please work there."))
    return YES


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


def may_dispute(person: Participant | None, build: Build, source_key: str) -> Verdict:
    """Whether `person` may say that their contribution was misread: its author, guests too, of what the published
    summary has read, while no such word of theirs waits for an answer.
    """
    if person is None:
        return no(_("Only those who wrote something can say that it was misread."), "sign_in")
    mine = Citation.objects.filter(build=build, source_key=source_key, person=person).exclude(place=Place.LEFT_OUT)
    if not mine.exists():
        return no(
            _("Only those who wrote something can say that it was misread."), "sign_in" if person.is_guest else ""
        )
    if not build.is_published:
        return no(_("This summary is not published."))
    later = Build.objects.published().filter(consultation=build.consultation_id, published_at__gt=build.published_at)
    if later.exists():
        return no(_("A newer summary was published since. Please look there."))
    if Dispute.objects.filter(build=build, source_key=source_key, settled_at=None).exists():
        return no(_("You have said so already. Your word waits to be looked at."))
    return YES


def may_settle(person: Participant | None, dispute: Dispute) -> Verdict:
    """Whether `person` may answer those who say that they were misread: as for building."""
    return may_build(person, dispute.build.consultation)


def may_hold(person: Participant | None, consultation: Consultation) -> Verdict:
    """Whether `person` may tell people that the answer takes longer: as for building, once it is published."""
    verdict = may_build(person, consultation)
    if not verdict:
        return verdict
    if not consultation.is_published:
        return no(_("The consultation is not published yet, so nobody waits for its answer."))
    return YES


def may_suggest(person: Participant | None, build: Build) -> Verdict:
    """Whether `person` may ask the language model about `build`: as for editing, where an operator has set a model."""
    verdict = may_edit(person, build)
    if verdict and not settings.LANGUAGE_MODEL_URL:
        return no(_("No language model is set up here. The summary is complete without one."))
    return verdict
