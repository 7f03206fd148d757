"""A correction of the words of an open poll."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polls.actions import wordings
from polls.models import Poll


class CorrectionForm(forms.Form):
    """Which words, how they should be, and why; the note is public."""

    place = forms.ChoiceField(label=gettext_lazy("Words that are wrong"))
    text = forms.CharField(label=gettext_lazy("How they should be"), max_length=600)
    note = forms.CharField(
        label=gettext_lazy("Why they are corrected"), max_length=300,
        help_text=gettext_lazy("Everybody reads this on the page of the poll."),
    )  # fmt: skip

    def __init__(self, poll: Poll, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = wordings(poll)
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(place, words[:90]) for place, words in self.words.items()]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        place, text = data.get("place", ""), data.get("text", "")
        longest = 600 if place.endswith("-help") else 200 if "-" in place else 240
        if len(text) > longest:
            self.add_error("text", _("Please write at most %(limit)s signs.") % {"limit": longest})
        if text and text == self.words.get(place):
            self.add_error("text", _("These are the words that stand there already."))
        return data
