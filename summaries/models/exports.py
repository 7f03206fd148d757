"""Files that leave the house: made in the background, for one person, for a day."""

import secrets
from datetime import datetime, timedelta

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Participant
from consultations.models import Consultation
from jobs.models import Job
from summaries.models.builds import Build

LASTS = timedelta(hours=24)


def make_token() -> str:
    """128 random bits, so that an address cannot be guessed."""
    return secrets.token_hex(16)


def a_day_from_now() -> datetime:
    return timezone.now() + LASTS


class Format(models.TextChoices):
    """Kinds of file; the names are those of `methods.documents`."""

    BRIEF = "brief", _("policy brief (PDF)")
    PDF = "pdf", _("full report (PDF)")
    DOCX = "docx", "DOCX (Word)"
    XLSX = "xlsx", "XLSX (Excel)"
    CSV = "csv", "CSV"
    JSON = "json", "JSON"
    PACKAGE = "package", _("open data package (ZIP)")


class ExportQuerySet(models.QuerySet["Export"]):
    """Adjectives of exports."""

    def visible_to(self, person: Participant | None) -> "ExportQuerySet":
        """One's own that have not expired. No role sees another's."""
        return self.filter(owner=person, expires_at__gt=timezone.now()) if person else self.none()

    def expired(self) -> "ExportQuerySet":
        return self.filter(expires_at__lte=timezone.now())


class Export(models.Model):
    """A summary as a file. `file` is its name in the folder of exports, empty until it is written."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="exports")
    build = models.ForeignKey(Build, on_delete=models.CASCADE, null=True, blank=True, related_name="exports")
    format = models.CharField(max_length=8, choices=Format.choices)
    language = models.CharField(max_length=5, default="id")
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, blank=True, related_name="exports")
    file = models.CharField(max_length=80, blank=True)
    size = models.PositiveBigIntegerField(default=0)  # bytes
    token = models.CharField(max_length=32, unique=True, default=make_token, editable=False)
    owner = models.ForeignKey(Participant, on_delete=models.CASCADE, null=True, blank=True, related_name="exports")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=a_day_from_now, db_index=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.consultation} ({self.format})"

    def get_absolute_url(self) -> str:
        return reverse("summaries:download", args=[self.token, self.format])

    @property
    def is_ready(self) -> bool:
        return bool(self.file)

    @property
    def extension(self) -> str:
        """What the name of the file ends with."""
        return {Format.BRIEF: "pdf", Format.PACKAGE: "zip"}.get(Format(self.format), self.format)

    @property
    def file_name(self) -> str:
        """Its name in the folder of exports, before and after it is there."""
        return f"{self.token}.{self.extension}"
