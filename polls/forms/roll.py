"""Who may vote, as an organiser chooses it; the list of those invited; and the code that somebody types."""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Area, Level
from polls.models import Elector, Electorate, Poll

APART, QUOTES = " ,;|", " \"'"
HEAD = re.compile(r"[^@]*[,;|\t]\s*\"?(?:e-?mail|surel)\"?\s*", re.IGNORECASE)
TIMES = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]
MAX_BYTES = 2_000_000
TOLD = 10  # wrong lines that are named at once


class RollFields(forms.Form):
    """The part of a poll's form that says who may vote. `for_kinds` tells the page which fields an electorate needs."""

    electorate = forms.ChoiceField(
        label=gettext_lazy("They are"), choices=Electorate.choices, initial=Electorate.EVERYONE, required=False
    )
    area = forms.ModelChoiceField(
        label=gettext_lazy("The area"), queryset=Area.objects.order_by("name"), required=False,
        help_text=gettext_lazy("Also what lies in it. People say themselves in their profile where they live."),
    )  # fmt: skip
    fixes_roll = forms.BooleanField(
        label=gettext_lazy("Draw up the roll when the poll is published"), required=False,
        help_text=gettext_lazy(
            "Then it is known how many may vote, and who has an account later does not. Without it, whoever fulfils "
            "the conditions while the poll is open may vote. A list of invited people is always such a roll."
        ),
    )  # fmt: skip
    for_kinds = {"area": "area", "level": "everyone area", "fixes_roll": "everyone area"}

    def check_roll(self, data: dict[str, Any]) -> None:
        """Put right what follows from the electorate, and say what does not fit."""
        data["electorate"] = data.get("electorate") or Electorate.EVERYONE
        if data["electorate"] != Electorate.AREA:
            data["area"] = None
        elif not data.get("area") and "area" not in self.errors:
            self.add_error("area", _("Please choose the area."))
        if data["electorate"] == Electorate.INVITED:
            data["level"], data["fixes_roll"] = Level.INVITED, False
        fixed = data["fixes_roll"] or data["electorate"] == Electorate.INVITED
        until, opens = data.get("objections_until"), data.get("opens_at")
        if not fixed:
            data["objections_until"] = None
        elif until and opens and until > opens:
            self.add_error("objections_until", _("Objections must end before the poll opens: then the roll is fixed."))


@dataclass(frozen=True)
class Wrong:
    """What is wrong with a line of a list."""

    line: int
    reason: str

    def __str__(self) -> str:
        return _("Line %(line)s: %(reason)s") % {"line": self.line, "reason": self.reason}


