"""Which contributions of a summary a list shows. Explicit fields only; a value that is none is refused, not guessed."""

from decimal import Decimal

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet

from consultations.models import Stance
from summaries.clauses import said_about
from summaries.models import Campaign, Citation, Kind, Lens, Place, Reason
from summaries.outside import outside


class CitationFilter(django_filters.FilterSet):
    """By place, kind, reason, stance, language, campaign, what it is beside the themes, whether it repeats another."""

    place = django_filters.ChoiceFilter(choices=Place.choices)
    kind = django_filters.ChoiceFilter(choices=Kind.choices, method="read_of_kind")
    reason = django_filters.ChoiceFilter(choices=Reason.choices)
    lens = django_filters.ChoiceFilter(choices=Lens.choices)
    stance = django_filters.ChoiceFilter(choices=Stance.choices)
    language = django_filters.CharFilter(max_length=8)
    copies = django_filters.ChoiceFilter(choices=[("yes", "yes"), ("no", "no")], method="repeated")
    campaigns = django_filters.ChoiceFilter(choices=[("without", "without")], method="outside_campaigns")
    assigned = django_filters.ChoiceFilter(choices=[("person", "person"), ("method", "method")], method="put_by")
    campaign = django_filters.NumberFilter(method="of_campaign")
    clause = django_filters.NumberFilter(method="about_clause", min_value=1, max_value=2**31)

    class Meta:
        model = Citation
        fields: list[str] = []

    def read_of_kind(self, rows: QuerySet[Citation], name: str, value: str) -> QuerySet[Citation]:
        """Those of a kind that were read: the number beside it counts nothing else."""
        return rows.filter(kind=value).exclude(place=Place.LEFT_OUT)

    def repeated(self, rows: QuerySet[Citation], name: str, value: str) -> QuerySet[Citation]:
        """Those that repeat another one, or those that were read and repeat none."""
        return rows.exclude(copy_of="") if value == "yes" else rows.filter(copy_of="").exclude(place=Place.LEFT_OUT)

    def outside_campaigns(self, rows: QuerySet[Citation], name: str, value: str) -> QuerySet[Citation]:
        return outside(rows)

    def put_by(self, rows: QuerySet[Citation], name: str, value: str) -> QuerySet[Citation]:
        """Those that a person put where they stand, or the method."""
        return rows.filter(assigned_at__isnull=value == "method")

    def about_clause(self, rows: QuerySet[Citation], name: str, value: Decimal) -> QuerySet[Citation]:
        """Comments about a clause, on all its versions."""
        return said_about(rows, int(value))

    def of_campaign(self, rows: QuerySet[Citation], name: str, value: Decimal) -> QuerySet[Citation]:
        """The repeated text and its repetitions."""
        same = Q(original=OuterRef("source_key")) | Q(original=OuterRef("copy_of"))
        return rows.filter(Exists(Campaign.objects.filter(same, build=OuterRef("build"), pk=int(value))))
