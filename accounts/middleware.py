"""Puts the person who takes part on every request: `request.person` (None for somebody unknown)."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from accounts.models import Participant, User
from accounts.rules import TooMany

GUEST = "guest"  # the session remembers a guest by this key


def find_person(user: User | AnonymousUser, session: SessionBase) -> Participant | None:
    """The participant of a signed-in account, or the guest that the session remembers, or None."""
    if user.is_authenticated:
        known: Participant | None = getattr(user, "participant", None)  # the backend has read it with the account
        return known or Participant.objects.select_related("user", "area").get_or_create(user_id=user.pk)[0]
    key = session.get(GUEST)
    return Participant.objects.filter(key=key, user=None).first() if key else None


class PersonMiddleware:
    """Sets `request.person`, and the language that the account chose. Asks nothing for visitors without a session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known = settings.SESSION_COOKIE_NAME in request.COOKIES
        request.person = find_person(request.user, request.session) if known else None
        if request.person and request.person.user and request.person.user.language:
            translation.activate(request.person.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """TooMany becomes the page that names the wait."""
        if not isinstance(exception, TooMany):
            return None
        response = render(request, "pages/error.html", {"status": 429, "wait": exception.wait}, status=429)
        response["Retry-After"] = str(exception.wait)
        return response
