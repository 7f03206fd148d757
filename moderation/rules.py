"""Who may write, report, claim and decide: each answer is a yes, or a no with its reason."""

from datetime import timedelta
from hashlib import sha256

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Participant
from accounts.rules import YES, Verdict, may_moderate, no
from moderation.models import Case, Decision, Mode, Moderated, Outcome, Space

UNDO = timedelta(seconds=60)
MAX_WAITING = 20


def may_write(person: Participant | None, space: Space) -> Verdict:
    """Whether `person` (None: somebody unknown, who becomes a guest by writing) may write in `space`."""
    if person is None:
        return YES
    if person.erased_at is not None:
        return no(_("This account was deleted."), "sign_in")
    reviewed_first = person.is_guest or space.mode == Mode.BEFORE
    waiting = Case.objects.open().filter(space=space, author=person, held=True)
    if reviewed_first and waiting[:MAX_WAITING].count() >= MAX_WAITING:
        return no(_("Many of your texts still wait for a moderator. Please wait until they have been read."), "wait")
    return YES


def is_held_first(item: Moderated) -> bool:
    """Whether a new text waits for a moderator: guests always do, others where the space says so."""
    author = item.author
    return author is None or author.is_guest or item.space.mode == Mode.BEFORE


def may_flag(person: Participant | None, item: Moderated) -> Verdict:
    """Whether `person` may report `item`. Whoever can read it may, but not its author."""
    if person is not None and item.author_id == person.pk:
        return no(_("This is your own text. You cannot report it."))
    return YES


def is_settled(item: Moderated) -> bool:
    """Whether a moderator let `item` stand after reports, and it was not edited since: more reports are silenced."""
    latest = Decision.objects.latest_for([item]).get(item.source_key)
    return (
        latest is not None
        and latest.outcome == Outcome.APPROVE
        and (item.edited_at is None or item.edited_at < latest.decided_at)
        and latest.case.flags.exists()
    )


def may_review(person: Participant | None, case: Case) -> Verdict:
    """Whether `person` may look at the case: moderators of its organisation."""
    if not may_moderate(person, case.space.organisation_id):
        return no(_("Only moderators of this organisation can see this."), "sign_in" if person is None else "")
    return YES


def may_decide(person: Participant | None, case: Case) -> Verdict:
    """Whether `person` may decide the case now: a moderator, not the author, while nobody else holds it."""
    verdict = may_review(person, case)
    if not verdict or person is None:
        return verdict
    if case.author_id == person.pk:
        return no(_("You wrote this text. Another moderator decides about it."))
    held_by = case.holder
    if held_by is not None and held_by != person:
        return no(_("%(name)s is reading this case. Please take another one.") % {"name": held_by})
    return YES


def words_of(item: Moderated | None) -> str:
    """A mark of the words of a text, which changes with them; "" where it is gone."""
    return sha256(item.body.encode("utf-8", "surrogatepass")).hexdigest()[:16] if item else ""


def may_undo(person: Participant | None, decision: Decision) -> Verdict:
    """Whether `person` may take back `decision`: who decided, for one minute, once."""
    if person is None or decision.moderator_id != person.pk:
        return no(_("Only who decided can take a decision back."))
    if decision.undone_at is not None:
        return no(_("This decision was taken back already."))
    if timezone.now() >= decision.decided_at + UNDO:
        return no(_("A decision can be taken back for one minute only."))
    return YES
