"""Who may vote, in plain words made from a poll's settings, and what is unwise about it."""

from django.db.models import Sum
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Level
from polls.models import Electorate, Poll
from polls.rules import RollRefused, check_size


def who(poll: Poll) -> list[str]:
    """Who may vote, whether that is fixed beforehand, and until when it can be objected to."""
    return [line for line in (_electorate(poll), _fixed(poll)) if line]


def _electorate(poll: Poll) -> str:
    if poll.is_invited:
        return _("Who may vote: people on a list. Each place on it has a code that is used once, and one vote.")
    facts = {"level": Level(poll.level).label, "area": poll.area.name if poll.area else ""}
    if poll.electorate == Electorate.AREA:
        return _("Who may vote: people who live in %(area)s and of whom this is known: %(level)s. "
                 "Each has one vote.") % facts  # fmt: skip
    if poll.level == Level.NONE:
        return _("Everybody may vote, also without an account: one person can vote from several devices.")
    return _("Who may vote: people of whom this is known: %(level)s. Each has one vote.") % facts


def _fixed(poll: Poll) -> str:
    if not poll.has_fixed_roll:
        return ""
    fixed = _("The electoral roll is fixed when the poll opens; its size stands in the ledger.")
    if poll.objections_until:
        until = date_format(timezone.localtime(poll.objections_until), "DATETIME_FORMAT")
        fixed = " ".join([_("Until %(until)s people can object to the roll.") % {"until": until}, fixed])
    if poll.is_invited:
        return fixed
    return " ".join([_("Only accounts that fulfil this when the poll is published are on the roll."), fixed])


def places(poll: Poll) -> str:
    """How many may vote; "" where nobody knows."""
    if poll.roll_size is None:
        return ""
    text = ngettext("%(size)s place on the electoral roll", "%(size)s places on the electoral roll", poll.roll_size)
    return text % {"size": poll.roll_size}


def turnout(poll: Poll) -> str:
    """How many voted of how many who may; "" where nobody knows how many may."""
    if not poll.roll_size:
        return ""
    facts = {"cast": spoken(poll.ballot_count), "size": spoken(poll.roll_size)}
    facts["share"] = str(number_format(round(100 * poll.ballot_count / poll.roll_size, 1), decimal_pos=1))
    return _("%(cast)s of %(size)s on the electoral roll voted (%(share)s%%).") % facts


def objections(poll: Poll) -> str:
    """How many objections to the roll there were, and what became of them, without names; "" where none can be."""
    if not poll.has_fixed_roll or poll.objections_until is None:
        return ""
    answers = list(poll.roll_objections.values_list("accepted", flat=True))
    return _("Objections to the roll: %(count)s, accepted %(accepted)s, refused %(refused)s.") % {
        "count": len(answers),
        "accepted": answers.count(True),
        "refused": answers.count(False),
    }


def replaced(poll: Poll) -> str:
    """How many codes were given out anew, for everybody to see; "" where none was, and once the poll has closed.

    Whoever makes slips could use them; a number that is too large tells of it.
    """
    count = poll.electors.aggregate(count=Sum("codes_replaced"))["count"] if poll.is_invited else 0
    return _("New codes given out for lost slips: %(count)s.") % {"count": count} if count else ""


def spoken(number: int) -> str:
    """A number with the separators of the language."""
    return str(number_format(number, force_grouping=True))


def unwise(poll: Poll) -> list[str]:
    """What is unwise about who may vote, in words for organisers."""
    found = []
    if poll.electorate == Electorate.AREA and poll.level < Level.RESIDENCE:
        found.append(
            _("Where people live is what they say themselves; only “residence proven” is more than their word.")
        )
    if poll.has_fixed_roll and poll.objections_until is None:
        found.append(_("Nobody can object to the roll before the poll opens. Whoever is missing learns it too late."))
    return found


def missing(poll: Poll) -> list[str]:
    """Why a draft cannot be published with its list as it is, in words for organisers."""
    try:
        check_size(poll, (poll.roll_size or 0) if poll.is_invited else None)
    except RollRefused as refused:
        return [str(refused)]
    return []
