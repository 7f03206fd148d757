"""What people may send: reports, and moderators' decisions."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation import rules
from moderation.models import FlagReason, Moderated, Outcome

MAX_CASES = 100


class FlagForm(forms.Form):
    """A report. Where a moderator let the text stand after earlier reports, only illegal content can be reported."""

    reason = forms.ChoiceField(
        label=gettext_lazy("What is wrong with this text?"), choices=FlagReason.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=gettext_lazy("In your own words"),
        help_text=gettext_lazy("Optional. Only moderators read it."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, item: Moderated, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        if reason != FlagReason.ILLEGAL and rules.is_settled(self.item):
            raise forms.ValidationError(
                _("A moderator has read this text after reports and let it stand. You can report illegal content only.")
            )
        return reason


class DecisionForm(forms.Form):
    """Show or hide; hiding needs the rule that was broken. Empty reasons: the author is told the rule's usual ones."""

    outcome = forms.ChoiceField(choices=Outcome.choices, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    rule = forms.IntegerField(label=gettext_lazy("Rule"), required=False, min_value=1, max_value=32767)
    reasons = forms.CharField(
        label=gettext_lazy("Statement of reasons"),
        help_text=gettext_lazy("The author reads this, and the public log shows it. Name nobody."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == Outcome.HIDE and not cleaned.get("rule") and "rule" not in self.errors:
            self.add_error("rule", _("Choose the rule that this text breaks."))
        return cleaned


class BulkForm(DecisionForm):
    """One decision for several cases."""

    cases = forms.TypedMultipleChoiceField(
        coerce=int, error_messages={"required": gettext_lazy("Mark some texts first.")}
    )

    def __init__(self, *args: Any, cases: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cases"].choices = [(str(pk), pk) for pk in cases]  # type: ignore[attr-defined]  # a choice field