class ElectorsForm(forms.Form):
    """A list of people, pasted or uploaded. Valid, it has `electors`; wrong, what was uploaded stands in the field."""

    lines = forms.CharField(
        label=gettext_lazy("People, one per line"), required=False, strip=False, max_length=MAX_BYTES,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
        help_text=gettext_lazy(
            "A name or the number of a household, and after it an e-mail address if reminders shall go there: "
            "“House 12, Sari | sari@example.org”."
        ),
    )  # fmt: skip
    file = forms.FileField(
        label=gettext_lazy("Or a file (CSV or text)"), required=False, allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
    )  # fmt: skip

    def __init__(self, poll: Poll, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.poll = poll
        self.electors: list[Elector] = []

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        text = _without_head(data.get("lines") or "")
        if data.get("file"):
            text = "\n".join(part for part in (text, _without_head(self._uploaded(data["file"]))) if part.strip())
            self.data = {**self.data, "lines": text}
        if not text.strip() and not self.errors:
            self.add_error("lines", _("Please paste people or choose a file."))
        if not self.errors:
            self._read(text)
        return data

    def _uploaded(self, file: Any) -> str:
        if file.size > MAX_BYTES:
            self.add_error("file", _("The file is larger than 2 MB."))
            return ""
        try:
            text: str = file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            self.add_error("file", _("This is not a text file in UTF-8. Please save the table as “CSV UTF-8”."))
            return ""
        return text.replace("\0", "")

    def _read(self, text: str) -> None:
        known = {label.casefold(): 0 for label in self.poll.electors.values_list("label", flat=True) if label}
        wrong: list[Wrong] = []
        for number, line in enumerate(text.splitlines(), 1):
            if not line.strip(" \t,;|"):
                continue
            elector = read_line(line)
            reason = _problem(elector, known)
            if reason:
                wrong.append(Wrong(number, reason))
            known.setdefault(elector.label.casefold(), number)
            self.electors.append(elector)
        for one in wrong[:TOLD]:
            self.add_error("lines", str(one))
        if len(wrong) > TOLD:
            self.add_error("lines", _("And %(count)s more lines are wrong.") % {"count": len(wrong) - TOLD})
        if not wrong and not self.electors:
            self.add_error("lines", _("Please paste people or choose a file."))


def _without_head(text: str) -> str:
    """A table without its first line where that names the columns: its last word is "email", "e-mail" or "surel"."""
    first, _end, rest = text.partition("\n")
    return rest if len(first) < 200 and HEAD.fullmatch(first) else text


def read_line(line: str) -> Elector:
    """The place that a line asks for: its label, and the e-mail address that stands last.

    >>> read_line('"House 12, Sari",sari@example.org').label
    'House 12, Sari'
    """
    tidy = " ".join(line.split()).strip(APART)
    last = tidy[max(tidy.rfind(sign) for sign in APART) + 1 :]
    if "@" not in last:
        return Elector(label=tidy.strip(QUOTES))
    return Elector(label=tidy[: len(tidy) - len(last)].strip(APART + QUOTES), email=last.strip("\"'<>").lower())


def _problem(elector: Elector, known: dict[str, int]) -> str:
    """Why a line cannot be taken; "" when it can. known: labels so far with their lines, 0 for those on the roll."""
    if not elector.label:
        return _("a name or number is missing.")
    if len(elector.label) > 120:
        return _("a name has at most 120 signs.")
    if elector.email:
        try:
            MaxLengthValidator(254)(elector.email)
            validate_email(elector.email)
        except ValidationError:
            return _("this is no e-mail address: %(email)s.") % {"email": elector.email[:80]}
    before = known.get(elector.label.casefold())
    if before is None:
        return ""
    if before == 0:
        return _("“%(label)s” is on the roll already.") % {"label": elector.label}
    text = _("“%(label)s” stands in line %(before)s already. Add what tells them apart.")
    return text % {"label": elector.label, "before": before}


class CodeForm(forms.Form):
    """The code of an invitation as somebody types it; codes themselves are read by `find_elector`."""

    code = forms.CharField(
        label=gettext_lazy("Code"), max_length=80,
        widget=forms.TextInput(attrs={
            "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "inputmode": "text",
        }),
        help_text=gettext_lazy("16 letters and digits. Capitals, spaces and dashes do not matter."),
    )  # fmt: skip


class ObjectionForm(forms.Form):
    """What is wrong with a roll; the code of an invitation for those who have no account."""

    text = forms.CharField(
        label=gettext_lazy("What is wrong with the roll?"), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "data-autosize": ""}),
        help_text=gettext_lazy("Who is missing, or is on it wrongly? Only the organisers read this; it is deleted when "
                               "the poll has closed."),
    )  # fmt: skip
    code = forms.CharField(
        label=gettext_lazy("Your code, if you have no account"), max_length=80, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("It is only looked at, not used up."),
    )  # fmt: skip
    prefix = "objection"


class AnswerForm(forms.Form):
    """An organiser's answer to an objection."""

    accepted = forms.ChoiceField(
        label=gettext_lazy("Answer"),
        choices=[("yes", gettext_lazy("accepted")), ("no", gettext_lazy("refused"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=600, help_text=gettext_lazy("Whoever objected reads it.")
    )


class ReminderForm(forms.Form):
    """When those who have not voted are reminded."""

    due_at = forms.DateTimeField(
        label=gettext_lazy("When"), required=False, input_formats=TIMES,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=TIMES[0]),
        help_text=gettext_lazy("Empty: now."),
    )  # fmt: skip
    prefix = "reminder"
