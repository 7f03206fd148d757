"""What analysts send: a decision, a name for a theme, the format of a file."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from consultations.forms import Moment
from consultations.models import Clause, Consultation, Document
from summaries.actions import disputing, holding
from summaries.actions.deciding import REASON
from summaries.actions.editing import LABEL
from summaries.models import Format, Outcome, Settlement, Theme


def clauses_of(consultation: Consultation) -> QuerySet[Clause]:
    """The clauses of the current versions of all drafts of `consultation`."""
    current = [document.current() for document in Document.objects.filter(consultation=consultation)]
    versions = [version.pk for version in current if version]
    return (
        Clause.objects.filter(version__in=versions).select_related("version__document").order_by("version", "position")
    )


class DecisionForm(forms.Form):
    """What was decided about a theme, and why."""

    outcome = forms.ChoiceField(label=_("What was decided"), choices=Outcome.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("People read this beside their own words. Say what changes, or why it cannot."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=REASON,
    )
    clause = forms.ModelChoiceField(
        label=_("Clause that changes or is concerned"), queryset=Clause.objects.none(), required=False,
        empty_label=_("none in particular"),
    )  # fmt: skip

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clause"].queryset = clauses_of(consultation)  # type: ignore[attr-defined]


class ThemeNameForm(forms.Form):
    """A name for a theme."""

    label = forms.CharField(
        label=_("Name of the theme"), help_text=_("Short, and in words that people used."), max_length=LABEL
    )


class ExportForm(forms.Form):
    """Which kind of file."""

    format = forms.ChoiceField(label=_("Kind of file"), choices=Format.choices)


class MisreadForm(forms.Form):
    """What an author meant, if they want to say it."""

    words = forms.CharField(
        label=_("What did you mean?"),
        help_text=_("You need not explain. Only those who work on the summary read it."),
        widget=forms.Textarea(attrs={"rows": 4, "data-autosize": ""}),
        max_length=disputing.WORDS,
        required=False,
    )


class SettleForm(forms.Form):
    """What becomes of words that were called misread."""

    settlement = forms.ChoiceField(
        label=_("What becomes of it"),
        choices=[(Settlement.KEPT, _("It stays where it is")), (Settlement.MOVED, _("It is put elsewhere"))],
        widget=forms.RadioSelect,
    )
    to = forms.ChoiceField(label=_("Where it is put"), required=False, help_text=_("Only if it is put elsewhere."))
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("The author reads this in the inbox."),
        widget=forms.Textarea(attrs={"rows": 4, "data-autosize": ""}),
        max_length=disputing.WORDS,
    )

    def __init__(self, *args: Any, themes: list[Theme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [(theme.key, f"{theme.number}. {theme.label}") for theme in themes]
        self.fields["to"].choices = [("", _("in no theme")), *places]  # type: ignore[attr-defined]


class HoldingForm(forms.Form):
    """That the answer takes longer, and until when."""

    words = forms.CharField(
        label=_("What you tell people"),
        help_text=_("Say what is still being studied, and why it takes longer. Everybody reads it."),
        widget=forms.Textarea(attrs={"rows": 4, "data-autosize": ""}),
        max_length=holding.WORDS,
    )
    answer_at = forms.DateTimeField(label=_("You answer by"), widget=Moment())
