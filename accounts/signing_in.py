"""The forms of signing in: by password where somebody has one, else by a code that is e-mailed.

allauth's forms in our words; labels stand above their fields, so nothing is said twice inside them.
"""

from typing import Any

from allauth.account import forms
from django.utils.translation import gettext_lazy as _


class _Plain:
    """No words inside the fields, and one name for the address."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in ("login", "email"):
                field.label = _("E-mail address")


class LoginForm(_Plain, forms.LoginForm):
    """allauth's form with a password that may stay empty; then a code is sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].required = False
        self.fields["remember"].label = _("Keep me signed in on this device")


class SignupForm(_Plain, forms.SignupForm):
    """Address, name, a password for those who want one, and the consent last."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        password = self.fields.get("password1")
        if password:
            password.label = _("Password, if you want one")
            password.help_text = _(
                "At least 8 characters, and none that is easily guessed. "
                "Without one, a code is sent to your e-mail address each time."
            )
        self.order_fields(["email", "name", "password1", "consent"])


class AddEmailForm(_Plain, forms.AddEmailForm):
    """One more address."""


class ChangePasswordForm(_Plain, forms.ChangePasswordForm):
    """A new password, with the present one."""


class SetPasswordForm(_Plain, forms.SetPasswordForm):
    """The first password."""


class ResetPasswordForm(_Plain, forms.ResetPasswordForm):
    """The address to which the way to a new password is sent."""


class ResetPasswordKeyForm(_Plain, forms.ResetPasswordKeyForm):
    """A new password, by the link that was sent."""


class ReauthenticateForm(_Plain, forms.ReauthenticateForm):
    """The password once more."""


class RequestLoginCodeForm(_Plain, forms.RequestLoginCodeForm):
    """The address to which a code is sent."""


class ConfirmLoginCodeForm(_Plain, forms.ConfirmLoginCodeForm):
    """The code that came by e-mail, for signing in."""


class ConfirmEmailVerificationCodeForm(_Plain, forms.ConfirmEmailVerificationCodeForm):
    """The code that came by e-mail, for confirming the address."""
