"""Keeps a choice for 30 minutes while its voter signs in: in a cookie of this poll's pages, in no table.

Refuses to keep more than a cookie holds: then texts are left out, choices never.
"""

from django.core import signing
from django.http import HttpRequest, HttpResponse

from polls.models import Poll

SECONDS = 30 * 60
MOST = 3800  # bytes of a cookie
SALT = "polls.kept"
Held = dict[str, list[str]]


def keep(response: HttpResponse, poll: Poll, choices: Held, texts: Held) -> None:
    """Let the browser hold what stood in the form's fields until it comes back from signing in."""
    value = _sign(choices | texts)
    response.set_cookie(
        _name(poll),
        value if len(value) <= MOST else _sign(choices),
        max_age=SECONDS,
        httponly=True,
        samesite="Lax",
        path=poll.get_absolute_url(),
    )


def find(request: HttpRequest, poll: Poll) -> Held | None:
    """The fields that were kept, while they are not older than 30 minutes."""
    value = request.COOKIES.get(_name(poll))
    if not value:
        return None
    try:
        held: Held = signing.loads(value, salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return None
    return held


def forget(response: HttpResponse, poll: Poll) -> None:
    """Tell the browser to forget the choice."""
    response.delete_cookie(_name(poll), path=poll.get_absolute_url(), samesite="Lax")


def _name(poll: Poll) -> str:
    return f"vote-{poll.pk}"


def _sign(fields: Held) -> str:
    return signing.dumps(fields, salt=SALT, compress=True)
