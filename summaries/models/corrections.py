"""What is put right after the method and after publication: misread words, removed quotes, personal data."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Participant
from summaries.models.builds import Build
from summaries.models.themes import Theme


class Settlement(models.TextChoices):
    """What became of a dispute."""

    MOVED = "moved", _("put elsewhere")
    KEPT = "kept", _("stays where it is")


class Dispute(models.Model):
    """An author says that their words were misread: they stand in a theme that is not theirs, or in none."""

    build = models.ForeignKey(Build, on_delete=models.CASCADE, related_name="disputes")
    theme = models.ForeignKey(Theme, on_delete=models.SET_NULL, null=True, blank=True, related_name="disputes")
    source_key = models.CharField(max_length=40)
    person = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="disputes")
    words = models.TextField(_("what was meant"), blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    settlement = models.CharField(max_length=10, choices=Settlement.choices, blank=True)
    moved_to = models.CharField(max_length=160, blank=True)  # name of the theme; empty with "moved": in none
    reason = models.TextField(_("reason"), blank=True)
    settled_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["build", "source_key"], condition=models.Q(settled_at=None), name="disputed_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_key}: {self.settlement or '?'}"


class Cause(models.TextChoices):
    """Why words are no longer shown."""

    WITHDRAWN = "withdrawn", _("withdrawn by its author")
    HIDDEN = "hidden", _("hidden by a moderator")
    CHANGED = "changed", _("changed by its author")
    ERASED = "erased", _("its author left and took their words along")


class Revision(models.Model):
    """A note on a published summary: words of a contribution were removed since, the count stays."""

    build = models.ForeignKey(Build, on_delete=models.CASCADE, related_name="revisions")
    source_key = models.CharField(max_length=40)
    cause = models.CharField(max_length=10, choices=Cause.choices)
    noticed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["build", "source_key", "cause"], name="revised_once")]

    def __str__(self) -> str:
        return f"{self.source_key}: {self.cause}"


class Personal(models.TextChoices):
    """Kinds of personal data that the finder knows."""

    NIK = "nik", _("national identity number")
    TELEPHONE = "telephone", _("telephone number")
    EMAIL = "email", _("e-mail address")
    PLATE = "plate", _("number plate")
    ADDRESS = "address", _("home address")


class PersonalFind(models.Model):
    """Personal data in a contribution: `body[start:end]`. Masked in what is published, unless a person kept it."""

    build = models.ForeignKey(Build, on_delete=models.CASCADE, related_name="personal_finds")
    source_key = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=Personal.choices)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kept_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    kept_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["build", "source_key", "start", "end"], name="found_once")]

    def __str__(self) -> str:
        return f"{self.source_key} {self.kind}"
