"""One run of a job: takes it, does the work, tells how far it is, writes how it ended. Never runs one twice at once."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from django.db import DatabaseError, OperationalError, connection
from django.utils.translation import gettext_noop

from jobs import actions, registry
from jobs.models import Job, State
from jobs.registry import Cancelled, Problem

logger = logging.getLogger(__name__)
WRITE_EVERY = 0.5  # seconds: more often, nobody could read it
LIFE_EVERY = 15.0  # seconds
BROKEN = gettext_noop("Something went wrong on our side. It has been noted; please try again later.")


class Progress:
    """The `Run` that a step gets: writes progress at most twice a second, and stops the step when it should."""

    def __init__(self, job: Job, report: Callable[[float, str], None] | None = None) -> None:
        self.id: int = job.pk
        self.arguments: Mapping[str, Any] = job.arguments
        self._started_at = job.started_at
        self._report = report
        self._message = ""
        self._written_at = 0.0

    def progress(self, share: float, message: str = "") -> None:
        """Tell that `share` of 1 is done, and which step (a msgid) is going on. Raises Cancelled."""
        message = message or self._message
        if self._report:
            self._report(share, message)
        now = time.monotonic()
        if message == self._message and now - self._written_at < WRITE_EVERY:
            return
        self._message, self._written_at = message, now
        if not actions.note_progress(job_id=self.id, started_at=self._started_at, share=share, message=message):
            raise Cancelled


class Life(threading.Thread):
    """Writes a sign of life while a step computes, so that nobody takes a long step for a dead one."""

    def __init__(self, job: Job) -> None:
        super().__init__(daemon=True, name=f"life of job {job.pk}")
        self._job = job
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(LIFE_EVERY):
            try:
                actions.note_life(job_id=self._job.pk, started_at=self._job.started_at)
            except DatabaseError:
                logger.warning("The sign of life of job %s could not be written.", self._job.pk)
            finally:
                connection.close()

    def __enter__(self) -> "Life":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.join()


def perform(job_id: int, *, report: Callable[[float, str], None] | None = None) -> None:
    """Run the job `job_id` if it still waits. Errors end in the row, never here; the traceback goes to the log.

    A database that is away is not the job's fault: the job is left as it is, and the clock queues it again.
    """
    job = actions.claim(job_id=job_id)
    if job is None:
        return
    state, error, result = State.DONE, "", None
    try:
        with Life(job):
            result = registry.find(job.kind).work(Progress(job, report))
    except Cancelled:
        state = State.CANCELLED
    except Problem as problem:
        state, error = State.FAILED, str(problem)
    except OperationalError:
        logger.exception("Job %s lost the database; it is tried again.", job)
        return
    except Exception:
        logger.exception("Job %s failed.", job)
        state, error = State.FAILED, BROKEN
    actions.finish(job_id=job.pk, started_at=job.started_at, state=state, result=result, error=error)
