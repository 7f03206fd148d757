"""How well the method did: a sample of each theme and of what is in none, read blind by two people."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Participant
from summaries.models.builds import Build
from summaries.models.themes import Theme


class Verdict(models.TextChoices):
    """What a reviewer says of a contribution and the place where it stands."""

    RIGHT = "right", _("stands in the right place")
    WRONG = "wrong", _("belongs elsewhere")
    UNSURE = "unsure", _("cannot tell")


class Audit(models.Model):
    """A sample of a build, drawn once by `seed`. The newest one counts; themes edited since are said to be."""

    build = models.ForeignKey(Build, on_delete=models.CASCADE, related_name="audits")
    seed = models.PositiveIntegerField()
    drawn_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    drawn_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.build}: {self.seed}"


class AuditItem(models.Model):
    """A contribution to be read. `theme` is its stratum; None: it stood in no theme. `size` is the stratum's."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="items")
    theme = models.ForeignKey(Theme, on_delete=models.SET_NULL, null=True, blank=True, related_name="audit_items")
    stratum = models.CharField(max_length=40, blank=True)  # key of the theme; empty for what is in none
    size = models.PositiveIntegerField()
    source_key = models.CharField(max_length=40)
    position = models.PositiveIntegerField()  # the order of reading, which tells nothing of the stratum

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["audit", "stratum", "source_key"], name="audited_once")]

    def __str__(self) -> str:
        return f"{self.source_key} ({self.stratum})"


class AuditReading(models.Model):
    """What one reviewer said of one item, without seeing what the other said."""

    item = models.ForeignKey(AuditItem, on_delete=models.CASCADE, related_name="readings")
    reviewer = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["item", "reviewer"], name="read_once")]

    def __str__(self) -> str:
        return f"{self.item}: {self.verdict}"
