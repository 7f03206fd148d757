"""Builds: one reading of everything that was said in a consultation, bound to its input."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Participant, Role
from consultations.models import Consultation
from jobs.models import Job


class BuildQuerySet(models.QuerySet["Build"]):
    """Adjectives of builds."""

    def finished(self) -> "BuildQuerySet":
        return self.exclude(finished_at=None)

    def published(self) -> "BuildQuerySet":
        """What everybody may read: published summaries of published consultations."""
        now = timezone.now()
        return self.filter(published_at__lte=now, consultation__published_at__lte=now)

    def visible_to(self, person: Participant | None) -> "BuildQuerySet":
        """Published ones, and drafts of organisations in which the person is an analyst or an organiser."""
        now = timezone.now()
        public = Q(published_at__lte=now, consultation__published_at__lte=now)
        own = person.organisations_as(Role.ANALYST, Role.ORGANISER) if person else []
        seen = self.finished()
        return seen.filter(public | Q(consultation__organisation__in=own)) if own else seen.filter(public)

    def newest(self) -> "BuildQuerySet":
        return self.order_by("-created_at", "-pk")


class Build(models.Model):
    """One summary. It exists for readers once `finished_at` is set; it is public once `published_at` is.

    `counts` holds the ledger: n, themed, unassigned, left_out (these three add up to n), copies, distinct,
    contributors, anonymous, kinds, reasons, stances, languages, and what is rare. `versions` names method and
    libraries. `edition` grows with each edit and each undoing.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="builds")
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, blank=True, related_name="builds")
    input_hash = models.CharField(max_length=64, blank=True)
    settings = models.JSONField(default=dict)
    versions = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    edition = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = BuildQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation"], condition=Q(finished_at=None), name="summary_built_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(finished_at__isnull=False), name="summary_finished_before_published"
            ),
        ]
        indexes = [models.Index(fields=["consultation", "-created_at"], name="summary_newest")]

    def __str__(self) -> str:
        return f"{self.consultation} #{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("summaries:build", args=[self.consultation.slug, self.pk])

    @property
    def topic(self) -> str:
        """What those hear who may build the summary."""
        return f"summary.{self.consultation_id}"

    @property
    def is_published(self) -> bool:
        return self.published_at is not None and self.published_at <= timezone.now()

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was said."""
        return not self.count("n")

    def count(self, name: str) -> int:
        """A number of the ledger; 0 where it was not counted."""
        value: Any = self.counts.get(name, 0)
        return int(value)
