"""A question as an organiser writes it, with the settings of its kind; and all questions of a poll together."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from methods import counting
from polls.models import LISTED, RULES, CountingRule, Option, Position, Question, QuestionKind
from polls.rules import MAX_OPTIONS, MAX_QUESTIONS

KINDS = [kind for kind in QuestionKind if RULES[kind] == ("",) or RULES[kind][0] in counting.RULES]
CHOSEN_RULES = [(rule, CountingRule(rule).label) for kind in KINDS for rule in RULES[kind] if len(RULES[kind]) > 1]
WITHOUT_OPTIONS = {QuestionKind.CONSENT, QuestionKind.NUMBER, QuestionKind.TEXT}
RUNS = 50_000  # steps in which equal shares raise what all have together


def _whole(label: Any, least: int = 0, most: int = 10**12, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, required=False, help_text=help_text)


class QuestionForm(forms.Form):
    """One question. Which fields matter follows from the kind; `for_kinds` says it to the page."""

    text = forms.CharField(
        label=gettext_lazy("Question"), max_length=240, required=False,
        help_text=gettext_lazy("Leave it empty when the poll has one question: then its title is the question."),
    )  # fmt: skip
    help = forms.CharField(
        label=gettext_lazy("Help"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=[(kind.value, kind.label) for kind in KINDS], initial=QuestionKind.SINGLE
    )
    options = forms.CharField(
        label=gettext_lazy("Answers"), required=False, widget=forms.Textarea(attrs={"rows": 6}),
        max_length=MAX_OPTIONS * 420,
        help_text=gettext_lazy("One per line, at least two, in their order on the page. A short note may follow after "
                               "a bar: “Park | with a playground”. Of projects the cost comes first: "
                               "“Park | 25000000 | with a playground”."),
    )  # fmt: skip
    rule = forms.ChoiceField(
        label=gettext_lazy("How it is counted"), required=False,
        choices=[("", gettext_lazy("as is usual for the kind")), *CHOSEN_RULES],
    )  # fmt: skip
    min_choices = _whole(gettext_lazy("Choices at least"), 1, MAX_OPTIONS)
    max_choices = _whole(gettext_lazy("Choices at most"), 1, MAX_OPTIONS)
    seats = _whole(
        gettext_lazy("How many are elected"), 1, MAX_OPTIONS, gettext_lazy("For the single transferable vote.")
    )
    low = _whole(gettext_lazy("Lowest number"), -(10**9))
    high = _whole(gettext_lazy("Highest number"), -(10**9))
    unit = forms.CharField(
        label=gettext_lazy("Unit"), max_length=20, required=False, help_text=gettext_lazy("Such as Rp, metres, years.")
    )
    budget = _whole(gettext_lazy("Money that there is"), 1)
    ballot_limit = _whole(
        gettext_lazy("What one person's choice may cost"), 1, help_text=gettext_lazy("Empty: without a limit.")
    )
    credits = _whole(gettext_lazy("Credits of each person"), 1, 10_000)
    objections = _whole(
        gettext_lazy("Objections that a proposal may meet, of a hundred"),
        0,
        50,
        gettext_lazy("0: a single one stops it."),
    )
    required = forms.BooleanField(label=gettext_lazy("Must be answered"), required=False, initial=True)
    shuffled = forms.BooleanField(label=gettext_lazy("Show the answers to each voter in another order"), required=False)
    after = _whole(
        gettext_lazy("Ask only after question number"), 1, MAX_QUESTIONS, gettext_lazy("Empty: everybody is asked.")
    )
    answers = forms.CharField(
        label=gettext_lazy("… if one of these answers was chosen there"), max_length=90, required=False,
        help_text=gettext_lazy("Their numbers, such as 1, 3."),
    )  # fmt: skip

    for_kinds = {
        "options": "single several approval score ranking budget quadratic",
        "rule": "score ranking budget",
        "min_choices": "several", "max_choices": "several", "seats": "ranking", "low": "score number",
        "high": "score number", "unit": "budget number", "budget": "budget", "ballot_limit": "budget",
        "credits": "quadratic", "objections": "consent", "shuffled": "single several approval score ranking budget "
        "quadratic",
    }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        kind = data.get("kind")
        if not kind or self.errors:
            return data
        data["rule"] = self._rule(kind, data["rule"])
        data["choices"] = [] if kind in WITHOUT_OPTIONS else self._options(kind, data["options"])
        if not self.errors:
            data["settings"] = getattr(self, f"_{kind}", dict)()
        return data

    def _rule(self, kind: str, rule: str) -> str:
        if rule in RULES[kind]:
            return rule
        if rule and len(RULES[kind]) > 1:
            self.add_error("rule", _("This way of counting does not fit the kind."))
        return RULES[kind][0]

    def _options(self, kind: str, lines: str) -> list[Option]:
        found: list[Option] = []
        for number, line in enumerate((line for line in lines.splitlines() if line.strip()), 1):
            parts = [" ".join(part.split()) for part in line.split("|")]
            cost = self._cost(parts) if kind == QuestionKind.BUDGET else None
            note = parts[1] if len(parts) > 1 else ""
            found.append(Option(f"o{number}", parts[0], note, cost))
        if len(found) < 2:
            self.add_error("options", _("Please write at least two answers, each on a line of its own."))
        if len(found) > MAX_OPTIONS:
            self.add_error("options", _("At most %(limit)s answers are possible.") % {"limit": MAX_OPTIONS})
        if len({option.text.casefold() for option in found}) < len(found):
            self.add_error("options", _("Two answers are the same."))
        if any(not option.text or len(option.text) > 200 or len(option.note) > 200 for option in found):
            self.add_error("options", _("An answer has at most 200 characters."))
        return found

    def _cost(self, parts: list[str]) -> int:
        """The cost of a project, taken out of the parts of its line."""
        said = re.sub(r"[.,\s]", "", parts.pop(1)) if len(parts) > 1 else ""
        if not re.fullmatch(r"[0-9]{1,13}", said, re.ASCII) or int(said) < 1:
            self.add_error("options", _("Each project needs its cost as a whole number after a bar."))
            return 0
        return int(said)

    def _several(self) -> dict[str, Any]:
        number = len(self.cleaned_data["choices"])
        least, limit = self.cleaned_data["min_choices"] or 1, self.cleaned_data["max_choices"] or 0
        if not 2 <= limit <= number:
            self.add_error("max_choices", _("Please give a number from 2 to the number of answers."))
        if least > limit:
            self.add_error("min_choices", _("At least cannot be more than at most."))
        return {"max_choices": limit} | ({"min_choices": least} if least > 1 else {})

    def _score(self) -> dict[str, Any]:
        low, high = self.cleaned_data["low"] or 0, self.cleaned_data["high"] or 5
        if not (0 <= low < high <= 100 and high - low >= 1):
            self.add_error("high", _("Points go from 0 or more to at most 100, the highest above the lowest."))
        return {"scale": [low, high]}

    def _ranking(self) -> dict[str, Any]:
        seats = self.cleaned_data["seats"] or 1
        if seats > 1 and self.cleaned_data["rule"] != CountingRule.STV:
            self.add_error("seats", _("Only the single transferable vote elects several."))
        if seats >= len(self.cleaned_data["choices"]):
            self.add_error("seats", _("There must be more answers than are elected."))
        return {"seats": seats} if seats > 1 else {}

    def _budget(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not data["budget"]:
            self.add_error("budget", _("Please write how much money there is."))
            return {}
        if all((option.cost or 0) > data["budget"] for option in data["choices"]):
            self.add_error("budget", _("No project can be paid with it."))
            return {}
        found = {"budget": data["budget"], "unit": data["unit"], "increment": max(1, data["budget"] // RUNS)}
        return found | ({"ballot_limit": data["ballot_limit"]} if data["ballot_limit"] else {})

    def _quadratic(self) -> dict[str, Any]:
        return {"credits": self.cleaned_data["credits"] or 100}

    def _consent(self) -> dict[str, Any]:
        return {"limit": f"{self.cleaned_data['objections'] or 0}/100"}

    def _number(self) -> dict[str, Any]:
        low, high = self.cleaned_data["low"] or 0, self.cleaned_data["high"]
        if high is None or high <= low:
            self.add_error("high", _("Please write a highest number that is above the lowest."))
        return {"low": low, "high": high, "unit": self.cleaned_data["unit"]}

    def question(self, title: str) -> Question:
        """The question, unsaved, without its condition. title: of the poll, asked where there is no other text."""
        data = self.cleaned_data
        return Question(
            text=data["text"] or title, help=data["help"], kind=data["kind"], rule=data["rule"],
            options=[option.stored() for option in data["choices"]], settings=data["settings"],
            required=data["required"], shuffled=data["shuffled"],
        )  # fmt: skip


class BaseQuestions(forms.BaseFormSet):
    """The questions of a poll. Empty ones are left out; conditions may only look back."""

    @property
    def kept(self) -> list[QuestionForm]:
        """The forms that are questions, in their order."""
        left = [one for one in self.forms if one.has_changed() and not one.cleaned_data.get("DELETE")]
        return left or self.forms[:1]

    def clean(self) -> None:
        if any(self.errors):
            return
        kept = self.kept
        if len(kept) > 1:
            for one in kept:
                if not one.cleaned_data.get("text"):
                    one.add_error("text", _("With several questions each needs its own words."))
        if all(one.cleaned_data.get("kind") == QuestionKind.TEXT for one in kept):
            raise forms.ValidationError(_("At least one question must be counted: texts alone are no vote."))
        for number, one in enumerate(kept, 1):
            self._check_condition(one, number)

    def _check_condition(self, one: QuestionForm, number: int) -> None:
        after, answers = one.cleaned_data.get("after"), one.cleaned_data.get("answers") or ""
        one.show_if = None  # type: ignore[attr-defined]
        if not after:
            return
        before = self.kept[after - 1] if after < number else None
        if before is None or before.cleaned_data["kind"] not in LISTED:
            one.add_error("after", _("This must be an earlier question in which answers are chosen."))
            return
        data = before.cleaned_data
        keys = list(Position.values) if data["kind"] == QuestionKind.CONSENT else [one.key for one in data["choices"]]
        places = [int(part) for part in re.findall(r"[0-9]{1,2}", answers)]
        if not places or any(not 1 <= place <= len(keys) for place in places):
            one.add_error("answers", _("Please write numbers of answers of that question."))
            return
        show_if = {"question": f"q{after}", "options": [keys[place - 1] for place in dict.fromkeys(places)]}
        one.show_if = show_if  # type: ignore[attr-defined]

    def questions(self, title: str) -> list[Question]:
        """The questions, unsaved and in their order."""
        found = []
        for one in self.kept:
            question = one.question(title)
            question.show_if = one.show_if  # type: ignore[attr-defined]
            found.append(question)
        return found


Questions = forms.formset_factory(
    QuestionForm, formset=BaseQuestions, extra=0, min_num=1, max_num=MAX_QUESTIONS, validate_max=True,
    absolute_max=MAX_QUESTIONS + 1, can_delete=True,
)  # fmt: skip


def typed(question: Question) -> dict[str, Any]:
    """What an organiser would type to get this question."""
    settings, lines = question.settings, []
    for option in question.choices if question.options else []:
        parts = [option.text, *([str(option.cost)] if option.cost is not None else []), option.note]
        lines.append(" | ".join(part for part in parts if part))
    low, high = settings.get("scale", (settings.get("low"), settings.get("high")))
    facts = {name: settings.get(name) for name in ("min_choices", "max_choices", "seats", "unit", "budget",
                                                   "ballot_limit", "credits")}  # fmt: skip
    if "limit" in settings:
        facts["objections"] = int(settings["limit"].split("/")[0])
    if question.show_if:
        before = question.poll.question(question.show_if["question"])
        keys = list(before.names)
        facts |= {
            "after": before.position,
            "answers": ", ".join(str(keys.index(key) + 1) for key in question.show_if["options"]),
        }
    return facts | {
        "text": question.text, "help": question.help, "kind": question.kind, "options": "\n".join(lines),
        "rule": question.rule if len(RULES[question.kind]) > 1 else "", "low": low, "high": high,
        "required": question.required, "shuffled": question.shuffled,
    }  # fmt: skip
