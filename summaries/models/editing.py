"""What people do to a draft of the method: every edit with who and when, what they pinned, and campaigns beside it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Participant
from consultations.models import Consultation
from summaries.models.builds import Build


class Verb(models.TextChoices):
    """What was done to a theme or to contributions."""

    RENAME = "rename", _("renamed")
    DESCRIBE = "describe", _("described")
    MERGE = "merge", _("merged")
    SPLIT = "split", _("split")
    MOVE = "move", _("moved")
    REVIEW = "review", _("reviewed")
    REOPEN = "reopen", _("opened again for review")


class Edit(models.Model):
    """One edit of a build, newest first. `facts` holds the keys of the themes concerned and all that undoing needs.

    An edit is undone once, by a later act of a person, and stays in the history. `edition` is the build's with it.
    """

    build = models.ForeignKey(Build, on_delete=models.CASCADE, related_name="edits")
    verb = models.CharField(max_length=10, choices=Verb.choices)
    edition = models.PositiveIntegerField(default=0)
    facts = models.JSONField(default=dict)
    person = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["build", "-id"], name="edit_newest")]

    def __str__(self) -> str:
        return f"{self.build} {self.verb}"


class Pin(models.Model):
    """Where a person put a contribution: in every later build it stands in the themes of its pins and in no other.

    An empty `theme_key` keeps it out of all themes.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="pins")
    source_key = models.CharField(max_length=40)
    theme_key = models.CharField(max_length=40, blank=True)
    person = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["consultation", "source_key", "theme_key"], name="pinned_once")]

    def __str__(self) -> str:
        return f"{self.source_key} → {self.theme_key}"


class Campaign(models.Model):
    """Contributions that repeat one text, counted three ways; labelled, never hidden and never weighed down.

    `original` is the key of the repeated text; `levels` counts contributors by their Level.
    """

    build = models.ForeignKey(Build, on_delete=models.CASCADE, related_name="campaigns")
    original = models.CharField(max_length=40)
    contributions = models.PositiveIntegerField()
    distinct = models.PositiveIntegerField()
    contributors = models.PositiveIntegerField()
    anonymous = models.PositiveIntegerField(default=0)
    levels = models.JSONField(default=dict)

    class Meta:
        ordering = ["-contributions", "original"]
        constraints = [models.UniqueConstraint(fields=["build", "original"], name="campaign_once")]

    def __str__(self) -> str:
        return f"{self.original} × {self.contributions}"
