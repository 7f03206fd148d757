"""Counters of rate limits, kept in the database so that every process counts the same."""

from django.db import models


class Spending(models.Model):
    """How often `key` was used in the window that began at `window` (seconds since 1970)."""

    key = models.CharField(max_length=100)
    window = models.PositiveBigIntegerField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="spending_once")]

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"
