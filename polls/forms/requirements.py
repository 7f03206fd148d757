"""Quorum and majority, as an organiser chooses them."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polls.models import Electorate, Poll
from polls.requirements import BASES, LABELS, MAJORITIES

MOST = 10_000_000


class RequirementFields(forms.Form):
    """The part of a poll's form that says what a result needs to hold. Valid, `requirements` is what a poll keeps."""

    quorum = forms.IntegerField(
        label=gettext_lazy("Quorum"), min_value=1, max_value=MOST, required=False,
        help_text=gettext_lazy("How many must vote so that the result holds. Empty: there is no quorum."),
    )  # fmt: skip
    quorum_of = forms.ChoiceField(
        label=gettext_lazy("The quorum is counted in"), required=False,
        choices=[
            ("roll", gettext_lazy("hundredths of the electoral roll")), ("ballots", gettext_lazy("people who vote")),
        ],
    )  # fmt: skip
    majority = forms.ChoiceField(
        label=gettext_lazy("Who wins needs"), required=False,
        choices=[("", gettext_lazy("more than any other")), *LABELS.items()],
    )  # fmt: skip
    majority_of = forms.ChoiceField(
        label=gettext_lazy("This majority is counted"), required=False, choices=list(BASES.items())
    )
    requirement_names = ("quorum", "quorum_of", "majority", "majority_of")

    def check_requirements(self, data: dict[str, Any]) -> None:
        """Refuse what counts on a roll that is not fixed, and a quorum that nobody can meet."""
        fixed = data.get("fixes_roll") or data.get("electorate") == Electorate.INVITED
        number, of = data.get("quorum"), data.get("quorum_of") or "roll"
        if number and of == "roll" and not fixed:
            self.add_error("quorum_of", _("A share of the roll needs a fixed roll: a list of invited people, or one "
                                          "that is drawn up when the poll is published."))  # fmt: skip
        if number and of == "roll" and number > 100:
            self.add_error("quorum", _("Please write from 1 to 100 hundredths of the roll."))
        if data.get("majority") and data.get("majority_of") == "roll" and not fixed:
            self.add_error("majority_of", _("A majority of the roll needs a fixed roll."))

    @property
    def requirements(self) -> dict[str, Any]:
        """As a poll and `rules.json` hold them."""
        data, found = self.cleaned_data, {}
        if data["quorum"]:
            of = data["quorum_of"] or "roll"
            found["quorum"] = {"share": f"{data['quorum']}/100" if of == "roll" else str(data["quorum"]), "of": of}
        if data["majority"]:
            share, more = MAJORITIES[data["majority"]]
            found["majority"] = {"share": share, "of": data["majority_of"] or "valid", "more": more}
        return found


def chosen(poll: Poll) -> dict[str, Any]:
    """What an organiser would choose to get the requirements of `poll`."""
    found: dict[str, Any] = {}
    quorum, majority = poll.requirements.get("quorum"), poll.requirements.get("majority")
    if quorum:
        found |= {"quorum": int(quorum["share"].split("/")[0]), "quorum_of": quorum["of"]}
    if majority:
        name = next(name for name, (share, _more) in MAJORITIES.items() if share == majority["share"])
        found |= {"majority": name, "majority_of": majority["of"]}
    return found
