"""What a poll promises, in plain words made from its settings, so that page and rules cannot differ."""

from django.utils.translation import gettext as _

from accounts.models import Level
from polls.asking import question_in_words
from polls.models import Poll, Publication, Results
from polls.rules import STEP


def who_sees(poll: Poll) -> str:
    """Who can see which vote is whose, and until when, in one line."""
    if not poll.is_confidential:
        return _("Open vote: your name stands beside your vote, where the result is shown.")
    if poll.unlinked_at:
        return _("Confidential vote: since the poll closed, no ballot here is linked to a person.")
    return _(
        "Confidential vote: nobody is shown who voted for what. "
        "Until the poll closes, whoever runs the server could find out; then the link is destroyed."
    )


def not_protected(poll: Poll) -> list[str]:
    """What the way of voting does not protect against."""
    common = [
        _("Somebody who watches you vote, or forces you to, can learn how you voted."),
        _("A telephone or computer with harmful software on it can read or change what you choose."),
        _("An account is not always one person. How well people are known stands beside the result."),
        _("This is not for elections that a law prescribes."),
    ]
    if not poll.is_confidential:
        return [_("Everybody who can see the result can see how you voted, also later."), *common]
    return [
        _("Until the poll closes, whoever runs the server could find out how you voted: a key kept beside the "
          "database links you to your ballot, so that you can change your vote. Within minutes after closing the key "
          "is destroyed."),
        _("If somebody secretly copied that key before, together with the database, they could find out later too."),
        _("That you took part is known to the server, but it is not shown to anybody else."),
        _("Whoever can read the database can count the votes before closing, although no page shows them."),
        *common,
    ]  # fmt: skip


def rules_in_words(poll: Poll) -> list[str]:
    """All rules of the poll as sentences: what to fill in, how it is counted, who may, when it is shown."""
    asked = [line for question in poll.sheet for line in question_in_words(question, many=len(poll.sheet) > 1)]
    return [*asked, _who(poll), _changed(poll), _shown(poll), who_sees(poll), _published(poll)]


def _published(poll: Poll) -> str:
    """What of the ballots everybody may read after closing."""
    if poll.publication == Publication.FULL:
        return _("After closing all ballots are published without names, so that anybody can count again.")
    return _("After closing only sums are published: nobody else can count again.")


def _who(poll: Poll) -> str:
    if poll.level == Level.NONE:
        return _("Everybody may vote, also without an account: one person can vote from several devices.")
    needed = Level(poll.level).label
    return _("Who may vote: people of whom this is known: %(level)s. Each has one vote.") % {"level": needed}


def _changed(poll: Poll) -> str:
    if poll.allows_change:
        return _("A vote can be changed until the poll closes.")
    return _("A vote cannot be changed once it is sent.")


def _shown(poll: Poll) -> str:
    if poll.results == Results.AFTER_CLOSING:
        text = _("The result is shown after closing, to everybody at the same time. Until then only the turnout.")
    elif poll.results == Results.AFTER_VOTE:
        text = _("Whoever has voted sees the result so far; after closing everybody does.")
    else:
        text = _("Everybody sees the result while people vote.")
    if not poll.is_confidential:
        return text
    few = _("If fewer than ten people vote, only the decision is shown.")
    return f"{text} {few}" if poll.results == Results.AFTER_CLOSING else f"{text} {steps()} {few}"


def steps() -> str:
    """How figures move in a confidential poll."""
    return _(
        "In steps of %(step)s votes, and %(step)s votes behind, so that no change in the figures tells of fewer people."
    ) % {"step": STEP}
