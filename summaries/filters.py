"""Which contributions of a summary a list shows. Explicit fields only; a value that is none is refused, not guessed."""

import django_filters
from django.db.models import QuerySet

from consultations.models import Stance
from summaries.models import Citation, Kind, Lens, Place, Reason


class CitationFilter(django_filters.FilterSet):
    """By place, kind, reason, stance, language, what it is beside the themes, and whether it repeats another."""

    place = django_filters.ChoiceFilter(choices=Place.choices)
    kind = django_filters.ChoiceFilter(choices=Kind.choices, method="read_of_kind")
    reason = django_filters.ChoiceFilter(choices=Reason.choices)
    lens = django_filters.ChoiceFilter(choices=Lens.choices)
    stance = django_filters.ChoiceFilter(choices=Stance.choices)
    language = django_filters.CharFilter(max_length=8)
    copies = django_filters.ChoiceFilter(choices=[("yes", "yes")], method="repeated")

    class Meta:
        model = Citation
        fields: list[str] = []

    def read_of_kind(self, rows: QuerySet[Citation], name: str, value: str) -> QuerySet[Citation]:
        """Those of a kind that were read: the number beside it counts nothing else."""
        return rows.filter(kind=value).exclude(place=Place.LEFT_OUT)

    def repeated(self, rows: QuerySet[Citation], name: str, value: str) -> QuerySet[Citation]:
        return rows.exclude(copy_of="")
