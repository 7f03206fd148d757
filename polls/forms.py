"""What people may send: votes as choices of a poll, and polls as organisers prepare them."""

import re
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.models import Consultation, PhaseKind
from moderation import richtext
from polls.actions.casting import canonical
from polls.models import BallotMode, CountingRule, Poll, PollKind, Results
from polls.rules import MAX_OPTIONS, MAX_REMARK, InvalidChoice

FORM_KEY = re.compile(r"[0-9A-Za-z_-]{16,64}")
TIMES = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]
PLACE = "place-"  # a ranking's fields: place-o1, place-o2, …


class VoteForm(forms.Form):
    """A vote as the page sends it: `choice` (one or several keys), or `place-<key>` numbers of a ranking."""

    form_key = forms.CharField(max_length=64, required=False)
    replaces = forms.CharField(max_length=16, required=False)
    remark = forms.CharField(max_length=MAX_REMARK, required=False, label=gettext_lazy("Why? (optional)"))

    def __init__(self, poll: Poll, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.poll = poll
        self.sent = data if data is not None else QueryDict()
        self.choice: list[str] = []
        self.typed: dict[str, str] = {}
        if data is not None and poll.kind == PollKind.RANKING:
            self.typed = {option.key: data.get(PLACE + option.key, "")[:4] for option in poll.choices}

    def clean_form_key(self) -> str:
        key = self.cleaned_data["form_key"]
        if key and not FORM_KEY.fullmatch(key):
            raise forms.ValidationError(_("This page is out of date. Please open it again."))
        return key

    def clean_remark(self) -> str:
        remark: str = self.cleaned_data["remark"]
        if remark:
            richtext.limits(remark)
        return remark

    def clean(self) -> dict[str, Any]:
        try:
            self.choice = self._ranking() if self.poll.kind == PollKind.RANKING else self._chosen()
            canonical(self.poll, self.choice)
        except InvalidChoice as error:
            self.add_error(None, str(error))
        return self.cleaned_data

    def _chosen(self) -> list[str]:
        self.choice = self.sent.getlist("choice")[: MAX_OPTIONS + 1]
        return self.choice

    def _ranking(self) -> list[str]:
        """Keys in the order of their numbers; gaps close up, an option without a number is left out."""
        unknown = {name for name in self.sent if name.startswith(PLACE)} - {PLACE + key for key in self.typed}
        if unknown:
            raise InvalidChoice(_("This choice does not belong to this poll. Please choose again."))
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

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=PollKind.choices, widget=forms.RadioSelect)
    mode = forms.ChoiceField(
        label=gettext_lazy("Who can see the votes"), choices=BallotMode.choices, widget=forms.RadioSelect
    )
    results = forms.ChoiceField(label=gettext_lazy("Result shown"), choices=Results.choices, widget=forms.RadioSelect)
    opens_at = forms.DateTimeField(label=gettext_lazy("Opens"), input_formats=TIMES, widget=_moment())
    closes_at = forms.DateTimeField(label=gettext_lazy("Closes"), input_formats=TIMES, widget=_moment())

    class Meta:
        model = Poll
        fields = [
            "question", "kind", "options", "rule", "max_choices", "mode", "results", "level", "allows_change",
            "asks_remark", "opens_at", "closes_at",
        ]  # fmt: skip
        help_texts = {
            "max_choices": gettext_lazy("Only for “choose several”."),
            "asks_remark": gettext_lazy("An optional text beside the vote. Shown publicly after review."),
        }

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.consultation = consultation
        self.fields["max_choices"].required = False
        if self.instance.pk:
            self.fields["options"].initial = "\n".join(option.text for option in self.instance.choices)

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
        if kind == PollKind.RANKING:
            data["rule"] = data.get("rule") or CountingRule.IRV
        else:
            data["rule"] = CountingRule.APPROVAL if kind == PollKind.SEVERAL else CountingRule.PLURALITY
        limit = data.get("max_choices") or 1
        if kind == PollKind.SEVERAL and options and not 2 <= limit <= len(options):
            self.add_error("max_choices", _("Please give a number from 2 to the number of answers."))
        data["max_choices"] = limit if kind == PollKind.SEVERAL else 1
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
        return dict(self.cleaned_data)
