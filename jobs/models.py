"""Jobs: work in the background, with its state and progress."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Participant


class State(models.TextChoices):
    """Where a job stands."""

    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


class JobQuerySet(models.QuerySet["Job"]):
    """Adjectives of jobs."""

    def unfinished(self) -> "JobQuerySet":
        return self.filter(state__in=[State.QUEUED, State.RUNNING])

    def visible_to(self, person: Participant | None) -> "JobQuerySet":
        return self.filter(owner=person) if person else self.none()


class Job(models.Model):
    """One piece of work: which kind, with which arguments, for whom, and how far it is."""

    kind = models.CharField(max_length=60)
    arguments = models.JSONField(default=dict)
    owner = models.ForeignKey(Participant, on_delete=models.CASCADE, null=True, blank=True, related_name="jobs")
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    share = models.FloatField(default=0)  # of 1
    message = models.CharField(max_length=200, blank=True)  # the step, a msgid that pages translate
    error = models.TextField(blank=True)
    result = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    cancel_requested_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "heartbeat_at"], name="job_stale")]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk} {self.state}"

    @property
    def is_finished(self) -> bool:
        return self.state not in (State.QUEUED, State.RUNNING)
