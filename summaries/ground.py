"""What is shared and what divides, from the statements that people agreed or disagreed with.

Refuses to say either of statements that fewer than ten people answered.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultations.models import Consultation
from methods.figures import Across, matrix
from opinions.models import Conversation, Statement
from summaries.personal import Mask
from summaries.pictures.shapes import Picture
from summaries.reading import percent, spoken

LEAST = 10  # answers
MOST = 5  # of each in a conversation


@dataclass(frozen=True)
class Claim:
    """A statement, its words with personal data masked, and its answers in words."""

    statement: Statement
    text: str
    sentence: str


@dataclass(frozen=True)
class Ground:
    """One conversation: statements that two thirds agree on in either way, and those with a third on both sides."""

    conversation: Conversation
    shared: list[Claim]
    divided: list[Claim]
    picture: Picture | None


def common_ground(consultation: Consultation, mask: Mask) -> list[Ground]:
    """What is shared and what divides in each published conversation. Two queries, however many there are."""
    conversations = list(Conversation.objects.visible_to(None).filter(consultation=consultation))
    rows = Statement.objects.shown().filter(conversation__in=conversations).select_related(None).order_by("number")
    found: dict[int, list[Statement]] = {one.pk: [] for one in conversations}
    for statement in rows if conversations else []:
        if statement.answers >= LEAST:
            found[statement.conversation_id].append(statement)
    return [_ground(one, found[one.pk], mask) for one in conversations]


def is_shared(statement: Statement) -> bool:
    """Whether at least two thirds of those who answered agree, or disagree."""
    return 3 * max(statement.agree_count, statement.disagree_count) >= 2 * statement.answers


def is_divided(statement: Statement) -> bool:
    """Whether at least a third of those who answered agree and at least a third disagree."""
    return 3 * min(statement.agree_count, statement.disagree_count) >= statement.answers


def _ground(conversation: Conversation, statements: list[Statement], mask: Mask) -> Ground:
    shared = sorted(filter(is_shared, statements), key=_unity, reverse=True)[:MOST]
    divided = sorted(filter(is_divided, statements), key=_unity)[:MOST]
    united, split = ([_claim(one, mask) for one in many] for many in (shared, divided))
    return Ground(conversation, united, split, _picture(conversation, [*united, *split]))


def _unity(statement: Statement) -> tuple[float, int]:
    """How far agreement and disagreement lie apart; then how many answered."""
    return abs(statement.agree_count - statement.disagree_count) / statement.answers, statement.answers


def _claim(statement: Statement, mask: Mask) -> Claim:
    return Claim(statement, mask.text(statement.source_key, statement.body), _sentence(statement))


def _sentence(statement: Statement) -> str:
    agree = statement.agree_count >= statement.disagree_count
    facts = {
        "count": spoken(statement.agree_count if agree else statement.disagree_count),
        "total": spoken(statement.answers),
        "share": percent(statement.agree_count if agree else statement.disagree_count, statement.answers),
        "agree": percent(statement.agree_count, statement.answers),
        "disagree": percent(statement.disagree_count, statement.answers),
    }
    if is_divided(statement):
        return _("%(agree)s agree, %(disagree)s disagree, of %(total)s who answered") % facts
    if agree:
        return _("%(share)s agree (%(count)s of %(total)s)") % facts
    return _("%(share)s disagree (%(count)s of %(total)s)") % facts


def _picture(conversation: Conversation, claims: list[Claim]) -> Picture | None:
    if len(claims) < 2:
        return None
    rows = []
    for claim in claims:
        one = claim.statement
        counts = (one.agree_count, one.pass_count, one.disagree_count)
        shares = tuple(count / one.answers for count in counts)
        rows.append(Across(claim.text, shares, tuple(percent(count, one.answers) for count in counts)))
    figure = matrix([_("Agree"), _("Pass"), _("Disagree")], rows, key=f"answers-{conversation.pk}")
    facts = {"statement": claims[0].text, "how": claims[0].sentence}
    title = _("Most united: “%(statement)s” %(how)s") % facts
    sentence = _("What unites stands first, what divides last. A full square is everybody who answered a statement.")
    return Picture(figure, title, sentence)
