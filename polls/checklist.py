"""What organisers go through before a poll is published: what is settled, what to think about, what is missing."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from polls import asking, requirements, roll_words
from polls.actions.breakdowns import too_fine
from polls.models import Poll
from polls.rules import suits_mode

SHORT = timedelta(days=3)


@dataclass(frozen=True)
class Check:
    """A line of the list. state: "done", "think" (may be right, but people regret it) or "missing"."""

    text: str
    state: str


def checklist(poll: Poll) -> list[Check]:
    """The list for a draft, what is missing first."""
    found = [
        _check(
            poll.consultation.is_published,
            _("The consultation is published."),
            _("The consultation is not published: nobody can find the poll until it is."),
            "missing",
        ),
        _check(
            poll.closes_at > timezone.now(),
            _("The poll closes in the future."),
            _("The poll has closed before it was published: nobody can vote. Change its dates."),
            "missing",
        ),
        _check(
            poll.opens_at > timezone.now(),
            _("There is time between publication and opening: mistakes can still be put right."),
            _("It opens at once when it is published: nothing that counts can be put right afterwards."),
        ),
        _check(
            poll.closes_at - poll.opens_at >= SHORT,
            _("People have at least three days to vote."),
            _("People have less than three days. Some look at their messages once a week."),
        ),
        _check(
            all(question.help for question in poll.sheet),
            _("Every question has a help text."),
            _("A question has no help text: what happens when this or that is chosen?"),
        ),
        _check(
            bool(poll.consultation.organisation.contact),
            _("Voters see whom to ask."),
            _("The organisation has no contact address: voters do not see whom to ask."),
        ),
        *([] if suits_mode(poll) else [Check(suits_mode(poll).reason, "missing")]),
        *(Check(line, "missing") for line in roll_words.missing(poll)),
        *(Check(line, "think") for line in [*asking.warnings(poll), *requirements.unwise(poll), *too_fine(poll)]),
    ]
    order = ("missing", "think", "done")
    return sorted(found, key=lambda check: order.index(check.state))


def _check(holds: bool, done: str, otherwise: str, state: str = "think") -> Check:
    return Check(done, "done") if holds else Check(otherwise, state)
