"""What every page knows: the name of the service and the person who looks at it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """`service_name`, `person` (participant or None)."""
    return {"service_name": settings.SERVICE_NAME, "person": getattr(request, "person", None)}
