"""Jobs from start to end, with the rows that pages show."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Participant
from jobs import actions, registry
from jobs.models import Job, State
from jobs.run import perform
from realtime.models import TopicVersion


@registry.step("tests.count", title="Counting")
def count(job: registry.Run) -> dict:
    for number in range(job.arguments["to"]):
        job.progress(number / job.arguments["to"], f"step {number}")
    return {"url": "/done/", "counted": job.arguments["to"]}


@registry.step("tests.problem")
def problem(job: registry.Run) -> dict:
    raise registry.Problem("There is nothing to summarise.")


@registry.step("tests.broken")
def broken(job: registry.Run) -> dict:
    raise ZeroDivisionError("secret detail")


@registry.step("tests.stop_me")
def stop_me(job: registry.Run) -> dict:
    actions.cancel(job=Job.objects.get(pk=job.id))
    job.progress(0.5, "half way")
    return {"url": "/never/"}


@registry.step("tests.replaced")
def replaced(job: registry.Run) -> dict:
    Job.objects.filter(pk=job.id).update(started_at=timezone.now() + timedelta(seconds=1))
    return {"url": "/old/"}


@pytest.fixture
def person(db) -> Participant:
    return Participant.objects.create(name="Sari")


def long_ago():
    return timezone.now() - timedelta(seconds=61)


def test_start_queues_on_commit_for_its_owner(person, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        job = actions.start(kind="tests.count", arguments={"to": 3}, owner=person)
    assert (job.state, job.owner, job.arguments) == (State.QUEUED, person, {"to": 3})
    assert len(callbacks) == 2  # the topic is marked, the engine gets the job
    assert TopicVersion.objects.get(key=f"job.{job.pk}").version == 1


def test_start_refuses_an_unknown_kind(db):
    with pytest.raises(LookupError, match=r"nobody\.does"):
        actions.start(kind="nobody.does")
    assert Job.objects.count() == 0


def test_run_here_does_the_work_and_reports(person):
    heard = []
    job = actions.run_here(
        kind="tests.count",
        arguments={"to": 2},
        owner=person,
        report=lambda share, message: heard.append((share, message)),
    )
    assert (job.state, job.share, job.percent, job.attempts) == (State.DONE, 1, 100, 1)
    assert job.result == {"url": "/done/", "counted": 2}
    assert job.result_url == "/done/"
    assert heard == [(0.0, "step 0"), (0.5, "step 1")]


def test_problem_is_told_in_its_own_words(db):
    job = actions.run_here(kind="tests.problem")
    assert (job.state, job.error) == (State.FAILED, "There is nothing to summarise.")


def test_mistake_is_told_without_its_details(db, caplog):
    job = actions.run_here(kind="tests.broken")
    assert job.state == State.FAILED
    assert "secret" not in job.error
    assert "ZeroDivisionError: secret detail" in caplog.text


def test_cancel_stops_a_waiting_job_at_once(person):
    job = actions.start(kind="tests.count", arguments={"to": 1}, owner=person)
    assert actions.cancel(job=job) is True
    perform(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (State.CANCELLED, 0)
    assert actions.cancel(job=job) is False


def test_cancel_stops_a_running_job_at_its_next_step(db):
    job = actions.run_here(kind="tests.stop_me")
    assert (job.state, job.result) == (State.CANCELLED, {})


def test_claim_gives_a_job_to_one_worker_only(db):
    job = actions.start(kind="tests.count", arguments={"to": 1})
    assert actions.claim(job_id=job.pk).state == State.RUNNING
    assert actions.claim(job_id=job.pk) is None


def test_replaced_run_writes_nothing(db):
    job = actions.run_here(kind="tests.replaced")
    assert (job.state, job.result) == (State.RUNNING, {})


def test_stale_jobs_are_queued_again(db):
    running, waiting, fresh = (actions.start(kind="tests.count", arguments={"to": 1}) for _ in range(3))
    actions.claim(job_id=running.pk)
    Job.objects.filter(pk__in=[running.pk, waiting.pk]).update(heartbeat_at=long_ago())
    assert actions.queue_stale() == 2
    assert set(Job.objects.filter(state=State.QUEUED)) == {running, waiting, fresh}
    assert actions.queue_stale() == 0
    perform(running.pk)
    running.refresh_from_db()
    assert (running.state, running.attempts) == (State.DONE, 2)


def test_stale_job_is_given_up_after_three_attempts(db):
    job = actions.start(kind="tests.count", arguments={"to": 1})
    for _ in range(actions.ATTEMPTS):
        assert actions.claim(job_id=job.pk)
        Job.objects.filter(pk=job.pk).update(heartbeat_at=long_ago())
        actions.queue_stale()
    job.refresh_from_db()
    assert (job.state, job.error) == (State.FAILED, actions.GAVE_UP)


def test_stale_job_that_somebody_stopped_stays_stopped(db):
    job = actions.start(kind="tests.count", arguments={"to": 1})
    actions.claim(job_id=job.pk)
    actions.cancel(job=job)
    Job.objects.filter(pk=job.pk).update(heartbeat_at=long_ago())
    assert actions.queue_stale() == 0
    job.refresh_from_db()
    assert job.state == State.CANCELLED


def test_release_gives_back_without_counting(db):
    job = actions.start(kind="tests.count", arguments={"to": 1})
    actions.claim(job_id=job.pk)
    actions.release(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.started_at) == (State.QUEUED, 0, None)


@pytest.mark.parametrize("url", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_result_url_never_leads_elsewhere(url):
    assert Job(result={"url": url}).result_url == ""
