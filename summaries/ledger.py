"""The numbers of a summary, each with what it is a part of and the list that it opens; and what such a list shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.models import Clause
from summaries.models import Build, Lens, Place, Reason
from summaries.reading import kind_name, language_name, spoken, stance_label


@dataclass(frozen=True)
class Number:
    """A number that opens its list. `note` says of how many."""

    value: int
    label: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Ledger:
    """The numbers of a build, each with the list of what it counts."""

    themed: Number
    unassigned: Number
    left_out: Number
    n: int
    kinds: list[Number] = field(default_factory=list)
    reasons: list[Number] = field(default_factory=list)
    lens: list[Number] = field(default_factory=list)
    copies: Number | None = None


def read_ledger(build: Build) -> Ledger:
    """Where everything stands, in numbers that open their lists."""
    base = reverse("summaries:contributions", args=[build.consultation.slug, build.pk])
    counts = build.counts
    of_all = _("of %(n)s received") % {"n": spoken(build.count("n"))}

    def number(name: str, label: str, query: str) -> Number:
        return Number(build.count(name), label, f"{base}?{query}", of_all)

    def each(name: str, label: Any, query: str) -> list[Number]:
        found = counts.get(name, {})
        return [Number(count, str(label(value)), f"{base}?{query}={value}") for value, count in found.items()]

    rare = each("rare_stances", stance_label, "stance") + each("rare_languages", language_name, "language")
    return Ledger(
        themed=number("themed", _("in themes"), f"place={Place.THEMED}"),
        unassigned=number("unassigned", _("in no theme"), f"place={Place.UNASSIGNED}"),
        left_out=number("left_out", _("left out"), f"place={Place.LEFT_OUT}"),
        n=build.count("n"),
        kinds=each("kinds", kind_name, "kind"),
        reasons=each("reasons", lambda value: Reason(value).label, "reason"),
        lens=each("lens", lambda value: Lens(value).label, "lens") + rare,
        copies=number("copies", _("repeat another contribution"), "copies=yes") if build.count("copies") else None,
    )


def filter_words(chosen: Mapping[str, Any]) -> list[str]:
    """What a list of contributions shows, in words."""
    words: dict[str, Any] = {
        "place": lambda value: Place(value).label,
        "kind": kind_name,
        "reason": lambda value: Reason(value).label,
        "lens": lambda value: Lens(value).label,
        "stance": stance_label,
        "language": language_name,
        "copies": lambda value: _("repeat another contribution") if value == "yes" else _("distinct texts"),
        "campaigns": lambda _value: _("without campaigns"),
        "campaign": lambda _value: _("one campaign"),
        "clause": lambda value: Clause.objects.filter(pk=int(value)).first() or _("one clause"),
        "assigned": lambda value: _("put here by a person") if value == "person" else _("put here by the method"),
    }
    return [str(words[name](value)) for name, value in chosen.items() if value]
