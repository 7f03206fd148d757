"""What is shared and what divides, from the statements that people agreed or disagreed with.

Refuses to say either of statements that fewer than ten people answered.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultations.models import Consultation
from methods.figures import Across, matrix
from opinions.models import Conversation, Statement
from summaries.pictures.shapes import Picture
from summaries.reading import percent, spoken

LEAST = 10  # answers
MOST = 5  # of each in a conversation


@dataclass(frozen=True)
class Claim:
    """A statement with its answers in words."""

    statement: Statement
    sentence: str


@dataclass(frozen=True)
class Ground:
    """One conversation: statements that two thirds agree on in either way, and those with a third on both sides."""

    conversation: Conversation
    shared: list[Claim]
    divided: list[Claim]
    picture: Picture | None


def common_ground(consultation: Consultation) -> list[Ground]:
    """What is shared and what divides in each published conversation. Two queries, however many there are."""
    conversations = list(Conversation.objects.visible_to(None).filter(consultation=consultation))
    rows = Statement.objects.shown().filter(conversation__in=conversations).select_related(None).order_by("number")
    found: dict[int, list[Statement]] = {one.pk: [] for one in conversations}
    for statement in rows if conversations else []:
        if statement.answers >= LEAST:
            found[statement.conversation_id].append(statement)
    return [_ground(one, found[one.pk]) for one in conversations]


def is_shared(statement: Statement) -> bool:
    """Whether at least two thirds of those who answered agree, or disagree."""
    return 3 * max(statement.agree_count, statement.disagree_count) >= 2 * statement.answers


def is_divided(statement: Statement) -> bool:
    """Whether at least a third of those who answered agree and at least a third disagree."""
    return 3 * min(statement.agree_count, statement.disagree_count) >= statement.answers


def _ground(conversation: Conversation, statements: list[Statement]) -> Ground:
    shared = sorted(filter(is_shared, statements), key=_unity, reverse=True)[:MOST]
    divided = sorted(filter(is_divided, statements), key=_unity)[:MOST]
    return Ground(
        conversation,
        [_claim(one) for one in shared],
        [_claim(one) for one in divided],
        _picture(conversation, [*shared, *divided]),
    )


def _unity(statement: Statement) -> tuple[float, int]:
    """How far agreement and disagreement lie apart; then how many answered."""
    return abs(statement.agree_count - statement.disagree_count) / statement.answers, statement.answers


def _claim(statement: Statement) -> Claim:
    agree = statement.agree_count >= statement.disagree_count
    facts = {
        "count": spoken(statement.agree_count if agree else statement.disagree_count),
        "total": spoken(statement.answers),
        "share": percent(statement.agree_count if agree else statement.disagree_count, statement.answers),
        "agree": percent(statement.agree_count, statement.answers),
        "disagree": percent(statement.disagree_count, statement.answers),
    }
    if is_divided(statement):
        return Claim(statement, _("%(agree)s agree, %(disagree)s disagree, of %(total)s who answered") % facts)
    if agree:
        return Claim(statement, _("%(share)s agree (%(count)s of %(total)s)") % facts)
    return Claim(statement, _("%(share)s disagree (%(count)s of %(total)s)") % facts)


def _picture(conversation: Conversation, statements: list[Statement]) -> Picture | None:
    if len(statements) < 2:
        return None
    rows = []
    for one in statements:
        counts = (one.agree_count, one.pass_count, one.disagree_count)
        shares = tuple(count / one.answers for count in counts)
        rows.append(Across(one.body, shares, tuple(percent(count, one.answers) for count in counts)))
    figure = matrix([_("Agree"), _("Pass"), _("Disagree")], rows, key=f"answers-{conversation.pk}")
    first = statements[0]
    title = _("Most united: “%(statement)s” %(how)s") % {"statement": first.body, "how": _claim(first).sentence}
    sentence = _("What unites stands first, what divides last. A full square is everybody who answered a statement.")
    return Picture(figure, title, sentence)
