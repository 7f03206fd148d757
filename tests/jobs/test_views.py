"""Pages of background work: the owner's and nobody else's."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobs import actions, registry
from jobs.models import Job, State
from tests.factories import make_person


@registry.step("tests.page", title="Counting pages")
def work(job: registry.Run) -> dict:
    return {"url": "/summaries/"}


@pytest.fixture
def owner(db, client):
    person = make_person()
    client.force_login(person.user)
    return person


@pytest.fixture
def job(owner) -> Job:
    return actions.start(kind="tests.page", owner=owner)


def test_waiting_job_asks_again_without_javascript(client, job):
    page = client.get(f"/jobs/{job.pk}/").content.decode()
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert f'data-live="job.{job.pk}"' in page
    assert '<progress class="progress" max="100" value="0"' in page
    assert page.count("<h1") == 1


def test_finished_job_links_to_its_result_and_asks_no_more(client, job):
    Job.objects.filter(pk=job.pk).update(state=State.DONE, result={"url": "/summaries/x/"})
    page = client.get(f"/jobs/{job.pk}/").content.decode()
    assert 'href="/summaries/x/"' in page
    assert "http-equiv" not in page
    assert "<progress" not in page


def test_failed_job_says_why(client, job):
    Job.objects.filter(pk=job.pk).update(state=State.FAILED, error="There is <nothing>.")
    assert "There is &lt;nothing&gt;." in client.get(f"/jobs/{job.pk}/").content.decode()


def test_cancel_by_button(client, job):
    response = client.post(f"/jobs/{job.pk}/cancel/")
    assert (response.status_code, response["Location"]) == (302, f"/jobs/{job.pk}/")
    job.refresh_from_db()
    assert job.state == State.CANCELLED


def test_cancel_is_no_link(client, job):
    assert client.get(f"/jobs/{job.pk}/cancel/").status_code == 405
    job.refresh_from_db()
    assert job.state == State.QUEUED


def test_progress_is_a_fragment(client, job):
    fragment = client.get(f"/jobs/{job.pk}/progress/").content.decode()
    assert "<progress" in fragment
    assert "<html" not in fragment


@pytest.mark.parametrize("path", ["/jobs/{}/", "/jobs/{}/progress/", "/live/job.{}.json"])
@pytest.mark.parametrize(("who", "status"), [("owner", 200), ("staff", 200), ("other", 404), ("guest", 404), ("", 404)])
def test_job_is_shown_to_its_owner_and_to_staff(owner, job, path, who, status, client):
    client.logout()
    person = {"owner": owner, "staff": make_person(staff=True), "other": make_person()}.get(who)
    if person:
        client.force_login(person.user)
    elif who == "guest":
        session = client.session
        session["guest"] = str(make_person(guest=True).key)
        session.save()
    assert client.get(path.format(job.pk)).status_code == status


def test_list_shows_own_jobs_with_a_constant_number_of_queries(client, owner):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/jobs/").status_code == 200
        return len(queries)

    actions.start(kind="tests.page", owner=make_person())
    assert "Counting pages" not in client.get("/jobs/").content.decode()
    actions.start(kind="tests.page", owner=owner)
    with_one = count()
    for _ in range(2):
        actions.start(kind="tests.page", owner=owner)
    assert count() == with_one
    assert client.get("/jobs/").content.decode().count("Counting pages") == 3


def test_list_of_a_visitor_is_empty(client, db):
    assert client.get("/jobs/").status_code == 200


def test_list_goes_on_after_twenty(client, owner):
    for _ in range(21):
        actions.start(kind="tests.page", owner=owner)
    assert client.get("/jobs/").content.decode().count("Counting pages") == 20
    assert client.get("/jobs/?page=2").content.decode().count("Counting pages") == 1
