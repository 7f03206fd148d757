"""The form that signs people in: by password where somebody has one, else by a code that is e-mailed."""

from typing import Any

from allauth.account import forms
from django.utils.translation import gettext_lazy as _


class LoginForm(forms.LoginForm):
    """allauth's form with a password that may stay empty; then a code is sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        password = self.fields["password"]
        password.required = False
        password.help_text = _("Leave it empty to get a code by e-mail, also when you have forgotten it.")
        del password.widget.attrs["placeholder"]
