"""The parts in which the page for preparing a poll shows its fields: what every poll needs, then what few need."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy

PARTS = [
    ("dates", gettext_lazy("When"), ("opens_at", "closes_at"), False),
    ("electorate", gettext_lazy("Who may vote"),
     ("electorate", "area", "level", "fixes_roll", "objections_until"), False),
    ("secrecy", gettext_lazy("What is seen of votes"), ("mode", "results", "allows_change", "asks_remark"), False),
    ("publication", gettext_lazy("Ballots after closing"), ("publication", "observers"), True),
    ("requirements", gettext_lazy("What a result needs to hold"),
     ("quorum", "quorum_of", "majority", "majority_of"), True),
    ("channels", gettext_lazy("Paper, and help at a desk"), ("paper_until", "has_desk"), True),
    ("groups", gettext_lazy("Results by group"), ("breakdown",), True),
    ("lot", gettext_lazy("Ties by lot"), ("lot_source", "lot_fallback"), True),
]  # fmt: skip


@dataclass(frozen=True)
class Section:
    """A part with its fields. folded: closed until somebody opens it, unless something in it is set or wrong."""

    key: str
    title: str
    fields: list[forms.BoundField]
    folded: bool

    @property
    def open(self) -> bool:
        """Whether a folded part is shown open."""
        return any(field.errors or _is_set(field) for field in self.fields)


def sections(form: forms.BaseForm) -> Iterator[Section]:
    """The parts of `form`, without those of which it has no field."""
    for key, title, names, folded in PARTS:
        fields = [form[name] for name in names if name in form.fields]
        if fields:
            yield Section(key, str(title), fields, folded)


def _is_set(field: forms.BoundField) -> bool:
    """Whether something else stands in the field than in a new form."""
    value, usual = field.value(), field.field.initial
    return value not in (None, "", False, usual) and str(value) != str(usual)
