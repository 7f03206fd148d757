"""A poll as organisers prepare it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.models import Consultation, PhaseKind
from polls.forms.observers import ObserversField
from polls.forms.requirements import RequirementFields, chosen
from polls.forms.roll import TIMES, RollFields
from polls.forms.sections import Section, sections
from polls.models import BallotMode, Breakdown, Electorate, Poll, Publication, Results, districts
from polls.rules import MAX_OPTIONS


def _moment() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format=TIMES[0])


class PollForm(RollFields, RequirementFields, forms.ModelForm):
    """What holds for a poll as a whole; its questions are forms of their own (`asking`)."""

    mode = forms.ChoiceField(
        label=gettext_lazy("Who can see the votes"),
        help_text=gettext_lazy(
            "Confidential: people change their vote as they like; until closing a key on the server could tell whose "
            "it is. Detached: from the tenth vote on nothing on the server tells any more; whoever loses the change "
            "code cannot change their vote, and false votes can be taken out only for a few minutes."
        ),
        choices=BallotMode.choices,
        widget=forms.RadioSelect,
    )
    results = forms.ChoiceField(label=gettext_lazy("Result shown"), choices=Results.choices, widget=forms.RadioSelect)
    publication = forms.ChoiceField(
        label=gettext_lazy("Ballots after closing"),
        help_text=gettext_lazy(
            "Full ballots let anybody count again. A ranking or a sheet of many answers can be recognised by somebody "
            "who told others beforehand how to fill it in, so votes could be bought; with sums only nobody can check "
            "the count from outside."
        ),
        choices=Publication.choices,
        widget=forms.RadioSelect,
        required=False,
        initial=Publication.FULL,
    )
    observers = ObserversField(
        label=gettext_lazy("Observers of sealed ballots"),
        help_text=gettext_lazy(
            "One a line: name, comma, e-mail address. Their names are published; after the count they find every "
            "ballot on the page of the ledger, signed in with this address."
        ),
        required=False,
    )
    opens_at = forms.DateTimeField(label=gettext_lazy("Opens"), input_formats=TIMES, widget=_moment())
    closes_at = forms.DateTimeField(label=gettext_lazy("Closes"), input_formats=TIMES, widget=_moment())
    objections_until = forms.DateTimeField(
        label=gettext_lazy("Objections to the roll until"), input_formats=TIMES, widget=_moment(), required=False,
        help_text=gettext_lazy("From publication on people can say that somebody is missing. A week is usual."),
    )  # fmt: skip
    field_order = ["title", "electorate", "area", "level", "fixes_roll", "objections_until"]

    breakdown = forms.ChoiceField(
        label=gettext_lazy("Kept with each ballot"),
        help_text=gettext_lazy(
            "Voters may say it, and need not. After closing the result is shown by group, where each group and all "
            "others together have ten ballots. Districts are the parts of the area of your consultation."
        ),
        choices=Breakdown.choices,
        widget=forms.RadioSelect,
        required=False,
        initial=Breakdown.NONE,
    )
    paper_until = forms.DateTimeField(
        label=gettext_lazy("Paper ballots are entered until"),
        help_text=gettext_lazy(
            "Empty: no paper. Two people type each bundle; the result waits until then, so give them a day or two "
            "after closing."
        ),
        input_formats=TIMES,
        widget=_moment(),
        required=False,
    )

    class Meta:
        model = Poll
        fields = [
            "title", "electorate", "area", "level", "fixes_roll", "objections_until", "mode", "results", "publication",
            "allows_change", "asks_remark", "opens_at", "closes_at", "paper_until",
            "has_desk", "breakdown", "lot_source", "lot_fallback",
        ]  # fmt: skip
        labels = {"title": gettext_lazy("Title, or the question")}
        help_texts = {
            "asks_remark": gettext_lazy("An optional text beside the vote. Shown publicly after review."),
            "lot_source": gettext_lazy(
                "For ties. A figure that becomes public after closing and that nobody here can choose, such as the "
                "first prize of a named lottery on a named day, or a drawing of lots before witnesses."
            ),
            "lot_fallback": gettext_lazy("If that value is not published: the next drawing, or another figure."),
            "has_desk": gettext_lazy("An organiser enters the vote of somebody who is present and asks for help."),
        }

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {**self.initial, **chosen(self.instance)}
        self.consultation = consultation

        if self.instance.pk:
            named = self.instance.observers.all()
            self.initial["observers"] = "\n".join(f"{one.name}, {one.email}" for one in named)

    def clean_publication(self) -> str:
        return self.cleaned_data["publication"] or Publication.FULL

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        self._check_dates(data)
        self._check_groups(data)
        if (data.get("publication") == Publication.SEALED) != bool(data.get("observers", ())):
            text = _("Sealed ballots need observers: name at least one.")
            other = _("Observers are named only where ballots are sealed. Choose that, or name nobody.")
            sealed = data.get("publication") == Publication.SEALED
            if "observers" not in self.errors:
                self.add_error("observers", text if sealed else other)
        if data.get("lot_source") and not data.get("lot_fallback"):
            self.add_error("lot_fallback", _("Say what takes its place if that value is not published."))
        self.check_roll(data)
        self._check_ways(data)
        self.check_requirements(data)
        return data

    def _check_dates(self, data: dict[str, Any]) -> None:
        opens, closes = data.get("opens_at"), data.get("closes_at")
        if not opens or not closes:
            return
        if closes <= opens:
            self.add_error("closes_at", _("The poll must close after it opens."))
            return
        until = data.get("paper_until")
        if until and until < closes:
            self.add_error("paper_until", _("Paper ballots are entered at least until the poll closes."))
        phases = [phase for phase in self.consultation.schedule if phase.kind == PhaseKind.OPEN]
        if not any(p.starts_at <= opens and (p.ends_at is None or closes <= p.ends_at) for p in phases):
            self.add_error("opens_at", _("The poll must lie within the time in which the consultation is open."))

    def _check_ways(self, data: dict[str, Any]) -> None:
        """Without a code nobody could tell whether somebody with a place on a fixed roll voted twice."""
        if data.get("fixes_roll") and data.get("electorate") != Electorate.INVITED:
            for name in ("paper_until", "has_desk"):
                if data.get(name):
                    self.add_error(name, _("With a fixed roll of accounts people vote on the web only. Use a list with "
                                           "codes, or do not fix the roll."))  # fmt: skip

    def _check_groups(self, data: dict[str, Any]) -> None:
        """The districts are those of now; they are frozen when the poll opens."""
        area = self.consultation.area or self.consultation.organisation.area
        data["cells"] = districts(area) if data.get("breakdown") == Breakdown.AREA else []
        if data.get("breakdown") == Breakdown.AREA and not 2 <= len(data["cells"]) <= MAX_OPTIONS:
            text = _(
                "The consultation needs an area that has from 2 to %(limit)s parts. Set it first, or keep nothing."
            )
            self.add_error("breakdown", text % {"limit": MAX_OPTIONS})

    @property
    def sections(self) -> list[Section]:
        """The fields in parts, as the page shows them."""
        return list(sections(self))

    @property
    def title(self) -> str:
        """The title that was sent."""
        return str(self.cleaned_data["title"])

    def values(self) -> dict[str, Any]:
        """What `create_poll` and `edit_poll` take beside the questions."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in self.requirement_names}
        return data | {"requirements": self.requirements}
