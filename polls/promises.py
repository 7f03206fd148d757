"""What a poll promises, in plain words made from its settings, so that page and rules cannot differ."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polls import requirements, roll_words
from polls.actions.breakdowns import has_marks
from polls.asking import question_in_words
from polls.models import Breakdown, Poll, Publication, Results
from polls.rules import STEP


def who_sees(poll: Poll) -> str:
    """Who can see which vote is whose, and until when, in one line."""
    if not poll.is_secret:
        return _("Open vote: your name stands beside your vote, where the result is shown.")
    if poll.is_detached:
        kind = _("Detached vote.")
        return f"{kind} {_detached(poll)}"
    if poll.unlinked_at:
        return _("Confidential vote: since the poll closed, no ballot here is linked to a person.")
    return _(
        "Confidential vote: nobody is shown who voted for what. "
        "Until the poll closes, whoever runs the server could find out; then the link is destroyed."
    )


def _detached(poll: Poll) -> str:
    """What holds for a detached poll now: the promise, and after closing how it was kept."""
    if not poll.unlinked_at:
        return _(
            "After its batch of at least ten is released, no row, order or time in Rembuk's tables links ballot and "
            "voter. Until then, in backups made meanwhile, and if fewer than ten are left over, whoever runs the "
            "server could."
        )
    if not 0 < poll.left_over < STEP:
        return _("All ballots were released in batches of at least ten; none here is linked to a person.")
    return ngettext(
        "No ballot here is linked to a person. %(count)s was left over at closing, fewer than ten, and was released "
        "alone: until then whoever runs the server could have found out whose it was.",
        "No ballot here is linked to a person. %(count)s were left over at closing, fewer than ten, and were released "
        "together: until then whoever runs the server could have found out whose they were.",
        poll.left_over,
    ) % {"count": poll.left_over}


def not_protected(poll: Poll) -> list[str]:
    """What the way of voting does not protect against."""
    common = [
        _("Somebody who watches you vote, or forces you to, can learn how you voted."),
        _("A telephone or computer with harmful software on it can read or change what you choose."),
        _("An account is not always one person. How well people are known stands beside the result."),
        _("This is not for elections that a law prescribes."),
    ]
    if has_marks(poll):
        alike = _("If all of a small group vote alike, the figures of the group tell how each of them voted.")
        common.insert(0, alike)
        common.insert(1, _("Until the poll is counted, whoever runs the server sees the group of each ballot."))
    if not poll.is_secret:
        named = [_("Everybody who can see the result can see how you voted, also later.")]
        if poll.breakdown:
            named.append(_("Whoever compares names and votes with the figures of groups may find out your group."))
        return [*named, *common]
    if poll.paper_until:
        common.insert(0, _("In this poll closing means: when the time for entering paper ballots is over."))
    took_part = _("That you took part is known to the server, but it is not shown to anybody else.")
    counted = _("Whoever can read the database can count the votes before closing, although no page shows them.")
    if poll.is_detached:
        return [*_not_detached(poll), took_part, counted, *common]
    return [
        _("Until the poll closes, whoever runs the server could find out how you voted: a key kept beside the "
          "database links you to your ballot, so that you can change your vote. Within minutes after closing the key "
          "is destroyed, or up to 48 hours later where it is still decided whether votes are set aside."),
        _("If somebody secretly copied that key before, together with the database, they could find out later too."),
        took_part,
        counted,
        *common,
    ]  # fmt: skip


def _not_detached(poll: Poll) -> list[str]:
    """What remains when votes are unlinked in batches."""
    waits = _("Where your ballot keeps a group, it waits until ten of the same group wait: in a small group perhaps "
              "until closing.")  # fmt: skip
    return [
        *([waits] if has_marks(poll) else []),
        _("In the moment when you send your vote the server sees it. Whoever runs the server could keep a record of "
          "what arrives, outside these tables."),
        _("Your vote hides among those of its batch. If all of them are alike, whoever knows who voted at that time "
          "knows them too."),
        _("Whoever has your change code can change your vote until the poll closes, and with a secret copy of the "
          "database from before closing find it. Only a hash of the code is stored, which tells nothing without the "
          "code; it is deleted at closing."),
        _("While a changed vote waits for its batch, whoever runs the server could find the ballot that it replaces."),
        _("Nobody can show you your vote again. Without the code it can be neither changed nor taken back, also when "
          "you delete your account."),
    ]  # fmt: skip


def kept_with(poll: Poll) -> str:
    """What a ballot keeps beside the choice, and what becomes of it; "" for nothing."""
    if not poll.breakdown:
        return ""
    what = {Breakdown.AREA: _("your district"), Breakdown.AGE: _("your age group")}[Breakdown(poll.breakdown)]
    return _(
        "With your ballot we keep: %(what)s, if you say it. After closing the result is shown by group where each "
        "group and all others together have ten ballots; elsewhere it is deleted."
    ) % {"what": what}


def _ways(poll: Poll) -> list[str]:
    """How else than on the web one can vote."""
    lines = []
    if poll.paper_until:
        until = date_format(timezone.localtime(poll.paper_until), "DATETIME_FORMAT")
        text = _(
            "One can also vote on paper. Two people type each bundle of papers, apart from each other, until "
            "%(until)s; then all is counted together. Papers have no receipt and no name, and cannot be changed."
        )
        lines.append(text % {"until": until})
    if poll.has_desk:
        text = _(
            "One can also vote at a desk with somebody of the organisation who helps, and who sees the vote. "
            "It is recorded who helped, not what was chosen."
        )
        lines.append(text)
    if lines:
        lines.append(_("Web, paper and desk are shown apart only where each has ten ballots."))
    return lines


def questions_in_words(poll: Poll) -> list[str]:
    """What to fill in, and how it is counted."""
    return [line for question in poll.sheet for line in question_in_words(question, many=len(poll.sheet) > 1)]


def rules_in_words(poll: Poll) -> list[str]:
    """All rules of the poll as sentences: what to fill in, how it is counted, who may, when it is shown."""
    kept = [kept_with(poll)] if poll.breakdown else []
    own = [
        *roll_words.who(poll),
        *requirements.in_words(poll),
        *_ways(poll),
        _changed(poll),
        _shown(poll),
        who_sees(poll),
        *kept,
        _published(poll),
        _("Votes of people who may not vote can be set aside by two people who see no choice, before ballots are "
          "unlinked. They then do not count, and everybody reads why."),
    ]  # fmt: skip
    return [*questions_in_words(poll), *own, *_lot(poll)]


def _lot(poll: Poll) -> list[str]:
    """With what a lot is drawn, where that was announced."""
    if not poll.lot_source:
        return []
    text = _(
        "A lot is drawn with a public value that is known only after closing: %(source)s. If it is not published: "
        "%(fallback)s. If neither is entered by %(until)s, the closing head of the ledger alone decides."
    )
    until = date_format(timezone.localtime(poll.lot_until), "DATE_FORMAT")
    return [text % {"source": poll.lot_source, "fallback": poll.lot_fallback, "until": until}]


def _published(poll: Poll) -> str:
    """What of the ballots everybody may read after closing."""
    if poll.publication == Publication.FULL:
        return _("After closing all ballots are published without names, so that anybody can count again.")
    if poll.publication == Publication.SEALED:
        names = ", ".join(observer.name for observer in poll.observers.all())
        return _(
            "After closing all ballots, without names, go to these observers, who can count again: %(names)s. "
            "Everybody else sees sums and codes."
        ) % {"names": names}
    return _("After closing only sums are published: nobody else can count again.")


def _changed(poll: Poll) -> str:
    if poll.allows_change and poll.is_detached:
        return _("A vote can be changed until the poll closes, with the change code that stands on the receipt and "
                 "nowhere else.")  # fmt: skip
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
    if not poll.is_secret:
        return text
    few = _("If fewer than ten people vote, only the decision is shown.")
    return f"{text} {few}" if poll.results == Results.AFTER_CLOSING else f"{text} {steps()} {few}"


def steps() -> str:
    """How figures move in a secret poll."""
    return _(
        "In steps of %(step)s votes, and %(step)s votes behind, so that no change in the figures tells of fewer people."
    ) % {"step": STEP}
