"""The public value of a lot."""

from django import forms
from django.utils.translation import gettext_lazy


class LotForm(forms.Form):
    """The value as it was published, and where."""

    value = forms.CharField(
        label=gettext_lazy("The value"), max_length=200,
        help_text=gettext_lazy("Exactly as it was published: every sign counts. It cannot be changed afterwards."),
    )  # fmt: skip
    place = forms.CharField(
        label=gettext_lazy("Where everybody can look it up"), max_length=300,
        help_text=gettext_lazy("An address, a newspaper with its date, or the minutes of the drawing."),
    )  # fmt: skip
    fell_back = forms.BooleanField(
        label=gettext_lazy("The announced value was not published; this is the one named to take its place"),
        required=False,
    )
