"""Who may open boards, write, support, change and curate: a yes, or a no with its reason."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Participant
from accounts.rules import YES, Verdict, may_moderate, may_organise, no
from consultations.models import Consultation
from consultations.rules import may_comment
from forums.models import Board, Post, Thread

EDITABLE = timedelta(minutes=15)


def may_open_board(person: Participant | None, consultation: Consultation) -> Verdict:
    """Whether `person` may give `consultation` a forum: its organisers."""
    if not may_organise(person, consultation.organisation_id):
        return no(_("Only organisers can open a forum."), "sign_in" if person is None else "")
    return YES


def may_start_thread(person: Participant | None, board: Board) -> Verdict:
    """Whether `person` (None: somebody who becomes a guest by writing) may start a thread now: as with comments."""
    return may_comment(person, board.consultation)


def may_reply(person: Participant | None, thread: Thread, parent: Post | None = None) -> Verdict:
    """Whether `person` may write in `thread`, in reply to `parent`: while it is open, and only to shown posts."""
    if thread.closed_at is not None:
        return no(_("This thread is closed. You can still read everything."))
    if thread.listed_at is None:
        return no(_("This thread is not shown yet. It cannot be replied to."))
    if parent is not None and (parent.thread_id != thread.pk or not parent.is_shown):
        return no(_("This post is not shown. It cannot be replied to."))
    return may_start_thread(person, thread.board)


def may_support(person: Participant | None, post: Post) -> Verdict:
    """Whether `person` may support `post`: with an account, and not one's own."""
    if person is None or person.is_guest:
        return no(_("Please sign in first: each person is counted once."), "sign_in")
    if post.author_id == person.pk:
        return no(_("This is your own post; it counts for you already."))
    if not post.is_shown:
        return no(_("This post is not shown. It cannot be supported."))
    if post.thread.closed_at is not None:
        return no(_("This thread is closed. You can still read everything."))
    return may_comment(person, post.thread.board.consultation)


def may_edit(person: Participant | None, post: Post) -> Verdict:
    """Whether `person` may change `post`: its author, for 15 minutes, while it is not hidden and people take part."""
    if person is None or post.author_id != person.pk:
        return no(_("Only the author can change a post."), "sign_in" if person is None else "")
    if post.hidden_at is not None:
        return no(_("A moderator has hidden this post. It can no longer be changed."))
    if timezone.now() >= post.created_at + EDITABLE:
        return no(_("A post can be changed for 15 minutes. Write a reply to add something."))
    if post.thread.closed_at is not None:
        return no(_("This thread is closed. You can still read everything."))
    return may_comment(person, post.thread.board.consultation)


def may_curate(person: Participant | None, thread: Thread) -> Verdict:
    """Whether `person` may pin and close `thread`: moderators of its organisation."""
    if not may_moderate(person, thread.board.space.organisation_id):
        return no(_("Only moderators can pin and close threads."), "sign_in" if person is None else "")
    return YES
