"""The protocol of the one socket, through the whole application."""

import asyncio
import json

import pytest
from channels.db import database_sync_to_async
from channels.testing import WebsocketCommunicator
from django.contrib.auth import get_user_model

from accounts.models import Participant
from config.asgi import application
from realtime import consumer, hub, outbox
from realtime.actions import publish
from tests.realtime.stage import change, open_page


@pytest.fixture
def member(transactional_db, client):
    """A signed-in browser and its participant."""
    user = get_user_model().objects.create_user("sari@example.org")
    person = Participant.objects.create(user=user, name="Sari")
    client.force_login(user)
    return client, person


async def test_listen_is_answered_with_a_snapshot(room):
    async with open_page() as page:
        await page.say(listen=["tests.hall.7"])
        assert await page.hear() == {"topic": "tests.hall.7", "version": 0, "facts": {"count": 7}}


async def test_change_reaches_all_who_listen_and_is_taken_once(room):
    async with open_page() as one, open_page() as two, open_page() as elsewhere:
        for page in (one, two):
            await page.say(listen=["tests.hall.7"])
            await page.hear()
        room.taken.clear()
        await change(room, "7", 8)
        expected = {"topic": "tests.hall.7", "version": 1, "facts": {"count": 8}}
        assert [await one.hear(), await two.hear()] == [expected, expected]
        assert room.taken == ["7"]
        assert await elsewhere.silent(0.1)


async def test_burst_is_gathered_and_its_last_state_arrives(room):
    async with open_page() as page:
        await page.say(listen=["tests.hall.7"])
        await page.hear()
        room.taken.clear()
        for value in range(100, 120):
            await change(room, "7", value)
        while (message := await page.hear())["version"] < 20:
            continue
        assert message["facts"] == {"count": 119}
        assert len(room.taken) <= 6  # a snapshot each 250 ms, not one for each of twenty changes


async def test_ignored_topic_is_silent(room):
    async with open_page() as page:
        await page.say(listen=["tests.hall.7"])
        await page.hear()
        await page.say(ignore=["tests.hall.7"])
        await change(room, "7", 8)
        assert await page.silent()
        assert hub._hub._listeners == {}


@pytest.mark.parametrize("key", ["tests.hall.99", "nobody.7", "tests.hall.", "7", "../x", "tests.hall.7\n", "é.7"])
async def test_topic_that_is_not_there_is_denied(room, key):
    async with open_page() as page:
        await page.say(listen=[key])
        assert await page.hear() == {"denied": key}


async def test_nothing_is_taken_before_permission(room):
    room.closed_to = lambda person, id_: True
    async with open_page() as page:
        await page.say(listen=["tests.hall.7"])
        assert await page.hear() == {"denied": "tests.hall.7"}
    assert room.taken == []


async def test_crowd_of_strangers_is_one_question(room):
    async with open_page() as one, open_page() as two:
        for page in (one, two):
            await page.say(listen=["tests.hall.7"])
            await page.hear()
    assert room.asked == ["7"]


BAD = {
    "not JSON": ("{", 4400),
    "not an object": ("[]", 4400),
    "nothing": ("{}", 4400),
    "unknown verb": ('{"shout": 1}', 4400),
    "two verbs": ('{"listen": [], "ack": 0}', 4400),
    "topics that are no list": ('{"listen": "tests.hall.7"}', 4400),
    "topics that are no text": ('{"listen": [7]}', 4400),
    "acknowledgement of what was never sent": ('{"ack": 1}', 4400),
    "acknowledgement below zero": ('{"ack": -1}', 4400),
    "acknowledgement that is no number": ('{"ack": true}', 4400),
    "number that never ends": ('{"ack": ' + "9" * 5000 + "}", 4400),
    "deep": ("[" * 16_000, 4400),
    "too long": (json.dumps({"listen": ["x" * 17_000]}), 4413),
    "too many topics": (json.dumps({"listen": [f"tests.hall.{n}" for n in range(1, 22)]}), 4429),
}


@pytest.mark.parametrize("name", BAD)
async def test_malformed_message_closes_the_socket_with_a_reason(room, name, caplog):
    text, code = BAD[name]

    async with open_page() as page:
        await page.socket.send_to(text_data=text)
        closed, reason = await page.closed()
        assert closed == code
        assert reason
    assert "Traceback" not in caplog.text


