"""Answers: what a voter says, as JSON with one spelling for one meaning, and back again in words.

"[]" is the paper of a question that was not answered or not asked.
"""

import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polls.models import Question, QuestionKind
from polls.rules import InvalidChoice

Answer = Sequence[str] | Mapping[str, int] | str
BLANK = "[]"
NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,6})?", re.ASCII)


def canonical(question: Question, answer: Answer | None, *, asked: bool = True) -> str:
    """The answer to `question` as JSON; keys sorted but in a ranking, where the best stands first.

    answer: keys of options, for kinds with points a mapping from keys to whole numbers, for a number its text; None
    or empty when there is none. asked: whether this voter is asked at all. Raises InvalidChoice with a reason.
    """
    if not asked or not answer:
        if asked and question.required:
            raise InvalidChoice(_("Please choose first. Nothing was sent yet."))
        return BLANK
    if question.kind == QuestionKind.NUMBER:
        return _number(question, answer)
    if question.is_valued:
        return _values(question, answer)
    return _listed(question, answer)


def is_asked(question: Question, papers: Mapping[str, str]) -> bool:
    """Whether the papers of earlier questions (canonical, by key) lead to `question`."""
    if not question.show_if:
        return True
    chosen = json.loads(papers.get(question.show_if["question"], BLANK))
    return any(key in question.show_if["options"] for key in chosen)


def in_words(question: Question, paper: str) -> list[str]:
    """What stands on a paper in words: options' texts, with their points where the question asks for points."""
    said = json.loads(paper)
    if isinstance(said, dict):
        return [f"{question.names[key]}: {value}" for key, value in said.items()]
    if not isinstance(said, list):
        unit = question.settings.get("unit", "")
        return [f"{said} {unit}".strip()]
    return [question.names[key] for key in said]


def written(value: object) -> str:
    """The one JSON of a value."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"), sort_keys=True)


def _listed(question: Question, answer: Answer) -> str:
    if isinstance(answer, str | Mapping):
        raise _foreign()
    chosen = list(answer)
    if any(not isinstance(key, str) or key not in question.names for key in chosen):
        raise _foreign()
    if len(set(chosen)) < len(chosen):
        raise InvalidChoice(_("An answer was chosen twice. Please choose each only once."))
    _within(question, len(chosen))
    _affordable(question, chosen)
    return written(chosen if question.kind == QuestionKind.RANKING else sorted(chosen))


def _within(question: Question, number: int) -> None:
    least, limit = question.settings.get("min_choices") or 1, question.limit
    if limit == 1 and number > 1:
        raise InvalidChoice(_("Please choose only one answer."))
    if limit is not None and number > limit:
        text = ngettext("Please choose at most %(limit)s answer.", "Please choose at most %(limit)s answers.", limit)
        raise InvalidChoice(text % {"limit": limit})
    if number < least:
        text = ngettext("Please choose at least %(least)s answer.", "Please choose at least %(least)s answers.", least)
        raise InvalidChoice(text % {"least": least})


def _affordable(question: Question, chosen: list[str]) -> None:
    limit = question.settings.get("ballot_limit")
    if question.kind != QuestionKind.BUDGET or limit is None:
        return
    costs = {option.key: option.cost or 0 for option in question.choices}
    if sum(costs[key] for key in chosen) > limit:
        raise InvalidChoice(_("Together the chosen projects cost more than the limit. Please take some out."))


def _values(question: Question, answer: Answer) -> str:
    if not isinstance(answer, Mapping) or any(key not in question.names for key in answer):
        raise _foreign()
    low, high = bounds(question)
    if any(value.__class__ is not int or not low <= value <= high for value in answer.values()):
        raise InvalidChoice(_("Please use whole numbers from %(low)s to %(high)s.") % {"low": low, "high": high})
    given = dict(answer)
    if question.kind == QuestionKind.QUADRATIC:
        given = {key: value for key, value in given.items() if value}
        spent, credits = sum(value * value for value in given.values()), question.settings["credits"]
        if spent > credits:
            facts = {"spent": spent, "credits": credits}
            raise InvalidChoice(
                _("You spent %(spent)s credits and have %(credits)s. Please take some votes back.") % facts
            )
    if not given:
        return canonical(question, None)
    return written(given)


def bounds(question: Question) -> tuple[int, int]:
    """The lowest and highest number that an option can be given: points, or votes that the credits can pay."""
    if question.kind == QuestionKind.QUADRATIC:
        credits = int(question.settings["credits"])
        return 0, next(n for n in range(credits + 2) if (n + 1) * (n + 1) > credits)
    low, high = question.settings["scale"]
    return int(low), int(high)


def _number(question: Question, answer: Answer) -> str:
    """A number as it is written in JSON: no leading zeros, no plus, no exponent, no zeros at the end."""
    facts = {"low": question.settings["low"], "high": question.settings["high"]}
    problem = InvalidChoice(_("Please write a number from %(low)s to %(high)s.") % facts)
    if not isinstance(answer, str) or not NUMBER.fullmatch(answer.strip()):
        raise problem
    number = Decimal(answer.strip().replace(",", "."))
    if not Decimal(facts["low"]) <= number <= Decimal(facts["high"]):
        raise problem
    places = question.settings.get("places", 0)
    if number != round(number, places):
        text = ngettext(
            "Please write at most %(places)s place after the point.",
            "Please write at most %(places)s places after the point.", places,
        )  # fmt: skip
        raise InvalidChoice(text % {"places": places} if places else _("Please write a whole number."))
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text if number else "0"


def _foreign() -> InvalidChoice:
    return InvalidChoice(_("This choice does not belong to this poll. Please choose again."))
