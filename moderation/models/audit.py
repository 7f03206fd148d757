"""The audit: an append-only chain of what moderators and officials did."""

from django.db import models
from django.utils import timezone


class AuditEntry(models.Model):
    """One act; `hash` covers the act and the hash before it. Database triggers refuse UPDATE and DELETE."""

    at = models.DateTimeField(default=timezone.now)
    verb = models.CharField(max_length=60)
    actor = models.CharField(max_length=64)  # the participant's key, which stays when the person is erased
    target = models.CharField(max_length=120)
    facts = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.verb} {self.target}"


class AuditHead(models.Model):
    """One row with the newest hash and the length of the chain. Whoever appends locks it, so the chain never forks."""

    hash = models.CharField(max_length=64, blank=True)
    length = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.length}: {self.hash}"
