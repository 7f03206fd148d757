"""Corrections: words that were put right after a poll opened, for everybody to read. What counts never changes."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from polls.models.poll import Poll


class Correction(models.Model):
    """What stood there, what stands there now, and why."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="corrections")
    before = models.CharField(max_length=600)
    after = models.CharField(_("correct wording"), max_length=600)
    note = models.CharField(_("why it is corrected"), max_length=300)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return self.note
