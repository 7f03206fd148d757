"""Vectors of passages, kept so that a build need not make them again."""

from django.db import models
from django.utils import timezone


class Vector(models.Model):
    """The vector of one passage. `key` is SHA-256 over the normalised text, its language and the encoder's version.

    `data` holds float16, little-endian. No text and no person can be read from it here; what is used no more is
    forgotten after a while.
    """

    key = models.CharField(primary_key=True, max_length=64)
    data = models.BinaryField()
    used_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return self.key
