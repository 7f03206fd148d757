"""What the two people send who set votes aside: which votes and why, and the decision."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polls.actions.bursts import Burst
from polls.models import Poll

REASON = 600  # signs


class AsideForm(forms.Form):
    """Either a burst or, where codes were given out, a place on the list; and the reason, which everybody reads."""

    burst = forms.ChoiceField(label=gettext_lazy("The burst that begins"), required=False)
    place = forms.IntegerField(
        label=gettext_lazy("Number of the place on the list"), min_value=1, max_value=99_999, required=False,
        help_text=gettext_lazy("Of somebody who holds the slip and says that its code was used by somebody else."),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Why these votes should not count"), max_length=REASON, min_length=20,
        help_text=gettext_lazy("Everybody reads this. Name nobody."), widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, poll: Poll, bursts: list[Burst], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["burst"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("none")), *((one.key, one.name) for one in bursts)]
        if not poll.is_invited:
            del self.fields["place"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and bool(data.get("burst")) == bool(data.get("place")):
            both = _("Choose either a burst or a place on the list, and propose them one by one.")
            self.add_error("burst", both if data.get("place") else _("Choose which votes you mean."))
        return data

    def values(self) -> dict[str, Any]:
        """What `propose_aside` takes beside poll and person."""
        burst, place = self.cleaned_data.get("burst"), self.cleaned_data.get("place")
        return {"reason": self.cleaned_data["reason"], "burst": int(burst) if burst else None, "place": place or 0}


class AsideDecisionForm(forms.Form):
    """Whether the votes are set aside, and why; everybody reads it."""

    accept = forms.ChoiceField(
        label=gettext_lazy("Your decision"),
        choices=[("yes", gettext_lazy("Set these votes aside")), ("no", gettext_lazy("Let these votes count"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=gettext_lazy("Why"), max_length=REASON, min_length=10,
        help_text=gettext_lazy("Everybody reads this. Name nobody."), widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def values(self) -> dict[str, Any]:
        """What `decide_aside` takes beside proposal and person."""
        return {"accept": self.cleaned_data["accept"] == "yes", "answer": self.cleaned_data["answer"]}
