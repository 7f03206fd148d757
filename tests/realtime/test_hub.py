"""What the hub does when other processes change things, and when something it needs is away."""

import asyncio

from channels.db import database_sync_to_async
from channels.layers import get_channel_layer
from django.db import OperationalError
from django.db.models import F

from realtime import hub, layer
from realtime.models import TopicVersion
from tests.realtime.stage import change, open_page


async def change_elsewhere(room, id_, value):
    """What a worker or a command does: rows change, and no hub in this process is told."""

    def act():
        room.facts[id_] = value
        key = f"tests.hall.{id_}"
        if not TopicVersion.objects.filter(key=key).update(version=F("version") + 1):
            TopicVersion.objects.create(key=key, version=1)

    await database_sync_to_async(act)()


async def test_change_of_another_process_arrives_by_the_versions(room):
    async with open_page() as page:
        await page.say(listen=["tests.hall.7"])
        await page.hear()
        await change_elsewhere(room, "7", 8)
        assert await page.hear(hub.LOOK + 2) == {"topic": "tests.hall.7", "version": 1, "facts": {"count": 8}}


async def test_message_of_another_process_is_heard(room):
    async with open_page() as page:
        await page.say(listen=["tests.hall.7"])
        await page.hear()
        await asyncio.sleep(0.1)  # the hub joins its group beside
        await change_elsewhere(room, "7", 8)
        message = {"type": "live.marked", "keys": ["tests.hall.7", "tests.hall.1"], "sender": "another"}
        await get_channel_layer().group_send(layer.GROUP, message)
        assert (await page.hear(1))["version"] == 1


async def test_change_is_told_to_other_processes_after_the_commit(room):
    channels = get_channel_layer()
    other = await channels.new_channel()
    await channels.group_add(layer.GROUP, other)
    async with open_page():
        await change(room, "7", 8)
        message = await asyncio.wait_for(channels.receive(other), 3)
        assert message["keys"] == ["tests.hall.7"]


async def test_layer_that_is_away_is_told_once_and_gets_what_it_missed(room, monkeypatch, caplog):
    monkeypatch.setattr(layer, "RETRY", 0.05)
    channels = get_channel_layer()
    sent = []

    async def fail(group, message):
        raise ConnectionError("no layer")

    async def work(group, message):
        sent.append(message["keys"])

    monkeypatch.setattr(channels, "group_send", fail)
    async with open_page() as page:
        await page.say(listen=["tests.hall.7"])
        await page.hear()
        await change(room, "7", 8)
        assert (await page.hear(1))["version"] == 1  # this process needs no layer
        await asyncio.sleep(0.2)
        await change(room, "8", 9)
        monkeypatch.setattr(channels, "group_send", work)
        await asyncio.sleep(0.3)
    assert sent == [["tests.hall.7", "tests.hall.8"]]
    assert caplog.text.count("is away") == 1


async def test_database_that_is_away_forgets_nothing(room, monkeypatch, caplog):
    monkeypatch.setattr(hub, "PAUSE_AFTER_ERROR", 0.05)
    take = hub.take_changed
    async with open_page() as page:
        await page.say(listen=["tests.hall.7"])
        await page.hear()

        def fail(known):
            raise OperationalError("away")

        monkeypatch.setattr(hub, "take_changed", fail)
        await change(room, "7", 8)
        await asyncio.sleep(0.3)
        monkeypatch.setattr(hub, "take_changed", take)
        assert (await page.hear(1))["facts"] == {"count": 8}
    assert "begins again" in caplog.text


async def test_mistake_of_one_room_takes_nothing_from_another(room, caplog):
    room.facts["1"] = ZeroDivisionError("a mistake")
    async with open_page() as page:
        await page.say(listen=["tests.hall.1", "tests.hall.2"])
        assert (await page.hear())["topic"] == "tests.hall.2"
        async with asyncio.timeout(3):  # the two are taken in any order
            while "The snapshot of tests.hall.1 failed." not in caplog.text:
                await asyncio.sleep(0.02)


async def test_what_follows_from_the_clock_is_heard_without_a_version(room, monkeypatch):
    monkeypatch.setattr(hub, "RENEW", 0.2)
    monkeypatch.setattr(hub, "LOOK", 0.1)
    async with open_page() as page:
        await page.say(listen=["tests.hall.7"])
        await page.hear()
        assert await page.silent(0.5)  # taken anew, but it says the same
        room.facts["7"] = 70
        assert await page.hear(1) == {"topic": "tests.hall.7", "version": 0, "facts": {"count": 70}}


def test_mark_without_a_server_does_nothing(monkeypatch):
    monkeypatch.setattr(hub, "_hub", None)
    hub.mark(["tests.hall.7"])


def test_mark_after_the_end_of_the_loop_does_nothing(monkeypatch):
    loop = asyncio.new_event_loop()
    monkeypatch.setattr(hub, "_hub", hub.Hub(loop))
    loop.close()
    hub.mark(["tests.hall.7"])
