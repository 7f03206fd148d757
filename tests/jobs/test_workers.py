"""The engine with real workers: one in this process, and one that is killed half way and begins again."""

import os
import signal
import threading

import pytest
from huey.contrib.djhuey import HUEY, close_db

from jobs import actions, registry
from jobs.models import Job, State
from jobs.run import perform
from tests.databases import on_sqlite, postgres_database
from tests.servers import Installation, wait_for

DATABASE_URL = os.environ.get("DATABASE_URL", "")
REDIS_URL = os.environ.get("REDIS_URL", "")
ran: list[int] = []

# What a room would have in its tasks.py: here it is in a file beside the installation.
ROOM = """
import os, time
from jobs import registry

@registry.step("tests.steps")
def steps(job):
    with open(os.environ["STEPS"], "a") as file:
        for number in range(job.arguments["steps"]):
            job.progress(number / job.arguments["steps"], f"step {number}")
            file.write(f"{number}\\n")
            file.flush()
            time.sleep(job.arguments["seconds"])
    return {"url": "/done/"}
"""
START = """
import steps_of_tests
from jobs.actions import start
print(start(kind="tests.steps", arguments={"steps": %d, "seconds": %s}).pk)
"""
STATE = "from jobs.models import Job; job = Job.objects.get(); print(job.state, job.attempts)"
AGE = """
from datetime import timedelta
from django.db.models import F
from jobs.models import Job
Job.objects.update(heartbeat_at=F("heartbeat_at") - timedelta(minutes=2))
"""
WORK = """
import steps_of_tests
from django.core.management import call_command
call_command("run_huey")
"""


@registry.step("tests.here")
def here(job: registry.Run) -> dict:
    ran.append(job.id)
    return {"url": "/here/"}


@pytest.mark.postgres  # threads in one process: SQLite in memory would refuse instead of waiting
def test_worker_takes_a_job_when_the_transaction_commits(transactional_db):
    ran.clear()
    consumer = HUEY.create_consumer(workers=1, periodic=False, initial_delay=0.01, max_delay=0.05)
    consumer._set_signal_handlers = lambda: None  # those of the test run stay
    consumer.start()
    try:
        job = actions.start(kind="tests.here")
        wait_for(lambda: Job.objects.get(pk=job.pk).is_finished, 20, "a finished job")
    finally:
        consumer.stop(graceful=True)
    job.refresh_from_db()
    assert (job.state, job.result, ran) == (State.DONE, {"url": "/here/"}, [job.pk])


@pytest.mark.postgres
def test_job_that_is_queued_many_times_runs_once(transactional_db):
    job = actions.start(kind="tests.here")
    ran.clear()
    threads = [threading.Thread(target=close_db(perform), args=(job.pk,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ran == [job.pk]


def installation(folder, **environment) -> Installation:
    (folder / "steps_of_tests.py").write_text(ROOM)
    return Installation(folder, PYTHONPATH=str(folder), STEPS=str(folder / "steps.txt"), **environment)


def run_to_the_end_after_a_kill(home: Installation) -> None:
    """A worker is killed half way; the next one finds the job by its old heartbeat and does all of it."""
    steps = home.folder / "steps.txt"
    home.python(START % (20, 0.2))
    worker = home.start("shell", "--no-imports", "-c", WORK)
    wait_for(lambda: steps.exists() and len(steps.read_text().splitlines()) >= 3, 30, "three steps")
    worker.kill()
    worker.wait()
    assert home.python(STATE).split() == ["running", "1"]
    home.python(AGE)
    steps.unlink()
    home.start("shell", "--no-imports", "-c", WORK)
    wait_for(lambda: steps.exists() and steps.read_text().endswith("19\n"), 40, "all steps")
    wait_for(lambda: home.python(STATE).split() == ["done", "2"], 20, "a finished job")
    assert steps.read_text().splitlines() == [str(number) for number in range(20)]


@pytest.mark.sqlite_file
def test_job_of_a_killed_worker_is_done_by_the_next_one(tmp_path):
    on_sqlite(tmp_path)
    home = installation(tmp_path)
    try:
        run_to_the_end_after_a_kill(home)
    finally:
        home.end()


@pytest.mark.postgres
@pytest.mark.redis
@pytest.mark.parametrize("redis", [False, True])
def test_job_of_a_killed_worker_is_done_by_the_next_one_on_postgres(tmp_path, redis):
    with postgres_database(DATABASE_URL, migrated=True) as database:
        home = installation(tmp_path, DATABASE_URL=database, REDIS_URL=REDIS_URL if redis else "")
        try:
            run_to_the_end_after_a_kill(home)
        finally:
            home.end()


@pytest.mark.sqlite_file
def test_worker_that_is_asked_to_stop_gives_its_job_back(tmp_path):
    on_sqlite(tmp_path)
    home = installation(tmp_path)
    steps = tmp_path / "steps.txt"
    try:
        home.python(START % (100, 0.2))
        worker = home.start("shell", "--no-imports", "-c", WORK)
        wait_for(lambda: steps.exists() and len(steps.read_text().splitlines()) >= 2, 30, "two steps")
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(5) == 0
        assert home.python(STATE).split() == ["queued", "0"]
    finally:
        home.end()
