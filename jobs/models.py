"""Jobs: work in the background, with its state and progress."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Participant

STALE_AFTER = timedelta(seconds=60)  # without a sign of life; a running job gives one every fifteen seconds


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

    def stale(self) -> "JobQuerySet":
        """Running without a sign of life, or waiting so long that the engine may have lost them."""
        return self.unfinished().filter(heartbeat_at__lt=timezone.now() - STALE_AFTER)

    def visible_to(self, person: Participant | None) -> "JobQuerySet":
        if person is None:
            return self.none()
        if person.user is not None and person.user.is_staff:
            return self.all()
        return self.filter(owner=person)


class Job(models.Model):
    """One piece of work: which kind, with which arguments, for whom, and how far it is."""

    kind = models.CharField(max_length=60)
    arguments = models.JSONField(default=dict)
    owner = models.ForeignKey(Participant, on_delete=models.CASCADE, null=True, blank=True, related_name="jobs")
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    share = models.FloatField(default=0)  # of 1
    message = models.CharField(max_length=200, blank=True)  # the step, a msgid that pages translate
    error = models.TextField(blank=True)  # a sentence for people, a msgid too; tracebacks go to the log
    result = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)  # names the run: a run that was replaced writes nothing
    heartbeat_at = models.DateTimeField(default=timezone.now)  # last sign of life; when waiting, when it was queued
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

    @property
    def percent(self) -> int:
        return 100 if self.state == State.DONE else int(self.share * 100)

    @property
    def result_url(self) -> str:
        """The page of this site that shows the result; empty without one."""
        url = str(self.result.get("url", ""))
        return url if url.startswith("/") and not url.startswith("//") else ""

    @property
    def structure(self) -> str:
        """Changes when an open page must show other words than before."""
        return f"{self.state}:{self.message}:{'stopping' if self.cancel_requested_at else ''}"
