"""What those who answer say while they still study: that an answer will come, and when."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Participant
from consultations.models import Consultation


class Holding(models.Model):
    """A holding statement of one consultation. The newest is in force until a summary is published; older ones stay.

    The day on which the answer is due (`Consultation.answer_due_at`) is not moved by it: both are shown.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="holdings")
    words = models.TextField(_("what you tell people"))
    answer_at = models.DateTimeField(_("you answer by"))
    said_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-said_at", "-id"]

    def __str__(self) -> str:
        return f"{self.consultation}: {self.answer_at:%Y-%m-%d}"
