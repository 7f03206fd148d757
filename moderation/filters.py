"""Which cases a moderator wants to see. Explicit fields only."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from moderation.models import Case, FlagReason
from moderation.models.cases import CaseQuerySet
from moderation.models.items import kinds_of_text

HELD = "held"


def _kinds() -> list[tuple[str, str]]:
    return [(str(model._meta.model_name), str(model._meta.verbose_name)) for model in kinds_of_text()]


class QueueFilter(django_filters.FilterSet):
    """By why a text is in the queue, and by what kind of text it is."""

    why = django_filters.ChoiceFilter(
        label=_("why"),
        choices=[(HELD, _("waits for publication")), *FlagReason.choices],
        empty_label=_("all reasons"),
        method="filter_why",
    )
    kind = django_filters.ChoiceFilter(
        label=_("kind of text"), choices=_kinds, empty_label=_("all kinds"), field_name="content_type__model"
    )

    class Meta:
        model = Case
        fields: list[str] = []

    def filter_why(self, cases: CaseQuerySet, name: str, value: Any) -> CaseQuerySet:
        return cases.filter(held=True) if value == HELD else cases.filter(flags__reason=value).distinct()
