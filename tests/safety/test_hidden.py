"""What is not public is in no page, feed, interface, search or snapshot of those who may not see it."""

import pytest
from django.test import Client

from realtime.topics import discover
from tests.permissions.places import clients
from tests.permissions.world import World
from tests.safety.pages import body_of, read_all

pytestmark = pytest.mark.django_db
LISTS = [f"/{place}/?q={word}" for place in ("search", "consultations", "polls") for word in ("stop", "on", "plan")]


@pytest.fixture(scope="module")
def all_browsers(secret_world: World) -> dict[str, Client]:
    return clients(secret_world)


@pytest.mark.parametrize("role", ["anonymous", "stranger", "staff"])
def test_nothing_secret_reaches_those_who_may_not_see_it(secret_world, all_browsers, role):
    client = all_browsers[role]
    answers = read_all(secret_world, client)
    answers.pop("notifications:unsubscribe")
    for url in LISTS:
        answers[url] = client.get(url)
    for prefix in discover():
        for pk in range(1, 8):
            answers[f"{prefix}.{pk}"] = client.get(f"/live/{prefix}.{pk}.json")
    assert {name for name, answer in answers.items() if "SECRET" in body_of(answer)} == set()


def test_author_sees_own_hidden_texts_with_reasons(secret_world, all_browsers):
    if secret_world.state != "hidden":
        return
    it, client = secret_world.it, all_browsers["author"]
    for url in (it.comment.get_absolute_url(), it.statement.get_absolute_url(), f"/forums/receipts/{it.post.receipt}/"):
        page = body_of(client.get(url))
        assert "It names a neighbour." in page, url


def test_analysts_of_the_office_read_no_hidden_text(secret_world, all_browsers):
    if secret_world.state != "hidden":
        return
    for role in ("analyst", "organiser"):
        for name, answer in read_all(secret_world, all_browsers[role]).items():
            page = body_of(answer)
            for words in ("SECRET comment", "SECRET remark", "SECRET statement", "SECRET post", "SECRET first"):
                assert words not in page, (role, name)


def test_export_is_its_owners_alone(secret_world, all_browsers):
    url = secret_world.it.export.get_absolute_url()
    assert {role: client.get(url).status_code for role, client in all_browsers.items()} == {
        "anonymous": 404, "citizen": 404, "author": 404, "moderator": 404, "organiser": 404, "staff": 404,
        "stranger": 404, "analyst": 410 if secret_world.state == "hidden" else 200,
    }  # fmt: skip
    if secret_world.state == "hidden":  # words in the file were hidden since: it is not handed out any more
        return
    answer = all_browsers["analyst"].get(url)
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content)


def test_comment_on_a_version_that_is_not_published_is_refused(secret_world, all_browsers):
    url = f"/consultations/clauses/{secret_world.it.next_clause.pk}/"
    answer = all_browsers["organiser"].post(url, {"stance": "support", "body": "This would show the draft."})
    assert answer.status_code == 403
