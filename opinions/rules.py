"""Who may vote on statements, write them, and prepare conversations: a yes, or a no with its reason."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Participant
from accounts.rules import YES, Verdict, may_organise, no
from consultations.models import Consultation
from moderation.rules import may_write
from opinions.models import Conversation, Statement

SHORTEST, LONGEST = 10, 280  # signs of a statement that people write here; imported ones may be longer


def may_take_part(person: Participant | None, conversation: Conversation) -> Verdict:
    """Whether `person` (None: somebody who becomes a guest by it) may vote in `conversation` now."""
    if person is not None and person.erased_at is not None:
        return no(_("This account was deleted."), "sign_in")
    state = conversation.state
    if state == "draft":
        return no(_("This conversation is not published yet."))
    if state == "planned":
        return no(_("This conversation has not opened yet."), "wait")
    if state == "closed":
        when = conversation.ends_at
        if when is None or when > timezone.now():
            return no(_("This conversation is closed. You can still read everything."))
        day = date_format(timezone.localtime(when), "DATETIME_FORMAT")
        return no(_("This conversation closed on %(when)s. You can still read everything.") % {"when": day})
    return YES


def may_vote(person: Participant | None, statement: Statement) -> Verdict:
    """Whether `person` may say what they think of `statement` now: it must be shown."""
    verdict = may_take_part(person, statement.conversation)
    if verdict and not statement.is_shown:
        return no(_("This statement is not shown any more. Here is the next one."))
    return verdict


def may_add(person: Participant | None, conversation: Conversation) -> Verdict:
    """Whether `person` may write a statement in `conversation` now."""
    verdict = may_take_part(person, conversation)
    return verdict and may_write(person, conversation.space)


def may_create(person: Participant | None, consultation: Consultation) -> Verdict:
    """Whether `person` may prepare a conversation in `consultation`, and publish it: its organisers."""
    if may_organise(person, consultation.organisation_id):
        return YES
    step = "sign_in" if person is None or person.is_guest else ""
    return no(_("Only organisers of this consultation can do this."), step)
