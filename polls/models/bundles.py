"""Bundles of paper ballots while two people type them. Once a bundle is in the boxes its sheets are deleted."""

from django.db import models
from django.db.models import F, Q

from accounts.models import Participant
from polls.models.poll import Poll


class Bundle(models.Model):
    """A pile of sheets that belongs together. `number` stands on its cover; `size`: how many sheets, by the count of
    whoever types first.
    """

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="bundles")
    number = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    entered_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="entered_bundles")
    checked_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="checked_bundles")
    strips = models.PositiveIntegerField(default=0)  # codes torn off its sheets and used up; which ones is not kept
    put_in_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "number"], name="bundle_number"),
            models.CheckConstraint(
                condition=Q(entered_by=None) | Q(checked_by=None) | ~Q(entered_by=F("checked_by")),
                name="bundle_needs_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.poll_id}: {self.number}"


class Sheet(models.Model):
    """One paper as the first and the second person read it: canonical papers by question key, and the group that was
    said under "cell". None while it is not typed."""

    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="sheets")
    number = models.PositiveIntegerField()
    first = models.JSONField()
    second = models.JSONField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["bundle", "number"], name="sheet_number")]

    def __str__(self) -> str:
        return f"{self.bundle_id}/{self.number}"
