"""Pages for what goes wrong: each says what happened, what to do next, and loses nothing that was typed."""

from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
SECRET = ("password", "code", "token", "csrf", "key", "secret", "credential")


def page(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    """The error page for `status`; `title`, `text` and the ways on come from the template."""
    return render(request, "pages/error.html", {"status": status, **context}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent cannot be read; 413 where it is too large, or has too many parts."""
    return page(request, 413 if isinstance(exception, TOO_LARGE) else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: names the reason that a rule gave, and offers to sign in where that is the missing step."""
    reason = str(exception) if exception and exception.args else ""
    return page(request, 403, reason=reason)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: offers search; never says whether something hidden is there."""
    return page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: stands without database, session and context."""
    return HttpResponse(loader.get_template("pages/error_plain.html").render({}), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without a valid token: shows what was typed, so that one press sends it again."""
    kept = [
        (name, value)
        for name in request.POST
        for value in request.POST.getlist(name)
        if not any(part in name.lower() for part in SECRET)
    ]
    title = _("Please send this once more")
    return page(request, 403, csrf=True, kept=kept[:200], title=title, action=request.get_full_path())
