"""The numbers of themes without campaigns: the same counts, of contributions that repeat no campaign's text.

Refuses to change what is kept: campaigns are labelled and shown, and left away only where a reader asks for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from summaries.models import Build, Campaign, Citation, Place


@dataclass(frozen=True)
class Numbers:
    """The counts of a theme as they are read. A `Theme` has them too, with campaigns."""

    contributions: int = 0
    distinct: int = 0
    contributors: int = 0
    anonymous: int = 0
    stances: Mapping[str, int] = field(default_factory=dict)

    @property
    def copies(self) -> int:
        """How many of the contributions repeat another one."""
        return self.contributions - self.distinct


def outside(rows: QuerySet[Citation]) -> QuerySet[Citation]:
    """Those of `rows` that belong to no campaign of their build."""
    same = Q(original=OuterRef("source_key")) | Q(original=OuterRef("copy_of"))
    return rows.exclude(Exists(Campaign.objects.filter(same, build=OuterRef("build"))))


def numbers_outside(build: Build) -> dict[int, Numbers]:
    """The counts of each theme of `build` without campaigns, by id. Themes that are campaigns alone are missing.

    Two queries, however many themes there are.
    """
    rows = outside(Citation.objects.filter(build=build, place=Place.THEMED))
    stances: dict[int, dict[str, int]] = {}
    for theme, stance, count in rows.exclude(stance="").values_list("theme", "stance").annotate(count=Count("pk")):
        stances.setdefault(theme, {})[stance] = count
    counted = rows.order_by().values_list("theme").annotate(
        contributions=Count("pk"),
        distinct=Count("pk", filter=Q(copy_of="")),
        contributors=Count("person", distinct=True),
        anonymous=Count("pk", filter=Q(person=None)),
    )  # fmt: skip
    return {
        theme: Numbers(contributions, distinct, contributors, anonymous, stances.get(theme, {}))
        for theme, contributions, distinct, contributors, anonymous in counted
    }
