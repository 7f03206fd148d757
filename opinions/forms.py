"""What people may send: an answer, a statement, a new conversation. What was typed is kept when something is wrong."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from moderation.richtext import limits, tidy
from opinions.models import Conversation, Value
from opinions.rules import LONGEST, SHORTEST

FORM_KEY = re.compile(r"[0-9A-Za-z_-]{16,64}")
MOST_SEEDS = 100


def form_key_field() -> forms.RegexField:
    """What names one opened form: sent twice at once by a visitor, it makes one guest."""
    message = gettext_lazy("This page is out of date. Please open it again.")
    return forms.RegexField(FORM_KEY, required=False, max_length=64, error_messages={"invalid": message})


class VoteForm(forms.Form):
    """An answer to the statement `number`."""

    number = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    value = forms.TypedChoiceField(
        choices=Value.choices, coerce=int, error_messages={"required": gettext_lazy("Please choose one of the three.")}
    )
    form_key = form_key_field()


class StatementForm(forms.Form):
    """A statement as people write it."""

    body = forms.CharField(
        label=gettext_lazy("Your statement"),
        help_text=gettext_lazy(
            "One thought in one sentence that others can agree or disagree with; best in fewer than 140 characters."
        ),
        min_length=SHORTEST,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "data-autosize": ""}),
        validators=[limits],
    )
    form_key = form_key_field()

    def clean_body(self) -> str:
        body = " ".join(tidy(self.cleaned_data["body"]).split())
        if len(body) < SHORTEST:
            raise ValidationError(_("Please write a whole sentence."), code="short")
        return body


class ConversationForm(forms.ModelForm):
    """A conversation as an organiser prepares it, with its first statements."""

    seeds = forms.CharField(
        label=gettext_lazy("First statements"),
        help_text=gettext_lazy(
            "One per line, at least two. Write them as people would say them, and let several views speak."
        ),
        max_length=MOST_SEEDS * (LONGEST + 1),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    publish_now = forms.BooleanField(label=gettext_lazy("Publish it at once"), required=False)

    class Meta:
        model = Conversation
        fields = ["question", "intro", "seeds", "opens_at", "closes_at"]
        widgets = {
            "intro": forms.Textarea(attrs={"rows": 3}),
            "opens_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            "closes_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        }
        help_texts = {
            "opens_at": gettext_lazy("Left empty, people can take part while the consultation is open."),
        }

    def clean_intro(self) -> str:
        intro = tidy(self.cleaned_data["intro"])
        limits(intro)
        return intro

    def clean_question(self) -> str:
        return " ".join(tidy(self.cleaned_data["question"]).split())

    def clean_seeds(self) -> list[str]:
        lines = [" ".join(tidy(line).split()) for line in self.cleaned_data["seeds"].splitlines()]
        seeds = [line for line in lines if line]
        if len(seeds) < 2:
            raise ValidationError(_("Please write at least two statements, each on a line of its own."))
        if len(seeds) > MOST_SEEDS:
            raise ValidationError(_("At most %(limit)s statements are possible.") % {"limit": MOST_SEEDS})
        if len({seed.casefold() for seed in seeds}) < len(seeds):
            raise ValidationError(_("Two statements are the same."))
        long = next((seed for seed in seeds if len(seed) > LONGEST), None)
        if long:
            facts = {"limit": LONGEST, "start": long[:40]}
            raise ValidationError(_("A statement has at most %(limit)s characters; “%(start)s…” has more.") % facts)
        return seeds

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        opens, closes = data.get("opens_at"), data.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("The end must come after the start."))
        return data


def language_written() -> str:
    """The language in which somebody probably writes: that of the pages they read."""
    return get_language() or ""
