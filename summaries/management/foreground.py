"""What both commands do alike: find the consultation, do a job here with its progress on the console, fail clearly."""

import sys
from collections.abc import Callable, Mapping
from typing import Any

from django.core.management.base import CommandError

import jobs.actions
from consultations.models import Consultation
from jobs.models import Job, State
from summaries.actions import Unchanged, begin_build, newest_build
from summaries.models import Build

WIDTH = 30


def find_consultation(slug: str) -> Consultation:
    """The consultation that is called `slug`. Raises CommandError with the names that there are."""
    found = Consultation.objects.select_related("organisation").filter(slug=slug).first()
    if found is not None:
        return found
    names = list(Consultation.objects.order_by("slug").values_list("slug", flat=True)[:20])
    known = f" There are: {', '.join(names)}." if names else " There is no consultation yet."
    raise CommandError(f"There is no consultation “{slug}”.{known}")


def do_here(kind: str, arguments: Mapping[str, Any], *, silent: bool = False) -> Job:
    """Do the work in this process and print how far it is. Raises CommandError when it did not end well."""
    job = jobs.actions.run_here(kind=kind, arguments=arguments, report=None if silent else _console())
    if not silent and sys.stderr.isatty():
        sys.stderr.write("\n")
    if job.state == State.FAILED:
        raise CommandError(job.error or "The work failed.")
    if job.state == State.CANCELLED:
        raise CommandError("The work was stopped.")
    if job.state != State.DONE:
        raise CommandError("The database went away. The work is tried again by the worker, or run the command again.")
    return job


def build_here(consultation: Consultation, *, silent: bool = False) -> tuple[Build, bool]:
    """Build the summary here. Returns it, and False where the newest one still holds because nothing changed."""
    try:
        waiting = begin_build(person=None, consultation=consultation)
    except Unchanged as unchanged:
        return unchanged.build, False
    if waiting.job is not None:
        raise CommandError(f"The summary is being built already (job {waiting.job.pk}). Wait for it, or stop it first.")
    do_here("summaries.build", {"build": waiting.pk}, silent=silent)
    newest = newest_build(consultation)
    if newest is None:
        raise CommandError("The summary was started anew meanwhile. Run the command again.")
    return newest, newest.pk == waiting.pk


def _console() -> Callable[[float, str], None]:
    """Prints one line that is written over, or a line for each step where nobody looks at a terminal."""
    last = {"message": ""}

    def report(share: float, message: str) -> None:
        filled = round(min(max(share, 0.0), 1.0) * WIDTH)
        line = f"[{'#' * filled}{'.' * (WIDTH - filled)}] {round(share * 100):3d} % {message}"
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\033[K{line}")
        elif message != last["message"]:
            sys.stderr.write(f"{line}\n")
        sys.stderr.flush()
        last["message"] = message

    return report
