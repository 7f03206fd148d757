"""The door for HTTP and websockets: pages by Django, live pages by the one consumer of `realtime`."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
pages = get_asgi_application()

from channels.auth import AuthMiddlewareStack  # noqa: E402 (the registry of apps must be ready)
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402
from django.urls import path  # noqa: E402

from accounts.sockets import PersonInScope  # noqa: E402
from realtime.consumer import LiveConsumer  # noqa: E402

live = URLRouter([path("live/", LiveConsumer.as_asgi())])
application = ProtocolTypeRouter(
    {"http": pages, "websocket": AllowedHostsOriginValidator(AuthMiddlewareStack(PersonInScope(live)))}
)
