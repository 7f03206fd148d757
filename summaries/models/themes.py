"""Themes, a draft for a person and traceable to every member; and what was decided about them: you said, we did."""

from typing import NamedTuple

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Participant
from consultations.models import Clause
from summaries.models.builds import Build


class Tally(NamedTuple):
    """Themes, those of them with a decision, and the id of the newest decision (0: none)."""

    themes: int = 0
    decided: int = 0
    newest: int = 0

    @property
    def undecided(self) -> int:
        """How many wait for a decision."""
        return self.themes - self.decided


class ThemeQuerySet(models.QuerySet["Theme"]):
    """Adjectives of themes."""

    def standing(self) -> "ThemeQuerySet":
        """Those that were not merged into another or split up."""
        return self.filter(retired_at=None)

    def tally(self) -> "Tally":
        """How many there are, how many of them are decided, and the newest decision. One query."""
        counted = self.aggregate(
            themes=models.Count("pk", distinct=True),
            decided=models.Count("decisions__theme", distinct=True),
            newest=models.Max("decisions"),
        )
        return Tally(counted["themes"], counted["decided"], counted["newest"] or 0)


class Theme(models.Model):
    """A theme of a build. `key` stays the same from build to build, `number` is its rank by size in this one.

    `contributions`, `distinct` and `contributors` are the three honest counts; `anonymous` counts contributions
    without a name, `outside_campaigns` those that belong to no campaign. `stances`, `languages` and `kinds` count
    contributions; `levels` (a Level) and `areas` (id of an area, "" for none) count contributors.
    A theme is a candidate until `reviewed_at` is set, and published with its build. `edition` is the build's when
    somebody last changed it.
    """

    build = models.ForeignKey(Build, on_delete=models.CASCADE, related_name="themes")
    key = models.SlugField(max_length=40)
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=160)
    found_label = models.CharField(max_length=160)  # what the method proposed
    renamed_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    renamed_at = models.DateTimeField(null=True, blank=True)
    description = models.TextField(blank=True)
    described_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    described_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    phrases = models.JSONField(default=list)
    contributions = models.PositiveIntegerField(default=0)
    distinct = models.PositiveIntegerField(default=0)
    contributors = models.PositiveIntegerField(default=0)
    anonymous = models.PositiveIntegerField(default=0)
    outside_campaigns = models.PositiveIntegerField(default=0)
    stances = models.JSONField(default=dict)
    languages = models.JSONField(default=dict)
    kinds = models.JSONField(default=dict)
    levels = models.JSONField(default=dict)
    areas = models.JSONField(default=dict)
    clauses = models.JSONField(default=list)  # [[id of the clause, its number and heading, contributions], …]
    minority = models.BooleanField(default=False)
    edition = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)  # merged into another; kept so that it can be undone

    objects = ThemeQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["build", "key"], name="theme_key"),
            models.UniqueConstraint(
                fields=["build", "number"], condition=models.Q(retired_at=None), name="theme_standing_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.label}"

    def get_absolute_url(self) -> str:
        return reverse("summaries:theme", args=[self.build.consultation.slug, self.build_id, self.key])

    @cached_property
    def decision(self) -> "ThemeDecision | None":
        """The decision in force: the newest. Prefetch `decisions` for lists."""
        return next(iter(self.decisions.all()), None)

    @property
    def copies(self) -> int:
        """How many of the contributions repeat another one."""
        return self.contributions - self.distinct


class Outcome(models.TextChoices):
    """What becomes of a theme."""

    ADOPTED = "adopted", _("adopted")
    PARTLY = "partly", _("partly adopted")
    NOT_ADOPTED = "not_adopted", _("not adopted")
    OUT_OF_SCOPE = "out_of_scope", _("outside this consultation")
    UNDER_STUDY = "under_study", _("under study")


class ThemeDecision(models.Model):
    """A decision about a theme with its reason. The newest one is in force; earlier ones stay readable."""

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="decisions")
    outcome = models.CharField(_("decision"), max_length=20, choices=Outcome.choices)
    reason = models.TextField(_("reason"))
    clause = models.ForeignKey(
        Clause, on_delete=models.SET_NULL, null=True, blank=True, related_name="theme_decisions",
        verbose_name=_("clause that was changed or concerned"),
    )  # fmt: skip
    decided_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-decided_at", "-id"]

    def __str__(self) -> str:
        return f"{self.theme}: {self.get_outcome_display()}"

    def says(self, person: Participant, outcome: str, reason: str, clause: Clause | None) -> bool:
        """Whether this is the very decision, in the same words of the same person."""
        mine = (self.decided_by_id, self.outcome, self.reason, self.clause_id)
        return mine == (person.pk, outcome, reason, clause.pk if clause else None)
