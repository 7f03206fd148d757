"""What the engine (Huey) calls: one task runs a job, one queues stale jobs again. Neither knows what the work is."""

import logging
import os
import signal
import threading

from huey import crontab
from huey.contrib.djhuey import HUEY, close_db, db_periodic_task, db_task, on_startup
from huey.signals import SIGNAL_INTERRUPTED

from jobs import actions
from jobs.run import perform
from jobs.worker import SERVER

logger = logging.getLogger(__name__)


@db_task(name="jobs.run")
def run(job_id: int) -> None:
    """Run the job `job_id`."""
    perform(job_id)


@db_periodic_task(crontab(minute="*"), name="jobs.queue_stale")
def queue_stale() -> None:
    """Each minute: queue again what a killed worker or a lost message left behind."""
    actions.queue_stale()


@on_startup()
@close_db
def queue_what_was_left() -> None:
    """When a worker starts: do not wait for the minute."""
    actions.queue_stale()


@on_startup()
def end_with_the_server() -> None:
    """A worker beside a server ends when the server was killed: nobody else would stop it."""
    server = os.environ.get(SERVER)
    if server:
        threading.Thread(target=_watch, args=(int(server),), daemon=True, name="watch of the server").start()


def _watch(server: int) -> None:
    pause = threading.Event()
    while os.getppid() == server:
        pause.wait(1)
    logger.warning("The server is gone; its worker ends.")
    os.kill(os.getpid(), signal.SIGTERM)


@HUEY.signal(SIGNAL_INTERRUPTED)
@close_db
def give_back(_: str, task: object, *__: object) -> None:
    """A worker that is asked to stop gives back the job that it runs."""
    if isinstance(task, run.task_class):
        actions.release(job_id=task.args[0])
