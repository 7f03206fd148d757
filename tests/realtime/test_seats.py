"""A session that nobody has is no seat of its own: cookies that were made up do not multiply sockets."""

from django.conf import settings
from django.test import Client

from realtime import limits
from tests.realtime.stage import Room, open_page


async def test_made_up_sessions_count_by_address(room: Room) -> None:
    for number in range(3):
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = f"madeupsession{number:019}"
        async with open_page(client) as page:
            await page.say(listen=["tests.hall.1"])
            await page.hear()
            assert [name.split()[0] for name in limits._open] == ["address"]
