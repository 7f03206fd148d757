"""A poll as organisers prepare it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.models import Consultation, PhaseKind
from polls.models import BallotMode, CountingRule, Poll, Question, QuestionKind, Results, listed
from polls.rules import MAX_OPTIONS

KINDS = (QuestionKind.SINGLE, QuestionKind.SEVERAL, QuestionKind.RANKING)
TIMES = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]


def _moment() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format=TIMES[0])


class PollForm(forms.ModelForm):
    """A poll as an organiser prepares it: the rule is asked for rankings only, options are one per line."""

    options = forms.CharField(
        label=gettext_lazy("Answers"),
        help_text=gettext_lazy("One per line, at least two. Their order is the order on the page."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=MAX_OPTIONS * 201,
    )
    rule = forms.ChoiceField(
        label=gettext_lazy("How a ranking is counted"),
        help_text=gettext_lazy("Only for “put in order”."),
        choices=[(rule.value, rule.label) for rule in (CountingRule.IRV, CountingRule.SCHULZE)],
        required=False,
    )

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=[(kind.value, kind.label) for kind in KINDS], widget=forms.RadioSelect
    )
    max_choices = forms.IntegerField(
        label=gettext_lazy("Choices at most"), help_text=gettext_lazy("Only for “choose several”."), min_value=0,
        max_value=MAX_OPTIONS, required=False,
    )  # fmt: skip
    mode = forms.ChoiceField(
        label=gettext_lazy("Who can see the votes"), choices=BallotMode.choices, widget=forms.RadioSelect
    )
    results = forms.ChoiceField(label=gettext_lazy("Result shown"), choices=Results.choices, widget=forms.RadioSelect)
    opens_at = forms.DateTimeField(label=gettext_lazy("Opens"), input_formats=TIMES, widget=_moment())
    closes_at = forms.DateTimeField(label=gettext_lazy("Closes"), input_formats=TIMES, widget=_moment())

    class Meta:
        model = Poll
        fields = [
            "title", "kind", "options", "rule", "max_choices", "mode", "results", "level", "allows_change",
            "asks_remark", "opens_at", "closes_at",
        ]  # fmt: skip
        labels = {"title": gettext_lazy("Question")}
        help_texts = {
            "asks_remark": gettext_lazy("An optional text beside the vote. Shown publicly after review."),
        }

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.consultation = consultation
        if self.instance.pk:
            asked = self.instance.sheet[0]
            self.initial = dict(self.initial) | {
                "options": "\n".join(asked.names.values()),
                "kind": asked.kind,
                "rule": asked.rule,
                "max_choices": asked.limit,
            }

    def clean_options(self) -> list[str]:
        options = [" ".join(line.split()) for line in self.cleaned_data["options"].splitlines() if line.strip()]
        if len(options) < 2:
            raise forms.ValidationError(_("Please write at least two answers, each on a line of its own."))
        if len(options) > MAX_OPTIONS:
            raise forms.ValidationError(_("At most %(limit)s answers are possible.") % {"limit": MAX_OPTIONS})
        if len({option.casefold() for option in options}) < len(options):
            raise forms.ValidationError(_("Two answers are the same."))
        if any(len(option) > 200 for option in options):
            raise forms.ValidationError(_("An answer has at most 200 characters."))
        return options

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        kind, options = data.get("kind"), data.get("options") or []
        if kind == QuestionKind.RANKING:
            data["rule"] = data.get("rule") or CountingRule.IRV
        else:
            data["rule"] = CountingRule.APPROVAL if kind == QuestionKind.SEVERAL else CountingRule.PLURALITY
        limit = data.get("max_choices") or 1
        if kind == QuestionKind.SEVERAL and options and not 2 <= limit <= len(options):
            self.add_error("max_choices", _("Please give a number from 2 to the number of answers."))
        data["max_choices"] = limit if kind == QuestionKind.SEVERAL else 1
        self._check_dates(data)
        return data

    def _check_dates(self, data: dict[str, Any]) -> None:
        opens, closes = data.get("opens_at"), data.get("closes_at")
        if not opens or not closes:
            return
        if closes <= opens:
            self.add_error("closes_at", _("The poll must close after it opens."))
            return
        phases = [phase for phase in self.consultation.schedule if phase.kind == PhaseKind.OPEN]
        if not any(p.starts_at <= opens and (p.ends_at is None or closes <= p.ends_at) for p in phases):
            self.add_error("opens_at", _("The poll must lie within the time in which the consultation is open."))

    def values(self) -> dict[str, Any]:
        """What `create_poll` and `edit_poll` take."""
        data = dict(self.cleaned_data)
        question = Question(
            text=data["title"],
            kind=data.pop("kind"),
            rule=data.pop("rule"),
            options=listed(data.pop("options")),
            settings={"max_choices": data["max_choices"]} if data["max_choices"] > 1 else {},
        )
        del data["max_choices"]
        return data | {"questions": [question]}
