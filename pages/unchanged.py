"""Answers strangers from memory while nothing has changed. Refuses whatever concerns one person or carries a token.

What is kept ends with the next commit of anything, by whichever process, and with the minute: pages tell times.
"""

import threading
import time
from collections.abc import Callable, Hashable
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language_from_request

from pages.context import THEME

CLOCK = 60  # seconds; whole minutes, as most times are at which something closes
PAGES, LARGEST = 128, 128 * 1024  # so many pages of at most so many bytes are kept in a process
NOW = {"/healthz", "/readyz"}  # these say how it is, not how it was


class Watch:
    """Tells states of the database apart: equal answers mean that nothing was committed in between."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._watching: Any = None

    def state(self) -> Hashable | None:
        """What the database itself says; None where that is not known (it is away, or a transaction is open here)."""
        if connection.in_atomic_block:
            return None
        try:
            return self._snapshot() if connection.vendor == "postgresql" else self._version()
        except DatabaseError:
            return None

    def _snapshot(self) -> str:
        """Which transactions can be seen (PostgreSQL: `xmin:xmax:those under way`)."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_snapshot()::text")
            return str(cursor.fetchone()[0])

    def _version(self) -> int:
        """A number that SQLite raises for one connection whenever another one, of any process, has committed."""
        with self._lock:
            if self._watching is None:
                self._watching = connections.create_connection(DEFAULT_DB_ALIAS)
                self._watching.inc_thread_sharing()
            with self._watching.cursor() as cursor:
                cursor.execute("PRAGMA data_version")
                return int(cursor.fetchone()[0])


class UnchangedMiddleware:
    """Keeps pages of visitors of whom nothing is known: docs/decisions/0092-unchanged-pages.md."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.watch = Watch()
        self.known = {settings.LANGUAGE_COOKIE_NAME, settings.CSRF_COOKIE_NAME, THEME}
        self.kept: tuple[Hashable, dict[Hashable, HttpResponse]] = (None, {})

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "GET" or request.path in NOW or not request.COOKIES.keys() <= self.known:
            return self.get_response(request)
        state = self.watch.state()
        if state is None:
            return self.get_response(request)
        pages, key = self._pages(state), self._key(request)
        kept = pages.get(key)
        page = kept or self.get_response(request)
        if kept is None:
            if not may_keep(page):
                return page
            patch_vary_headers(page, ["Cookie", "Accept-Language", "Accept-Encoding"])
            page.headers.setdefault("Cache-Control", "no-cache")
            if len(pages) < PAGES and self.watch.state() == state:
                pages[key] = _copy(page)
        return get_conditional_response(request, etag=page.get("ETag"), response=_copy(page)) or page

    def _pages(self, state: Hashable) -> dict[Hashable, HttpResponse]:
        """What is kept of this state of the database in this minute; of all others nothing."""
        mark = (state, int(time.time() // CLOCK))
        if self.kept[0] != mark:
            self.kept = (mark, {})
        return self.kept[1]

    def _key(self, request: HttpRequest) -> Hashable:
        """All that such a page can depend on."""
        return (
            request.scheme,
            request.get_host(),
            request.get_full_path(),
            get_language_from_request(request),
            request.COOKIES.get(THEME),
            "gzip" in request.headers.get("Accept-Encoding", ""),
        )


def may_keep(page: HttpResponse) -> bool:
    """Whether everybody may have the same: complete, not said to be private, and without a cookie (a form's token)."""
    if page.status_code != 200 or page.streaming or page.cookies or len(page.content) > LARGEST:
        return False
    control = page.get("Cache-Control", "")
    return "private" not in control and "no-store" not in control


def _copy(page: HttpResponse) -> HttpResponse:
    """The same answer anew: what stands around this middleware writes into the headers of the one that goes out."""
    return HttpResponse(page.content, headers=dict(page.headers))
