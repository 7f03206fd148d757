"""How the list of polls is narrowed: by state and by consultation, and by nothing else."""

from typing import Any

import django_filters
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import Participant
from consultations.models import Consultation
from polls.models import Poll, PollQuerySet


class PollFilter(django_filters.FilterSet):
    """`state` (open or closed) and `consultation` (its short name)."""

    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[("open", _("Open")), ("closed", _("Closed"))],
        method="in_state",
        empty_label=_("All"),
    )
    consultation = django_filters.ModelChoiceFilter(
        label=_("Consultation"), queryset=Consultation.objects.none(), to_field_name="slug", empty_label=_("All")
    )

    class Meta:
        model = Poll
        fields = ["state", "consultation"]

    def __init__(self, data: QueryDict, *, queryset: PollQuerySet, person: Participant | None, **kwargs: Any) -> None:
        super().__init__(data, queryset=queryset, **kwargs)
        seen = Consultation.objects.visible_to(person)
        self.filters["consultation"].queryset = seen.filter(polls__isnull=False).distinct()

    def in_state(self, queryset: PollQuerySet, name: str, value: str) -> PollQuerySet:
        return queryset.open() if value == "open" else queryset.closed()
