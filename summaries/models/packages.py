"""The open data of a published summary: one file that everybody may fetch, and its hashes."""

from django.db import models
from django.utils import timezone

from summaries.models.builds import Build


class Package(models.Model):
    """The open data package of a build. It was asked for at `wanted_at`; `file` is empty until it is made.

    `sha256` is the hash of the file, `seal` that of the manifest in it; both stand on the summary's page.
    """

    build = models.OneToOneField(Build, on_delete=models.CASCADE, related_name="package")
    wanted_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(null=True, blank=True)
    file = models.CharField(max_length=80, blank=True)
    size = models.PositiveBigIntegerField(default=0)  # bytes
    sha256 = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.build}: {self.seal[:12]}"

    @property
    def is_ready(self) -> bool:
        return bool(self.file)
