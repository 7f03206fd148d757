"""Who may look for bursts, propose that votes be set aside, and decide on it: always two people."""

from django.utils.translation import gettext as _

from accounts.models import Participant, Role
from accounts.rules import YES, Verdict, has_role, no
from polls.models import AsideProposal, Poll
from polls.rules import VoteRefused, awaits_decision


class AsideRefused(VoteRefused):
    """Votes that cannot be set aside so."""


def may_review_asides(person: Participant | None, poll: Poll) -> Verdict:
    """Whether `person` is one of those who look for bursts and decide on them: organisers and auditors."""
    if has_role(person, poll.consultation.organisation_id, Role.ORGANISER, Role.AUDITOR):
        return YES
    return no(_("Only organisers and auditors of this consultation can do this."), "sign_in" if person is None else "")


def may_propose_aside(person: Participant | None, poll: Poll) -> Verdict:
    """Whether `person` may propose that votes be set aside: while ballots come in."""
    verdict = may_review_asides(person, poll)
    if verdict and (not poll.has_opened or poll.is_complete):
        return no(_("Votes can be set aside only from the opening of the poll to its closing: then they are unlinked."))
    return verdict


def may_decide_aside(person: Participant | None, poll: Poll, proposal: AsideProposal) -> Verdict:
    """Whether `person` may decide on `proposal`: somebody else than who made it, until the poll is unlinked."""
    verdict = may_review_asides(person, poll)
    if not verdict:
        return verdict
    if proposal.decided_at is not None:
        return no(_("This was decided already."))
    if poll.unlinked_at is not None or (poll.is_complete and not awaits_decision(poll)):
        return no(_("It is too late: the time for this decision is over, and these votes count."))
    if person is not None and proposal.proposed_by_id == person.pk:
        return no(_("You proposed this yourself. A second person has to decide."))
    return YES
