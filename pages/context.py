"""What every page knows: the name of the service, the person who looks at it, and the colours they chose."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

THEME = "theme"  # the cookie, and the values it may have
THEMES = ("light", "dark")


def site(request: HttpRequest) -> dict[str, Any]:
    """`service_name`, `person` (participant or None), `colours` ("light", "dark", or "" for what the device says)."""
    chosen = request.COOKIES.get(THEME, "")
    return {
        "service_name": settings.SERVICE_NAME,
        "person": getattr(request, "person", None),
        "colours": chosen if chosen in THEMES else "",
    }