async def test_binary_message_closes_the_socket(room):
    async with open_page() as page:
        await page.socket.send_to(bytes_data=b"\x00")
        assert await page.closed() == (4400, "text only")


async def test_more_than_ten_messages_a_second_close_the_socket(room):
    async with open_page() as page:
        for _ in range(15):
            await page.say(ignore=["tests.hall.7"])
        assert (await page.closed())[0] == consumer.TOO_MUCH


async def test_sixth_socket_of_a_person_is_closed(room, member):
    client, _ = member
    pages = [open_page(client) for _ in range(5)]
    for page in pages:
        await page.__aenter__()
    async with open_page(client) as sixth:
        assert await sixth.closed() == (consumer.TOO_MUCH, "too many sockets")
    await pages.pop().__aexit__(None, None, None)
    async with open_page(client) as again:
        await again.say(listen=["tests.hall.7"])
        assert (await again.hear())["facts"] == {"count": 7}
    for page in pages:
        await page.__aexit__(None, None, None)


@pytest.mark.parametrize("origin", [None, b"null", b"https://elsewhere.example", b"http://127.0.0.1.elsewhere.example"])
async def test_foreign_origin_is_refused(room, origin):
    headers = [(b"host", b"127.0.0.1")] + ([(b"origin", origin)] if origin else [])
    socket = WebsocketCommunicator(application, "/live/", headers=headers)
    connected, _ = await socket.connect(timeout=5)
    assert connected is False


async def test_page_that_does_not_acknowledge_gets_the_newest_only(room):
    async with open_page() as page:
        await page.say(listen=[f"tests.hall.{number}" for number in range(1, outbox.IN_FLIGHT + 1)])
        for _ in range(outbox.IN_FLIGHT):
            await page.hear(acknowledge=False)
        for value in (50, 60, 70):
            await change(room, "1", value)
            await asyncio.sleep(hub.GATHER + 0.1)
        assert await page.silent(0.1)
        await page.say(ack=page.got)
        assert (await page.hear())["facts"] == {"count": 70}


async def test_page_that_never_acknowledges_is_closed(room, monkeypatch):
    monkeypatch.setattr(outbox, "PATIENCE", 0.1)
    monkeypatch.setattr(hub, "LOOK", 0.1)
    async with open_page() as page:
        await page.say(listen=["tests.hall.7"])
        assert (await page.closed()) == (consumer.NO_ANSWER, "no acknowledgement")


async def test_logout_closes_the_socket_within_five_seconds(room, member):
    client, person = member
    async with open_page(client) as page:
        await page.say(listen=["tests.hall.7"])
        await page.hear()

        def log_out():
            client.session.flush()
            publish(f"user.{person.user_id}")

        await database_sync_to_async(log_out)()
        assert await page.closed(5) == (consumer.SESSION_ENDED, "the session has ended")


async def test_right_that_is_taken_away_ends_the_listening_only(room, member):
    client, person = member
    async with open_page(client) as page:
        await page.say(listen=["tests.hall.7", "tests.hall.8"])
        await page.hear()
        await page.hear()
        room.closed_to = lambda someone, id_: id_ == "7"
        await database_sync_to_async(publish)(f"user.{person.user_id}")
        assert await page.hear(5) == {"denied": "tests.hall.7"}
        await change(room, "7", 70)
        await change(room, "8", 80)
        assert await page.hear() == {"topic": "tests.hall.8", "version": 1, "facts": {"count": 80}}


async def test_permission_is_asked_again_by_the_clock(room, monkeypatch):
    monkeypatch.setattr(consumer, "ASK_AGAIN", 0.1)
    monkeypatch.setattr(hub, "LOOK", 0.1)
    monkeypatch.setattr(hub, "PUBLIC_VERDICT", 0.05)
    async with open_page() as page:
        await page.say(listen=["tests.hall.7"])
        await page.hear()
        room.closed_to = lambda person, id_: True
        assert await page.hear() == {"denied": "tests.hall.7"}


async def test_closed_page_leaves_nothing_behind(room, member):
    client, _ = member
    async with open_page(client) as page:
        await page.say(listen=["tests.hall.7"])
        await page.hear()
    now = hub._hub
    assert (now.sockets, now._listeners, now._watchers, now._latest) == (set(), {}, {}, {})
