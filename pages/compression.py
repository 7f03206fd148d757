"""Compresses pages for visitors of whom nothing is known. Refuses to compress where a session comes with the request.

How well a page compresses tells something of what is in it; pages of strangers hold no secret that could be told.
"""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import set_response_etag


class CompressionMiddleware(GZipMiddleware):
    """Django's own, for requests without a session: docs/decisions/0073-compress-for-strangers.md."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if settings.SESSION_COOKIE_NAME in request.COOKIES or settings.SESSION_COOKIE_NAME in response.cookies:
            return response
        if response.status_code == 200 and not response.cookies and not response.has_header("ETag"):
            set_response_etag(response)  # before it is compressed, which is done a little differently each time
        return super().process_response(request, response)
