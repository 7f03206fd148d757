"""The public ledger of a poll: one row for each line of its chain, and the files that are published when it is counted.

No row has a time: beside the server's log it would name voters.
"""

from django.db import models

from polls.models.poll import Poll


class LedgerEntry(models.Model):
    """One line of the chain, word for word. `number` counts from 1; `hash` is the head of a chain that ends with it."""

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="ledger")
    number = models.PositiveIntegerField()
    line = models.TextField()
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["poll", "number"], name="ledger_number")]

    def __str__(self) -> str:
        return f"{self.poll_id}/{self.number}: {self.hash[:16]}"


class PackageFile(models.Model):
    """One of the five files with which anybody counts a closed poll again."""

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="package")
    name = models.CharField(max_length=20)
    content = models.BinaryField()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["poll", "name"], name="package_file_name")]

    def __str__(self) -> str:
        return f"{self.poll_id}/{self.name}"
