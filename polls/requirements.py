"""Quorum and majority in plain words, and what is unwise about them. What they mean in numbers says the ledger."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from methods.ledger.requirements import ROUND
from polls.asking import spoken
from polls.models import CountingRule, Poll

MAJORITIES = {  # the choices of the wizard: share, and whether it must be more than that
    "half": ("1/2", True),
    "three-fifths": ("3/5", False),
    "two-thirds": ("2/3", False),
    "three-quarters": ("3/4", False),
}
LABELS = {
    "half": gettext_lazy("more than half"),
    "three-fifths": gettext_lazy("at least three fifths"),
    "two-thirds": gettext_lazy("at least two thirds"),
    "three-quarters": gettext_lazy("at least three quarters"),
}
BASES = {
    "valid": gettext_lazy("of those who answered the question"),
    "cast": gettext_lazy("of all ballots, empty ones too"),
    "roll": gettext_lazy("of everybody on the electoral roll"),
}


def in_words(poll: Poll) -> list[str]:
    """What must be fulfilled, one sentence each."""
    quorum, majority = poll.requirements.get("quorum"), poll.requirements.get("majority")
    return [
        *([_quorum(quorum)] if quorum else []),
        *([_("Who wins must be chosen by %(share)s.") % {"share": majority_of(majority)}] if majority else []),
    ]


def _quorum(asked: Mapping[str, Any]) -> str:
    if asked["of"] == "ballots":
        return _("Quorum: the result holds only if at least %(number)s people vote.") % {
            "number": spoken(int(asked["share"]))
        }
    share = number_format(float(100 * Fraction(asked["share"])), use_l10n=True)
    return _("Quorum: the result holds only if at least %(share)s of a hundred on the electoral roll vote.") % {
        "share": share.removesuffix(",0").removesuffix(".0")
    }


def majority_of(asked: Mapping[str, Any]) -> str:
    """A majority with its base, such as "more than half of all ballots"."""
    name = next(name for name, (share, _more) in MAJORITIES.items() if share == asked["share"])
    return f"{LABELS[name]} {BASES[asked['of']]}"


def suits(rules: set[str]) -> bool:
    """Whether a majority can be asked for under one of these counting rules."""
    return bool(rules & ROUND.keys())


def unwise(poll: Poll) -> list[str]:
    """What is unwise about quorum and majority, in words for organisers."""
    found = []
    quorum, majority = poll.requirements.get("quorum"), poll.requirements.get("majority")
    if quorum:
        found.append(_("With a quorum those who are against can win by staying away: fewer than the quorum vote, and "
                       "nothing is decided."))  # fmt: skip
        if quorum["of"] == "roll" and Fraction(quorum["share"]) > Fraction(1, 2):
            found.append(_("More than half of the roll is a quorum that few polls reach."))
        if quorum["of"] == "ballots" and poll.roll_size and int(quorum["share"]) > poll.roll_size:
            found.append(_("The quorum is larger than the roll: it can never be met."))
    if majority and majority["of"] == "roll":
        found.append(_("A majority of the roll counts everybody who stays away as if they were against."))
    plural = [one for one in poll.sheet if one.rule == CountingRule.PLURALITY and len(one.choices) > 2]
    if majority and plural:
        found.append(_("With three answers and more and one choice each, often none has more than half. Putting them "
                       "in order finds the one that has."))  # fmt: skip
    left = [one for one in poll.sheet if one.rule and one.rule not in ROUND]
    if majority and left:
        numbers = ", ".join(str(one.position) for one in left)
        found.append(_("The majority is asked for only where a ballot stands behind an answer or not; it is not for "
                       "question %(numbers)s.") % {"numbers": numbers})  # fmt: skip
    return found
