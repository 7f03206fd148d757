"""Puts the person who takes part on every websocket, and lets the socket ask again who it is.

One visit to the database for a visitor with a session, none for one without: after a restart all pages come at once.
"""

from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Any, NamedTuple, cast

from asgiref.typing import ASGI3Application, ASGIReceiveCallable, ASGISendCallable, Scope
from channels.db import database_sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest, parse_cookie

from accounts.middleware import find_person
from accounts.models import Participant


class Identity(NamedTuple):
    """Who a session belongs to now; `session_key` is empty where there is no such session."""

    person: Participant | None
    signed_in: bool
    session_key: str


def _read(key: str) -> Identity:
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    user = get_user(request)
    person = find_person(user, request.session)
    return Identity(person, bool(user.is_authenticated and user.is_active), request.session.session_key or "")


def _cookie(headers: list[tuple[bytes, bytes]]) -> str:
    """The session that the visitor's browser names, or nothing."""
    text = b"; ".join(value for name, value in headers if name == b"cookie").decode("latin1")
    return parse_cookie(text).get(settings.SESSION_COOKIE_NAME, "")


class PersonInScope:
    """Sets `scope["person"]`, `scope["session_key"]`, `scope["account_topic"]` and `scope["ask_again"]`.

    `ask_again()` reads the session anew and returns the person and whether the session still holds: a socket that
    was opened signed in does not outlive its session.
    """

    def __init__(self, app: ASGI3Application) -> None:
        self.app = app

    async def __call__(self, scope: dict[str, Any], receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        read: Callable[[str], Awaitable[Identity]] = database_sync_to_async(_read)
        key = _cookie(scope["headers"])
        first = await read(key) if key else Identity(None, False, "")

        async def ask_again() -> tuple[Participant | None, bool]:
            now = await read(key) if key else first
            return now.person, now.signed_in or not first.signed_in

        scope["person"], scope["session_key"] = first.person, first.session_key
        scope["account_topic"] = first.person.topic if first.person else ""
        scope["ask_again"] = ask_again
        await self.app(cast(Scope, scope), receive, send)
