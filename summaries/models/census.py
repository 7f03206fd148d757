"""Who lives there: public figures by area, against which those who took part are held."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Participant
from consultations.models import Consultation


class Census(models.Model):
    """Inhabitants by area of one consultation. `rows` holds [code of the area, its name, inhabitants], …"""

    consultation = models.OneToOneField(Consultation, on_delete=models.CASCADE, related_name="census")
    rows = models.JSONField(default=list)
    source = models.CharField(_("source of the figures"), max_length=200)
    as_of = models.CharField(_("year or date of the figures"), max_length=40)
    added_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "census figures"

    def __str__(self) -> str:
        return f"{self.consultation}: {self.source}"
