"""How the list of consultations is narrowed and ordered. Explicit fields, an allow-list of orders."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.db.models import F, Min, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.models import Consultation, ConsultationQuerySet, PhaseKind, Tag, normalise_tag

ORDERS = [("closing", _("what closes soonest")), ("newest", _("newest first")), ("title", _("by title"))]


class ConsultationFilter(django_filters.FilterSet):
    """Phase, area, organisation, tag, words; unknown values narrow nothing and are said to be wrong."""

    q = django_filters.CharFilter(label=_("Words"), method="with_words", max_length=100)
    phase = django_filters.ChoiceFilter(
        label=_("Phase"), choices=PhaseKind.choices, method="in_phase", empty_label=_("every phase")
    )
    area = django_filters.ChoiceFilter(label=_("Area"), field_name="area__code", empty_label=_("everywhere"))
    organisation = django_filters.ChoiceFilter(
        label=_("Organisation"), field_name="organisation__slug", empty_label=_("every organisation")
    )
    tag = django_filters.CharFilter(label=_("Tag"), method="with_tag", max_length=100, widget=forms.HiddenInput)
    order = django_filters.ChoiceFilter(
        label=_("Order"), choices=ORDERS, method="in_order", empty_label=None, initial="closing"
    )

    class Meta:
        model = Consultation
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offers the areas and organisations of published consultations, read together."""
        super().__init__(*args, **kwargs)
        rows = Consultation.objects.published().order_by()
        columns = ("organisation__slug", "organisation__name", "area__code", "area__name")
        found = list(rows.values_list(*columns).distinct())
        self.filters["organisation"].extra["choices"] = _choices(row[:2] for row in found)
        self.filters["area"].extra["choices"] = _choices(row[2:] for row in found if row[2])

    def with_words(self, rows: ConsultationQuerySet, name: str, value: str) -> ConsultationQuerySet:
        for word in value.split()[:8]:
            rows = rows.filter(
                Q(title__icontains=word) | Q(question__icontains=word) | Q(decided__icontains=word)
                | Q(changeable__icontains=word)
            )  # fmt: skip
        return rows

    def in_phase(self, rows: ConsultationQuerySet, name: str, value: str) -> ConsultationQuerySet:
        return rows.in_phase(value)

    def with_tag(self, rows: ConsultationQuerySet, name: str, value: str) -> ConsultationQuerySet:
        return rows.filter(tag_items__tag__slug=normalise_tag(value))

    def in_order(self, rows: ConsultationQuerySet, name: str, value: str) -> ConsultationQuerySet:
        if value == "newest":
            return rows.order_by("-published_at", "-id")
        if value == "title":
            return rows.order_by("title", "id")
        return by_closing(rows)


def _choices(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Each pair of key and name once, in the order of names."""
    return sorted(set(pairs), key=lambda pair: (pair[1].casefold(), pair[0]))


def by_closing(rows: ConsultationQuerySet) -> ConsultationQuerySet:
    """Open ones first, what closes soonest on top; then the others, newest first."""
    now = timezone.now()
    open_now = Q(phases__kind=PhaseKind.OPEN, phases__starts_at__lte=now, phases__ends_at__gt=now)
    closing = F("closing").asc(nulls_last=True)
    return rows.annotate(closing=Min("phases__ends_at", filter=open_now)).order_by(closing, "-published_at", "-id")


def chosen_tag(value: str) -> Tag | None:
    """The tag whose key `value` is."""
    return Tag.objects.filter(slug=normalise_tag(value)).first() if value else None
