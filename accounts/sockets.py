"""Puts the person who takes part on every websocket, and lets the socket ask again who it is."""

from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Any, cast

from asgiref.typing import ASGI3Application, ASGIReceiveCallable, ASGISendCallable, Scope
from channels.db import database_sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest

from accounts.middleware import find_person
from accounts.models import Participant

Identity = tuple[Participant | None, bool]


def _read(session_key: str | None, was_signed_in: bool) -> Identity:
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    user = get_user(request)
    signed_in = bool(user.is_authenticated and user.is_active)
    return find_person(user, request.session), signed_in or not was_signed_in


class PersonInScope:
    """Sets `scope["person"]`, `scope["account_topic"]` and `scope["ask_again"]`.

    `ask_again()` reads the session anew and returns the person and whether the session still holds: a socket that
    was opened signed in does not outlive its session.
    """

    def __init__(self, app: ASGI3Application) -> None:
        self.app = app

    async def __call__(self, scope: dict[str, Any], receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        key = scope["session"].session_key
        signed_in = bool(scope["user"].is_authenticated)
        read: Callable[..., Awaitable[Identity]] = database_sync_to_async(_read)
        person, _holds = await read(key, False) if key else (None, True)

        async def ask_again() -> Identity:
            return await read(key, signed_in)

        scope["person"] = person
        scope["account_topic"] = person.topic if person else ""
        scope["ask_again"] = ask_again
        await self.app(cast(Scope, scope), receive, send)
