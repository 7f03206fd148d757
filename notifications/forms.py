"""What people may send: how much they want by e-mail."""

from django import forms
from django.utils.translation import gettext_lazy as _

from notifications.models import Amount


class MailingForm(forms.Form):
    """One choice."""

    amount = forms.ChoiceField(
        label=_("What do you want by e-mail?"),
        choices=Amount.choices,
        widget=forms.RadioSelect,
        help_text=_("At most one e-mail a day, and none when there is nothing new."),
    )
