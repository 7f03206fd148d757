"""What people think of a statement, as a bar with its table and its sentence."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from methods.figures.stances import StanceBar, stance_bar
from opinions.models import Statement


@dataclass(frozen=True)
class Answers:
    """The answers to one statement for the component of stances."""

    figure: StanceBar
    sentence: str


def answers_of(statement: Statement) -> Answers:
    """Bar and sentence of `statement`; every share says of how many."""
    total = statement.answers
    counts = {
        "support": statement.agree_count,
        "unsure": statement.pass_count,
        "oppose": statement.disagree_count,
    }
    figure = stance_bar(
        counts,
        {"support": _("Agree"), "unsure": _("Pass"), "oppose": _("Disagree")},
        texts={name: f"{_spoken(count)} ({percent(count, total)})" for name, count in counts.items()},
        steps=False,
        key=f"statement-{statement.number}",
    )
    return Answers(figure, sentence(statement))


def sentence(statement: Statement) -> str:
    """Of how many who answered, how many agree, disagree and pass."""
    total = statement.answers
    if not total:
        return _("Nobody has answered yet.")
    return ngettext(
        "%(total)s person answered: %(agree)s (%(agree_share)s) agree, %(disagree)s (%(disagree_share)s) disagree, "
        "%(passes)s (%(pass_share)s) pass.",
        "Of %(total)s people who answered, %(agree)s (%(agree_share)s) agree, %(disagree)s (%(disagree_share)s) "
        "disagree and %(passes)s (%(pass_share)s) pass.",
        total,
    ) % {
        "total": _spoken(total),
        "agree": _spoken(statement.agree_count),
        "agree_share": percent(statement.agree_count, total),
        "disagree": _spoken(statement.disagree_count),
        "disagree_share": percent(statement.disagree_count, total),
        "passes": _spoken(statement.pass_count),
        "pass_share": percent(statement.pass_count, total),
    }


def percent(part: int, whole: int) -> str:
    """A share in whole per cent, rounded half up from whole numbers; a dash where nobody answered."""
    return f"{(part * 200 + whole) // (2 * whole)} %" if whole else "–"


def _spoken(number: int) -> str:
    return str(number_format(number, force_grouping=True))
