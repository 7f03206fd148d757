"""Paper ballots as they are typed: numbers and Enter, one field for each question."""

import re
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polls.actions.answers import Answer
from polls.actions.bundles import read_sheet
from polls.models import Poll, Question, QuestionKind
from polls.rules import InvalidChoice

SPOILED = {"x", "X"}  # typed for an answer that breaks the rules of the sheet
MOST = 1000  # sheets of a bundle


class BundleForm(forms.Form):
    """A pile of sheets: the number on its cover, and how many there are."""

    number = forms.IntegerField(label=gettext_lazy("Number of the bundle"), min_value=1, max_value=99_999)
    size = forms.IntegerField(
        label=gettext_lazy("Sheets in it"), min_value=1, max_value=MOST, help_text=gettext_lazy("Count them by hand.")
    )


class SheetForm(forms.Form):
    """One sheet; valid, it has `answers` by the question's key, and `cell`."""

    number = forms.IntegerField(min_value=1, max_value=MOST, widget=forms.HiddenInput)

    def __init__(self, poll: Poll, data: QueryDict | None = None, *, number: int = 1) -> None:
        super().__init__(data, initial={"number": number})
        self.poll = poll
        self.answers: dict[str, Answer] = {}
        for box in poll.boxes:
            self.fields[box.key] = _typed(f"{box.position}. {box.text}", how_to_type(box))
        if poll.breakdown:
            names = ", ".join(f"{at} {name}" for at, (_key, name) in enumerate(poll.groups, 1))
            self.fields["group"] = _typed(_("Group"), _("Its number: %(names)s. Empty: not said.") % {"names": names})
        next(iter(self.visible_fields())).field.widget.attrs["autofocus"] = True

    @property
    def cell(self) -> str:
        """The key of the group that was marked."""
        typed = self.cleaned_data.get("group", "")
        return self.poll.groups[int(typed) - 1][0] if typed else ""

    def clean_group(self) -> str:
        typed: str = self.cleaned_data["group"]
        if typed and (not typed.isdecimal() or not 1 <= int(typed) <= len(self.poll.groups)):
            raise forms.ValidationError(_("Please use the numbers 1 to %(last)s.") % {"last": len(self.poll.groups)})
        return typed

    def clean(self) -> dict[str, Any]:
        for box in self.poll.boxes:
            try:
                answer = _answer(box, self.cleaned_data.get(box.key, ""))
                read_sheet(self.poll, {box.key: answer})
            except InvalidChoice as wrong:
                self.add_error(box.key, _("%(problem)s Type x for an answer that is spoiled.") % {"problem": wrong})
            else:
                self.answers[box.key] = answer
        return self.cleaned_data


def how_to_type(question: Question) -> str:
    """What to type for a question, in a sentence."""
    options = enumerate(question.choices, 1)
    names = ", ".join(f"{at} {option.text}" for at, option in options)
    if question.kind == QuestionKind.NUMBER:
        return _("The number as it is written.")
    if question.is_valued or question.kind == QuestionKind.RANKING:
        return _("The numbers in the boxes from top to bottom, with spaces; - for an empty box: %(names)s.") % {
            "names": names
        }
    if question.limit == 1:
        return _("The number of the answer: %(names)s.") % {"names": names}
    return _("The numbers of the answers, with spaces: %(names)s.") % {"names": names}


def _typed(label: str, help_text: str) -> forms.CharField:
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "data-next": True})
    return forms.CharField(label=label, required=False, max_length=200, help_text=help_text, widget=widget)


def _answer(question: Question, typed: str) -> Answer:
    """What was typed as an answer, empty for nothing and for what is spoiled. Raises InvalidChoice."""
    if not typed or typed in SPOILED:
        return ""
    if question.kind == QuestionKind.NUMBER:
        return typed
    keys, words = list(question.names), re.split(r"[\s,;]+", typed)
    if question.is_valued or question.kind == QuestionKind.RANKING:
        return _boxes(question, keys, words)
    if any(not word.isdecimal() or not 1 <= int(word) <= len(keys) for word in words):
        raise InvalidChoice(_("Please use the numbers 1 to %(last)s.") % {"last": len(keys)})
    return [keys[int(word) - 1] for word in words]


def _boxes(question: Question, keys: list[str], words: list[str]) -> Answer:
    """The numbers that stand in the boxes of options, in their order on the sheet."""
    if len(words) != len(keys) or any(word != "-" and not re.fullmatch("[0-9]{1,6}", word, re.ASCII) for word in words):
        raise InvalidChoice(_("Please type %(number)s numbers, one for each box, - for an empty one.") % {
            "number": len(keys)
        })  # fmt: skip
    given = {key: int(word) for key, word in zip(keys, words, strict=True) if word != "-"}
    if question.is_valued:
        return given
    places = sorted(given.values())
    if len(set(places)) < len(places):
        raise InvalidChoice(_("Two answers have the same place."))
    return sorted(given, key=lambda key: given[key])
