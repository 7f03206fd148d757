"""Whether a result meets quorum and majority, in a sentence each; the numbers are those of `methods.ledger`."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from methods.counting import Outcome
from methods.ledger.requirements import required
from polls.asking import spoken
from polls.models import Question
from polls.requirements import majority_of


@dataclass(frozen=True)
class Requirement:
    """name: "quorum" or "majority". has, needs: None where only the decision may be shown."""

    name: str
    met: bool
    sentence: str
    has: int | None = None
    needs: int | None = None


def read_requirements(
    question: Question, turnout: int, outcome: Outcome | None = None, *, decision_only: bool = False
) -> list[Requirement]:
    """What of quorum and majority `question` meets. outcome: of its rule, with rounds; None for numbers."""
    asked = question.poll.requirements
    if not asked:
        return []
    official: dict[str, Any] = {"turnout": turnout} | (outcome.as_dict() if outcome else {})
    met = required({"requirements": asked}, {"rule": question.rule}, official, question.poll.roll_size)
    return [_said(question, name, fact, decision_only) for name, fact in met.items()]


def _said(question: Question, name: str, fact: dict[str, Any], decision_only: bool) -> Requirement:
    figures = {"has": spoken(fact["has"]), "needs": spoken(fact["needs"])}
    if name == "quorum":
        if fact["met"]:
            said = _("The quorum is met: %(has)s voted, %(needs)s were needed.") % figures
        else:
            said = (
                _("The quorum is not met, so the result does not hold: %(has)s voted, %(needs)s were needed.") % figures
            )
        return Requirement(name, fact["met"], said, fact["has"], fact["needs"])
    if decision_only:
        said = _("The majority is reached.") if fact["met"] else _("The majority is not reached: nothing is decided.")
        return Requirement(name, fact["met"], said)
    figures["share"] = majority_of(question.poll.requirements["majority"])
    if fact["met"]:
        said = _("The majority is reached: %(has)s votes, %(needs)s were needed (%(share)s).") % figures
    else:
        said = _("The majority is not reached, so nothing is decided: %(has)s votes, %(needs)s were needed "
                 "(%(share)s).") % figures  # fmt: skip
    return Requirement(name, fact["met"], said, fact["has"], fact["needs"])
