"""Cases for tests: a held or reported post, and somebody who moderates there."""

from accounts.models import Organisation, Participant
from forums.models import Post
from moderation.actions import flag
from moderation.models import Case, FlagReason
from tests.factories import make_person
from tests.forums.factories import make_board, make_post, make_thread


def make_moderator(case: Case) -> Participant:
    """Somebody who moderates where `case` belongs."""
    return moderator_of(case.space.organisation)


def moderator_of(organisation: Organisation) -> Participant:
    return make_person(role="moderator", organisation=organisation)


def make_flagged(post: Post | None = None, reason: str = FlagReason.OFFENSIVE, **fields) -> Case:
    """The open case of a post that somebody reported."""
    return flag(item=post or make_post(), person=make_person(), reason=reason, **fields).case


def make_held(thread=None, author: Participant | None = None) -> Case:
    """The open case of a post by a guest."""
    thread = thread or make_thread(make_board())
    post = make_post(thread, author=author or make_person(guest=True))
    return Case.objects.get(object_id=post.pk)
