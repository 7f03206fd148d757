"""Groups by which a result is shown apart, fixed when the poll opens; no finer than here."""

from collections.abc import Collection

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Area


class Breakdown(models.TextChoices):
    """What a ballot keeps of its voter, if the voter says it."""

    NONE = "", _("nothing")
    AREA = "area", _("district")
    AGE = "age", _("age group")


class AgeGroup(models.TextChoices):
    """Youth is up to 30 (UU 40/2009, article 1) and old age from 60 (UU 13/1998, article 1)."""

    YOUTH = "to-30", _("up to 30 years")
    MIDDLE = "31-44", _("31 to 44 years")
    LATER = "45-59", _("45 to 59 years")
    OLD = "from-60", _("60 years and older")


def districts(area: Area | None) -> list[list[str]]:
    """Code and name of each part of `area`, one step down in the tree; none without an area."""
    return [[part.code, part.name] for part in area.children.order_by("code")] if area else []


def district_of(area: Area | None, codes: Collection[str]) -> str:
    """Which of `codes` is `area` or holds it; "" for none. One query for each step up the tree."""
    while area is not None and area.code not in codes:
        area = area.parent
    return area.code if area else ""
