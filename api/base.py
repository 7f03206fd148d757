"""What every endpoint shares: anonymous reading, pages, explicit filters and orders, errors that say what to do.

The interface reads what everybody may read, whoever asks: no session, no token, no rules of its own.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import conditional_page
from rest_framework import exceptions, mixins, serializers, viewsets
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import AllowAny
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import exception_handler

PROBLEM = "application/problem+json"
STATES = [("planned", gettext_lazy("Not open yet")), ("open", gettext_lazy("Open")), ("closed", gettext_lazy("Closed"))]
HELP = {
    400: gettext_lazy("Correct the parameters that `errors` names; /api/ lists those of each address."),
    403: gettext_lazy("Read `detail`; what is not public yet is public later, at the time it says."),
    404: gettext_lazy("Check the address; drafts and hidden texts are not part of the public interface."),
    405: gettext_lazy("This interface is for reading: use GET. To take part, use the pages."),
}


class Everything(BaseContentNegotiation):
    """JSON, whatever is asked for: there is one form of each answer."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        return renderers[0], renderers[0].media_type


class Pages(PageNumberPagination):
    """20 rows a page, at most 100."""

    page_size = 20
    max_page_size = 100
    page_size_query_param = "page_size"
    page_size_query_description: Any = gettext_lazy("Rows on a page, at most 100.")
    page_query_description: Any = gettext_lazy("Number of the page, from 1.")


def problem(status: int, detail: str, errors: Any = None) -> dict[str, Any]:
    """A problem object (RFC 9457) with what to do."""
    title = {400: "Bad request", 403: "Not public", 404: "Not found", 405: "Method not allowed"}.get(status, "Error")
    found: dict[str, Any] = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    if errors is not None:
        found["errors"] = errors
    found["help"] = str(HELP.get(status, "")) + f" {settings.PUBLIC_URL}/api/"
    return found


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """Answers what went wrong as a problem object; None lets the server's own answer stand."""
    response = exception_handler(error, context)
    if response is None:
        return None
    data = response.data
    detail = data.get("detail") if isinstance(data, dict) else None
    errors = None if detail else data
    words = str(detail) if detail else _("Some parameters cannot be used.")
    response.data = problem(response.status_code, words, errors)
    response.content_type = PROBLEM
    return response


def missing(request: HttpRequest, rest: str = "") -> JsonResponse:
    """An address below /api/ that is not there."""
    answer = JsonResponse(problem(404, _("There is nothing at this address.")), status=404, content_type=PROBLEM)
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


@method_decorator(conditional_page, name="dispatch")
class Reading(viewsets.GenericViewSet):
    """Rows for anybody. `filterset_class` names all that can be filtered and ordered; anything else is refused."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    content_negotiation_class = Everything
    pagination_class = Pages
    http_method_names = ["get", "head", "options"]
    lookup_value_regex = "[0-9]{1,18}"

    def get_exception_handler(self) -> Any:
        return handle

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method == "OPTIONS":
            return
        known = self.known_parameters()
        strange = sorted(set(request.query_params) - known)
        if strange:
            allowed = ", ".join(sorted(known)) or "–"
            words = _("There is no such parameter here. There are: %(names)s.") % {"names": allowed}
            raise exceptions.ValidationError({name[:60]: [words] for name in strange[:10]})

    def known_parameters(self) -> set[str]:
        """The names of all query parameters of this action."""
        if getattr(self, "detail", False) and self.action != "citations":
            return set()
        filters = getattr(self, "filterset_class", None) if self.action == "list" else None
        return {"page", "page_size"} | set(filters.base_filters if filters else ())

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Cache-Control"] = "public, no-cache"
        return response


class ReadingMany(mixins.ListModelMixin, mixins.RetrieveModelMixin, Reading):
    """A list and its single rows."""


class Public(serializers.ModelSerializer):
    """Rows with the address of their page."""

    url = serializers.SerializerMethodField(help_text=gettext_lazy("Page for people."))

    def get_url(self, row: Any) -> str:
        return f"{settings.PUBLIC_URL}{row.get_absolute_url()}"


class Author(serializers.CharField):
    """The name that somebody shows beside what they write; null where there is none. Nothing else of a person."""

    def __init__(self, **kwargs: Any) -> None:
        help_text = gettext_lazy("The name shown beside the text; null for guests and deleted accounts.")
        super().__init__(read_only=True, allow_null=True, help_text=help_text, **kwargs)

    def to_representation(self, value: Any) -> Any:
        return value.name or None if value.erased_at is None else None
