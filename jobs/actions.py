"""Starts, stops and keeps account of jobs. The only place where their rows are written; publishes `job.<id>`."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.models import Participant
from jobs import registry
from jobs.models import Job, JobQuerySet, State
from realtime.actions import atomic, publish

ATTEMPTS = 3
GAVE_UP = gettext_noop("This work was interrupted three times and was given up. Please start it again.")


def start(*, kind: str, arguments: Mapping[str, Any] | None = None, owner: Participant | None = None) -> Job:
    """Queue work of `kind` with JSON-ready `arguments` for `owner`; the worker gets it when the transaction commits.

    Returns the waiting job. Publishes `job.<id>`. Raises LookupError for an unknown kind.
    """
    job = _create(kind, arguments, owner)
    _queue_on_commit([job.pk])
    return job


def run_here(
    *,
    kind: str,
    arguments: Mapping[str, Any] | None = None,
    owner: Participant | None = None,
    report: Callable[[float, str], None] | None = None,
) -> Job:
    """Do work of `kind` at once in this process, without a worker (for commands). Call it outside transactions.

    `report(share, message)` hears the progress. Returns the finished job; its `state` and `error` tell how it went.
    Publishes `job.<id>`. Raises LookupError for an unknown kind.
    """
    from jobs.run import perform  # it writes rows through this module

    job = _create(kind, arguments, owner)
    perform(job.pk, report=report)
    job.refresh_from_db()
    return job


@atomic()
def _create(kind: str, arguments: Mapping[str, Any] | None, owner: Participant | None) -> Job:
    registry.find(kind)
    job = Job.objects.create(kind=kind, arguments=dict(arguments or {}), owner=owner)
    publish(f"job.{job.pk}")
    return job


@atomic()
def cancel(*, job: Job) -> bool:
    """Stop `job`: one that waits at once, one that runs at its next step.

    Returns whether there was something to stop. Publishes `job.<id>`.
    """
    now = timezone.now()
    waiting = Job.objects.filter(pk=job.pk, state=State.QUEUED)
    running = Job.objects.filter(pk=job.pk, state=State.RUNNING)
    stopped = waiting.update(state=State.CANCELLED, cancel_requested_at=now, finished_at=now)
    stopped += running.update(cancel_requested_at=now)
    if stopped:
        publish(f"job.{job.pk}")
    return bool(stopped)


@atomic()
def claim(*, job_id: int) -> Job | None:
    """Take a waiting job to run it. Returns None when another worker has it, or it waits no more.

    Publishes `job.<id>`.
    """
    now = timezone.now()
    taken = Job.objects.filter(pk=job_id, state=State.QUEUED).update(
        state=State.RUNNING,
        attempts=F("attempts") + 1,
        started_at=now,
        heartbeat_at=now,
        share=0,
        message="",
    )
    if not taken:
        return None
    publish(f"job.{job_id}")
    return Job.objects.get(pk=job_id)


def _own(job_id: int, started_at: datetime | None) -> JobQuerySet:
    """The row, as long as the run that began at `started_at` has it."""
    return Job.objects.filter(pk=job_id, state=State.RUNNING, started_at=started_at)


@atomic()
def note_progress(*, job_id: int, started_at: datetime | None, share: float, message: str) -> bool:
    """Write how far a run is. Returns whether it may go on (it is still the one that runs, and nobody stopped it).

    Publishes `job.<id>`.
    """
    own = _own(job_id, started_at)
    own.update(share=min(max(share, 0.0), 1.0), message=message[:200], heartbeat_at=timezone.now())
    publish(f"job.{job_id}")
    return own.filter(cancel_requested_at=None).exists()


@atomic()
def note_life(*, job_id: int, started_at: datetime | None) -> None:
    """Write that a run is alive; nobody needs to hear it."""
    _own(job_id, started_at).update(heartbeat_at=timezone.now())


@atomic()
def finish(
    *, job_id: int, started_at: datetime | None, state: State, result: Mapping[str, Any] | None = None, error: str = ""
) -> bool:
    """End a run with `state`. Returns False where the run was replaced by another one: then nothing is written.

    Publishes `job.<id>`.
    """
    changes: dict[str, Any] = {"state": state, "error": error, "finished_at": timezone.now()}
    if state == State.DONE:
        changes |= {"share": 1, "message": "", "result": dict(result or {})}
    ended = _own(job_id, started_at).update(**changes)
    if ended:
        publish(f"job.{job_id}")
    return bool(ended)


@atomic()
def release(*, job_id: int) -> None:
    """Give back a running job because its worker is asked to stop; it does not count as an attempt.

    Publishes `job.<id>`.
    """
    released = Job.objects.filter(pk=job_id, state=State.RUNNING).update(
        state=State.QUEUED, attempts=F("attempts") - 1, started_at=None, heartbeat_at=timezone.now()
    )
    if released:
        publish(f"job.{job_id}")
        _queue_on_commit([job_id])


@atomic()
def queue_stale() -> int:
    """Queue the jobs again that a killed worker or a lost message left behind; stop or give up what must not go on.

    Returns how many were queued. Publishes `job.<id>` of each that changed.
    """
    now = timezone.now()
    stale = Job.objects.stale().order_by("pk")
    ids = list(stale.values_list("pk", flat=True))
    running = stale.filter(state=State.RUNNING)
    running.exclude(cancel_requested_at=None).update(state=State.CANCELLED, finished_at=now)
    running.filter(attempts__gte=ATTEMPTS).update(state=State.FAILED, error=GAVE_UP, finished_at=now)
    queued = list(stale.values_list("pk", flat=True))
    Job.objects.filter(pk__in=queued, state__in=[State.QUEUED, State.RUNNING]).update(
        state=State.QUEUED, started_at=None, heartbeat_at=now
    )
    if ids:
        publish(*(f"job.{pk}" for pk in ids))
    _queue_on_commit(queued)
    return len(queued)


def _queue_on_commit(ids: list[int]) -> None:
    """Hand `ids` to the engine after the commit. Where the engine is away, the clock queues them again later."""
    from jobs.tasks import run  # tasks import this module

    for pk in ids:
        transaction.on_commit(partial(run, pk), robust=True)
