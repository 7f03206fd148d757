"""The schema (OpenAPI) and the page that explains it: our own HTML, made from the schema itself."""

import json
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import conditional_page, require_safe

from api.examples import example

NAMES = {
    "consultations": _("Consultations"),
    "documents": _("Documents"),
    "clauses": _("Clauses"),
    "comments": _("Comments"),
    "polls": _("Polls"),
    "conversations": _("Conversations"),
    "statements": _("Statements"),
    "threads": _("Threads"),
    "posts": _("Posts"),
    "themes": _("Themes"),
}


@dataclass(frozen=True)
class Parameter:
    """A parameter; `values` are the only ones allowed, where there are such."""

    name: str
    place: str
    kind: str
    words: str
    values: list[str]


@dataclass(frozen=True)
class Operation:
    """One address with what it takes and what it answers."""

    key: str
    path: str
    summary: str
    parameters: list[Parameter]
    curl: str
    answer: str


@dataclass(frozen=True)
class Section:
    """The addresses of one kind of rows."""

    key: str
    name: Any
    operations: list[Operation] = field(default_factory=list)


@require_safe
@conditional_page
def schema(request: HttpRequest, form: str) -> HttpResponse:
    """The schema of the public interface, the same for everybody, in the `form` "json" or "yaml"."""
    from drf_spectacular import renderers  # these load a third of the framework, and Django's test client

    made = {"json": renderers.OpenApiJsonRenderer, "yaml": renderers.OpenApiYamlRenderer}[form]()
    response = HttpResponse(made.render(read_schema(), renderer_context={}), content_type=made.media_type)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def read_schema() -> dict[str, Any]:
    """All addresses of the interface with what they take and answer, as OpenAPI says it, in the active language."""
    from drf_spectacular.generators import SchemaGenerator

    found: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return found


@require_safe
@conditional_page
def page(request: HttpRequest) -> HttpResponse:
    """Every address with its parameters, an example of its answer, and the command that asks for it."""
    context = {"sections": sections(get_language() or "id"), "base": settings.PUBLIC_URL}
    return render(request, "api/docs.html", context)


@lru_cache(maxsize=4)
def sections(language: str) -> list[Section]:
    """The schema as the page shows it, in the active `language`; made once in each process."""
    schema = read_schema()
    found: dict[str, Section] = {}
    for path, methods in schema["paths"].items():
        operation = methods.get("get")
        name = path.removeprefix("/api/v1/").partition("/")[0]
        if operation is None or name not in NAMES:
            continue
        section = found.setdefault(name, Section(name, NAMES[name]))
        section.operations.append(_operation(path, operation, schema))
    return [found[name] for name in NAMES if name in found]


def _operation(path: str, operation: dict[str, Any], schema: dict[str, Any]) -> Operation:
    parameters = [_parameter(one) for one in operation.get("parameters", [])]
    content = operation["responses"]["200"]["content"]["application/json"]["schema"]
    filled = path.replace("{slug}", "bus-route-4").replace("{id}", "12")
    return Operation(
        key=operation["operationId"].replace("_", "-"),
        path=path,
        summary=str(operation.get("summary", "")),
        parameters=parameters,
        curl=f"curl '{settings.PUBLIC_URL}{filled}'",
        answer=json.dumps(example(content, schema), indent=2, ensure_ascii=False),
    )


def _parameter(one: dict[str, Any]) -> Parameter:
    schema = one.get("schema", {})
    items = schema.get("items", {})
    values = [str(value) for value in schema.get("enum") or items.get("enum") or [] if value != ""]
    words = str(one.get("description", "")).partition("\n\n*")[0]
    return Parameter(one["name"], one["in"], schema.get("type", "string"), words, values)
