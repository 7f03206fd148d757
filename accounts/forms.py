"""What people may say about themselves."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.actions import change_profile, give_consent, person_of
from accounts.models import Area, Participant, User
from accounts.names import clean_name


class NameField(forms.CharField):
    """A name that deceives nobody: normalised, without invisible or direction-changing characters."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=60, **options)

    def clean(self, value: Any) -> str:
        return clean_name(super().clean(value))


class SignupForm(forms.Form):
    """Asked beside the e-mail address when an account is made."""

    field_order = ["email", "name", "consent"]

    name = NameField(
        label=_("Name shown beside what you write"),
        help_text=_("Your own name or a pen name. Everybody can read it."),
    )
    consent = forms.BooleanField(
        label=_("I have read the privacy notice and agree that Rembuk keeps what I send for these purposes."),
    )

    def signup(self, request: Any, user: User) -> None:
        person, _made = person_of(user=user)
        change_profile(person=person, name=self.cleaned_data["name"])
        give_consent(person=person)


class ProfileForm(forms.Form):
    """Name, language and area of somebody signed in."""

    name = NameField(label=_("Name shown beside what you write"))
    language = forms.ChoiceField(label=_("Language of the site"), choices=settings.LANGUAGES)
    area = forms.ModelChoiceField(
        label=_("Where you live"),
        queryset=Area.objects.order_by("name"),
        required=False,
        help_text=_(
            "Used to show consultations near you, to count areas in summaries, and to say whether you may vote in "
            "polls of one area."
        ),
    )

    @classmethod
    def of(cls, person: Participant) -> "ProfileForm":
        language = person.user.language if person.user else ""
        return cls(initial={"name": person.name, "language": language, "area": person.area})


class ErasureForm(forms.Form):
    """Deleting an account asks for one word, so that it does not happen by a slip of the thumb."""

    word = forms.CharField(label=_("Type DELETE to confirm"), max_length=20)

    def clean_word(self) -> str:
        word = self.cleaned_data["word"].strip().upper()
        if word not in {"DELETE", "HAPUS"}:
            raise forms.ValidationError(_("Type the word DELETE. Nothing has been deleted yet."))
        return word
