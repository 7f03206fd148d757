"""The public value of a lot: announced when the poll opens, known to nobody before voting has ended."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from polls.models.poll import Poll


class LotValue(models.Model):
    """What was announced, as it became known. Entered once, after the closing head was published.

    fell_back: the announced value was not published, and this is the one that was named to take its place.
    """

    poll = models.OneToOneField(Poll, on_delete=models.PROTECT, related_name="lot_value")
    value = models.CharField(_("the value"), max_length=200)
    place = models.CharField(_("where everybody can look it up"), max_length=300)
    fell_back = models.BooleanField(_("the value was not published; this is the one named to take its place"))
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.value
