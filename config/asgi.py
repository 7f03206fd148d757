"""The door for HTTP and websockets: pages by Django, live pages by the one consumer of `realtime`."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
pages = get_asgi_application()

from typing import Any  # noqa: E402 (the registry of apps first)

from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402

from accounts.sockets import PersonInScope  # noqa: E402
from realtime import hub, lock  # noqa: E402
from realtime.consumer import LiveConsumer  # noqa: E402

LIVE = "/live/"
lock.hold()
live = AllowedHostsOriginValidator(PersonInScope(LiveConsumer.as_asgi()))


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Every request and socket; the first one starts the hub (Daphne tells nobody that it starts)."""
    hub.ensure()
    if scope["type"] == "http":
        await pages(scope, receive, send)
    elif scope["type"] == "websocket" and scope["path"] == LIVE:
        await live(scope, receive, send)
    elif scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1000, "reason": ""})  # before it is open: 403
    else:
        raise ValueError(f"There is no {scope['type']} here.")  # so servers learn that we do without `lifespan`
