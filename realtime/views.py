"""The snapshot of a topic by HTTP, for pages without a socket: the same facts under the same permission."""

import time

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from realtime.snapshots import may_listen, take, versions

CLOCK = 60  # seconds: facts that follow from the clock (a poll closes) raise no version


@require_safe
def snapshot(request: HttpRequest, key: str) -> HttpResponse:
    """`{"topic", "version", "facts"}`; 304 where nothing changed; 404 for what is not there or not for this reader."""
    if not may_listen(request.person, key):
        return JsonResponse({"error": "not found"}, status=404)
    version = versions([key])[key]
    etag = f'"{version}.{int(time.time() // CLOCK)}"'
    response: HttpResponse
    if etag in parse_etags(request.headers.get("If-None-Match", "").replace("W/", "")):
        response = HttpResponse(status=304)
    else:
        taken = take(key, version)
        if taken is None:
            return JsonResponse({"error": "not found"}, status=404)
        response = HttpResponse(taken.text, content_type="application/json")
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "Cookie"
    return response
