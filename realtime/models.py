"""Versions of topics: the only thing that live pages keep. They only grow."""

from django.db import models


class TopicVersion(models.Model):
    """How often the topic `key` (such as `poll.7`) has changed."""

    key = models.CharField(max_length=100, primary_key=True)
    version = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.key}@{self.version}"
