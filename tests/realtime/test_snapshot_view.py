"""Snapshots by HTTP: the same facts under the same permission."""

import json

import pytest

from realtime.actions import publish
from realtime.models import TopicVersion


def test_snapshot_is_what_a_socket_gets(room, client):
    response = client.get("/live/tests.hall.7.json")
    assert response.json() == {"topic": "tests.hall.7", "version": 0, "facts": {"count": 7}}
    assert response["Content-Type"] == "application/json"
    assert response["Cache-Control"] == "private, no-cache"


def test_snapshot_that_did_not_change_is_not_taken_again(room, client):
    first = client.get("/live/tests.hall.7.json")
    room.taken.clear()
    again = client.get("/live/tests.hall.7.json", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, room.taken) == (304, b"", [])
    publish("tests.hall.7")
    assert client.get("/live/tests.hall.7.json", headers={"If-None-Match": first["ETag"]}).json()["version"] == 1


def test_snapshot_costs_one_query_beside_the_room(room, client, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get("/live/tests.hall.7.json")


@pytest.mark.parametrize("key", ["tests.hall.99", "nobody.7", "job.7", "job.x", "job.99999999999999999999999", "7"])
def test_snapshot_of_what_is_not_there_is_404(room, client, key):
    assert client.get(f"/live/{key}.json").status_code == 404


def test_snapshot_is_404_for_those_who_may_not_listen(room, client):
    room.closed_to = lambda person, id_: True
    assert client.get("/live/tests.hall.7.json").status_code == 404
    assert room.taken == []


def test_snapshot_keeps_the_version_that_was_read_before_the_facts(room, client):
    room.snapshot = lambda id_: publish("tests.hall.7") or {"count": 0}
    assert json.loads(client.get("/live/tests.hall.7.json").content)["version"] == 0
    assert TopicVersion.objects.get(key="tests.hall.7").version == 1
