"""The door for HTTP and websockets: pages by Django, live pages by the one consumer of `realtime`."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
pages = get_asgi_application()

from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, Scope  # noqa: E402 (the registry of apps first)
from channels.auth import AuthMiddlewareStack  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402
from django.urls import path  # noqa: E402

from accounts.sockets import PersonInScope  # noqa: E402
from realtime import hub, lock  # noqa: E402
from realtime.consumer import LiveConsumer  # noqa: E402

lock.hold()
live = URLRouter([path("live/", LiveConsumer.as_asgi())])
doors = ProtocolTypeRouter(
    {"http": pages, "websocket": AllowedHostsOriginValidator(AuthMiddlewareStack(PersonInScope(live)))}
)


async def application(scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
    """Every request and socket; the first one starts the hub (Daphne tells nobody that it starts)."""
    hub.ensure()
    await doors(scope, receive, send)
