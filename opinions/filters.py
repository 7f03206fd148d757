"""How the list of statements is ordered: an allow-list, with few answers weighing less."""

from django.db.models import F, FloatField, QuerySet
from django.db.models.functions import Cast, Least
from django.utils.translation import gettext_lazy as _

from opinions.models import Statement

ORDERS = {
    "answers": _("most answers"),
    "agree": _("most agreement"),
    "disagree": _("most disagreement"),
    "divided": _("most divided"),
    "newest": _("newest"),
}


def ordered(statements: QuerySet[Statement], order: str) -> QuerySet[Statement]:
    """`statements` in one of ORDERS (an unknown one: most answers).

    Shares count one imagined answer of each kind (Laplace), so that one single answer is not 100 per cent.
    """
    answers = F("agree_count") + F("disagree_count") + F("pass_count")
    agree = Cast(F("agree_count") + 1, FloatField()) / (answers + 3)
    disagree = Cast(F("disagree_count") + 1, FloatField()) / (answers + 3)
    keys = {
        "agree": agree.desc(),
        "disagree": disagree.desc(),
        "divided": Least(agree, disagree).desc(),
        "newest": F("created_at").desc(),
    }
    return statements.order_by(keys.get(order, answers.desc()), "number")
