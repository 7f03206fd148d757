"""Who may comment, support, edit and publish, and why not. Says what is missing before a consultation is published."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Participant, Role
from accounts.rules import YES, Verdict, has_role, may_organise, no
from consultations.models import Clause, ClauseKind, Comment, Consultation, PhaseKind, Version
from consultations.models.comments import EDITABLE
from moderation.rules import may_write

SHORTEST_OPEN = timedelta(days=14)
PAGES = {"facts": "consultations:edit", "phases": "consultations:phases", "text": "consultations:text"}


@dataclass(frozen=True)
class Step:
    """One line of the list before publishing: `page` names where it is done; a warning does not hinder."""

    key: str
    words: str
    page: str
    done: bool
    warning: bool = False


def may_create(person: Participant | None) -> Verdict:
    """Whether `person` may prepare a consultation for some organisation."""
    if person is None or person.is_guest:
        return no(_("Please sign in to prepare a consultation."), "sign_in")
    if not person.organisations_as(Role.ORGANISER):
        return no(_("Only organisers prepare consultations. Ask your organisation for this role."))
    return YES


def may_edit_consultation(person: Participant | None, consultation: Consultation) -> Verdict:
    """Whether `person` prepares this consultation: organisers of its organisation."""
    if may_organise(person, consultation.organisation_id):
        return YES
    step = "sign_in" if person is None or person.is_guest else ""
    return no(_("Only organisers of this organisation can change the consultation."), step)


def may_publish(person: Participant | None, consultation: Consultation) -> Verdict:
    """Whether `person` may publish it now: an organiser, with nothing missing."""
    verdict = may_edit_consultation(person, consultation)
    if not verdict:
        return verdict
    if consultation.is_published:
        return no(_("The consultation is published already."))
    missing = [step.words for step in checklist(consultation) if not step.done and not step.warning]
    return no(_("Still missing: %(what)s") % {"what": "; ".join(missing)}) if missing else YES


def may_publish_version(person: Participant | None, version: Version) -> Verdict:
    """Whether `person` may publish this version of a draft."""
    verdict = may_edit_consultation(person, version.document.consultation)
    if verdict and version.published_at is not None:
        return no(_("This version is published already. Please paste the next one."))
    return verdict


def may_comment(person: Participant | None, consultation: Consultation, clause: Clause | None = None) -> Verdict:
    """Whether `person` (None: somebody who becomes a guest by writing) may comment now, on `clause` or on the whole.

    A comment stands beside its clause for everybody to read, so a version that is not published takes none.
    """
    if clause is not None and clause.version.published_at is None:
        return no(_("This version is not published yet. It takes no comments."))
    if clause is not None and clause.kind == ClauseKind.CHAPTER and not clause.html:
        return no(_("A chapter takes no comments of its own. Please comment on its articles and paragraphs."))
    open_now = _open(consultation)
    return may_write(person, consultation.space) if open_now else open_now


def may_reply(person: Participant | None, parent: Comment) -> Verdict:
    """Whether `person` may reply to `parent`: as comments, and only to what everybody can read."""
    if not parent.is_shown:
        return no(_("This comment is not shown. It cannot be replied to."))
    return may_comment(person, parent.consultation)


def may_support(person: Participant | None, comment: Comment) -> Verdict:
    """Whether `person` may support `comment`: with an account, while it is open, and not one's own."""
    open_now = _open(comment.consultation)
    if not open_now:
        return open_now
    if person is None or person.is_guest:
        return no(_("Please sign in first: each person is counted once."), "sign_in")
    if comment.author_id == person.pk:
        return no(_("This is your own comment; it counts for you already."))
    if not comment.is_shown:
        return no(_("This comment is not shown. It cannot be supported."))
    return YES


def may_edit_comment(person: Participant | None, comment: Comment) -> Verdict:
    """Whether `person` may change `comment`: its author, for 15 minutes, until somebody replied or supported it."""
    if person is None or comment.author_id != person.pk:
        return no(_("Only the author can change a comment."), "sign_in" if person is None else "")
    if comment.hidden_at is not None:
        return no(_("A moderator has hidden this comment. It can no longer be changed."))
    if timezone.now() >= comment.created_at + EDITABLE:
        return no(_("A comment can be changed for 15 minutes. Write a reply to add something."))
    if comment.replies.exists() or comment.support_count:
        return no(_("Somebody has answered or supported this comment already. Write a reply to add something."))
    return _open(comment.consultation)


def is_stale(clause: Clause) -> bool:
    """Whether a newer version than the clause's has been published."""
    current = clause.version.document.current()
    return current is not None and current.number > clause.version.number


def speaks_for(person: Participant | None, consultation: Consultation) -> bool:
    """Whether `person` has a role in the organisation that consults."""
    return has_role(person, consultation.organisation_id)


def checklist(consultation: Consultation) -> list[Step]:
    """What a consultation needs before it is published, in the order in which it is done."""
    phases = consultation.schedule
    open_phases = [phase for phase in phases if phase.kind == PhaseKind.OPEN]
    now = timezone.now()
    ahead = any(phase.ends_at is None or phase.ends_at > now for phase in open_phases)
    short = [p for p in open_phases if p.ends_at is not None and p.ends_at - p.starts_at < SHORTEST_OPEN]
    facts = all([consultation.question, consultation.decided, consultation.changeable, consultation.responsible])
    text = Version.objects.filter(document__consultation=consultation, published_at__isnull=False).exists()
    return [
        Step("facts", _("what is decided, what can change and who answers"), PAGES["facts"], facts),
        Step("due", _("the day by which an answer is due"), PAGES["facts"], consultation.answer_due_at is not None),
        Step("open", _("a phase that is open for comments and votes"), PAGES["phases"], bool(open_phases)),
        Step("ahead", _("an open phase that has not ended yet"), PAGES["phases"], ahead),
        Step("text", _("a draft with a published version"), PAGES["text"], text, warning=True),
        Step("long", _("at least 14 days for people to take part"), PAGES["phases"], not short, warning=True),
    ]


def _open(consultation: Consultation) -> Verdict:
    """Whether people can take part now; a no names the date."""
    if not consultation.is_published:
        return no(_("This consultation is not published yet."))
    if consultation.is_open:
        return YES
    phase = consultation.participation()
    now = timezone.now()
    if phase is None:
        return no(_("This consultation takes no comments."))
    if phase.starts_at > now:
        when = date_format(timezone.localtime(phase.starts_at), "DATETIME_FORMAT")
        return no(_("Comments open on %(when)s.") % {"when": when}, "wait")
    when = date_format(timezone.localtime(phase.ends_at), "DATETIME_FORMAT") if phase.ends_at else ""
    return no(_("Comments closed on %(when)s. You can still read everything.") % {"when": when})
