"""Observers as organisers write them: one a line, a name, a comma, an e-mail address."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

MOST = 50


class ObserversField(forms.CharField):
    """Cleaned: pairs of name and e-mail address in lower case. Errors name the line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def clean(self, value: str) -> list[tuple[str, str]]:  # type: ignore[override]  # pairs, not a text
        found: dict[str, str] = {}
        lines = [line.strip() for line in super().clean(value).splitlines()]
        for number, line in enumerate(lines, 1):
            if not line:
                continue
            name, comma, email = (part.strip() for part in line.rpartition(","))
            try:
                validate_email(email)
            except ValidationError:
                comma = ""
            if not comma or not 0 < len(name) <= 120:
                text = _("Line %(number)s is not a name, a comma and an e-mail address: %(line)s")
                raise ValidationError(text % {"number": number, "line": line[:80]})
            if email.lower() in found:
                raise ValidationError(_("Line %(number)s: this address stands here twice.") % {"number": number})
            found[email.lower()] = name
        if len(found) > MOST:
            raise ValidationError(_("Name at most %(most)s observers.") % {"most": MOST})
        return [(name, email) for email, name in found.items()]
