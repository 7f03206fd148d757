"""What analysts and authors send: decisions, names, words beside a summary, figures, the format of a file."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from consultations.forms import WRITTEN, Moment
from consultations.models import Clause, Consultation, Document
from summaries.actions import disputing, holding, wording
from summaries.actions.deciding import REASON
from summaries.actions.editing import DESCRIPTION, LABEL
from summaries.census import Misread, parse_census
from summaries.models import Format, Outcome, Settlement, Suggested, Theme

LARGEST = 200_000  # bytes of a file with figures


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


class ThemeForm(forms.Form):
    """A name for a theme, and what it is about."""

    label = forms.CharField(
        label=_("Name of the theme"), help_text=_("Short, and in words that people used."), max_length=LABEL
    )
    description = forms.CharField(
        label=_("What it is about"),
        help_text=_("One or two sentences that people read beside the theme. May stay empty."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=DESCRIPTION,
        required=False,
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


class EasyReadForm(forms.Form):
    """The summary in easy language."""

    language = forms.ChoiceField(label=_("Language"), choices=[(code, name) for code, name in WRITTEN if code != "und"])
    body = forms.CharField(
        label=_("Text in easy language"),
        help_text=_(
            "Short sentences, usual words, one thought at a time. Lines that begin with ## become headings. An empty "
            "text takes the page away."
        ),
        widget=forms.Textarea(attrs={"rows": 16, "data-autosize": ""}),
        max_length=wording.EASY,
        required=False,
    )


class TranslationForm(forms.Form):
    """Translations of the quotes of a theme into one language: a field for each quote, named by its id."""

    def __init__(self, *args: Any, quotes: list[Any], told: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for citation in quotes:
            self.fields[f"quote-{citation.pk}"] = forms.CharField(
                label=citation.quote,
                initial=told.get(citation.pk, ""),
                widget=forms.Textarea(attrs={"rows": 2, "data-autosize": ""}),
                max_length=wording.QUOTE,
                required=False,
            )


class CensusForm(forms.Form):
    """Who lives where, as a file or typed. What a file held stands in the field when something is wrong with it."""

    file = forms.FileField(
        label=_("File (CSV)"),
        help_text=_("Three columns: code, name, inhabitants. From a spreadsheet: save as CSV."),
        required=False,
    )
    rows = forms.CharField(
        label=_("Or type the lines here"),
        help_text=_("One area a line, for instance: 33.98.01, Kecamatan Utara, 41250"),
        widget=forms.Textarea(attrs={"rows": 8, "data-autosize": ""}),
        max_length=200_000,
        required=False,
    )
    source = forms.CharField(
        label=_("Where the figures come from"), help_text=_("For instance: Statistics office, population by village"),
        max_length=wording.SOURCE,
    )  # fmt: skip
    as_of = forms.CharField(label=_("Year or date of the figures"), max_length=wording.AS_OF)

    def clean_file(self) -> str:
        """The text of the file; empty without one."""
        file = self.cleaned_data.get("file")
        if not file:
            return ""
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 200 kB. Please leave out the smallest areas."))
        try:
            text = str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError as problem:
            raise forms.ValidationError(_("The file is not in UTF-8. Save it again as “CSV UTF-8”.")) from problem
        self.data = {**self.data.dict(), "rows": text}  # type: ignore[attr-defined]  # what a view gives is a QueryDict
        return text

    def clean(self) -> dict[str, Any]:
        """`figures`: what the file or else the typed lines say."""
        cleaned = super().clean() or {}
        if "file" in self.errors or "rows" in self.errors:
            return cleaned
        try:
            cleaned["figures"] = parse_census(cleaned.get("file") or cleaned.get("rows") or "")
        except Misread as misread:
            self.add_error("rows", misread.problems)
        return cleaned


class SuggestForm(forms.Form):
    """What a language model is asked."""

    kinds = forms.MultipleChoiceField(
        label=_("What it is asked for"), choices=Suggested.choices, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what the model is asked.")},
    )  # fmt: skip
