"""Observers of a poll whose ballots are sealed, and what only they may open."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from polls.models.poll import Poll


class Observer(models.Model):
    """Somebody named before the poll opens, who can count sealed ballots again. Known by a confirmed e-mail address."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="observers")
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"))

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["poll", "email"], name="observer_once")]

    def __str__(self) -> str:
        return self.name


class SealedBallots(models.Model):
    """The `ballots.csv` with every ballot that may be opened, of a poll that published their codes only."""

    poll = models.OneToOneField(Poll, on_delete=models.PROTECT, related_name="sealed_ballots")
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.poll_id}"
