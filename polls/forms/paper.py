"""The fields of one question: what was typed into them, what answer that means, and what is wrong with it.

Fields are named by the question's key; where each option has a field of its own, by both keys: `q2-o1`.
"""

import re
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from django.utils.translation import gettext as _

from polls import asking
from polls.actions.answers import Answer, bounds
from polls.asking import money
from polls.models import Question, QuestionKind
from polls.rules import MAX_OPTIONS, MAX_REMARK, InvalidChoice

Sent = Mapping[str, Sequence[str]]  # values by the name of a field
SIGNS = 24  # of a number that somebody types


class Paper:
    """A question as it stands on the page, with what was sent.

    order: a text by which options are shuffled, "" for none. problem: what is wrong, for the voter.
    """

    def __init__(self, question: Question, sent: Sent) -> None:
        self.question = question
        self.key = question.key
        self.problem = ""
        self.order = ""
        self.chosen = list(sent.get(self.key, []))[: MAX_OPTIONS + 1]
        self.value = self.chosen[0][:SIGNS] if self.chosen and question.kind == QuestionKind.NUMBER else ""
        self.typed = {key: (sent.get(f"{self.key}-{key}") or [""])[0][:SIGNS] for key in question.names}
        self.text = (sent.get(self._text_field) or [""])[0][: 4 * MAX_REMARK]

    @property
    def _text_field(self) -> str:
        return self.key if self.question.kind == QuestionKind.TEXT else f"{self.key}-reason"

    @property
    def fields(self) -> set[str]:
        """Names of all fields of the question."""
        if self._by_option:
            return {f"{self.key}-{key}" for key in self.question.names}
        return {self.key, self._text_field}

    def held(self) -> dict[str, list[str]]:
        """What stands in the fields, without texts: small enough to be kept while somebody signs in."""
        if self._by_option:
            return {f"{self.key}-{key}": [typed] for key, typed in self.typed.items() if typed}
        return {self.key: self.chosen} if self.question.has_box and self.chosen else {}

    def held_text(self) -> dict[str, list[str]]:
        """The text that stands in the question's field."""
        return {self._text_field: [self.text]} if self.text else {}

    @property
    def _by_option(self) -> bool:
        return self.question.is_valued or self.question.kind == QuestionKind.RANKING

    def answer(self) -> Answer:
        """What the fields mean, for `canonical`. Raises InvalidChoice where they mean nothing."""
        if self.question.kind == QuestionKind.RANKING:
            return self._ranking()
        if self.question.is_valued:
            return self._values()
        return self.value.strip() if self.question.kind == QuestionKind.NUMBER else self.chosen

    def _ranking(self) -> list[str]:
        """Keys in the order of their numbers; gaps close up, an option without a number is left out."""
        places: dict[int, str] = {}
        for key, typed in self.typed.items():
            if not typed.strip():
                continue
            if not re.fullmatch(r"[0-9]{1,2}", typed.strip()) or not 1 <= int(typed) <= len(self.typed):
                raise InvalidChoice(_("Please use the numbers 1 to %(last)s.") % {"last": len(self.typed)})
            if int(typed) in places:
                raise InvalidChoice(_("Two answers have the place %(place)s. Please give each its own.") % {
                    "place": int(typed)
                })  # fmt: skip
            places[int(typed)] = key
        return [places[number] for number in sorted(places)]

    def _values(self) -> dict[str, int]:
        low, high = bounds(self.question)
        found = {}
        for key, typed in self.typed.items():
            if not typed.strip():
                continue
            if not re.fullmatch(r"-?[0-9]{1,6}", typed.strip(), re.ASCII):
                facts = {"low": low, "high": high}
                raise InvalidChoice(_("Please use whole numbers from %(low)s to %(high)s.") % facts)
            found[key] = int(typed)
        return found

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Options with what stands in their fields, in this form's order."""
        rows = [
            {
                "option": option,
                "name": f"{self.key}-{option.key}" if self._by_option else self.key,
                "id": f"{self.key}-{option.key}",
                "ticked": option.key in self.chosen,
                "typed": self.typed[option.key],
                "cost": "" if option.cost is None else money(option.cost, self.question.settings.get("unit", "")),
            }
            for option in self.question.choices
        ]
        if self.question.shuffled and self.order:
            Random(f"{self.order}|{self.key}").shuffle(rows)  # noqa: S311 (an order on a page; nothing secret)
        return rows

    @property
    def act(self) -> str:
        """What to do with this question, in a sentence."""
        return asking.filled_in(self.question)

    @property
    def condition(self) -> str:
        """When the question is asked at all; "" when always."""
        return asking.condition(self.question)

    @property
    def numbers(self) -> list[str]:
        """Places of a ranking."""
        return [str(number) for number in range(1, len(self.question.choices) + 1)]

    @property
    def bounds(self) -> tuple[int, int]:
        """The lowest and the highest number that an option can be given."""
        return bounds(self.question)
