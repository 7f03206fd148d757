"""Tells mypy of `request.person`, which `accounts.middleware.PersonMiddleware` puts on every request."""

from collections.abc import Callable

from mypy.plugin import ClassDefContext, Plugin
from mypy.plugins.common import add_attribute_to_class
from mypy.types import AnyType, TypeOfAny


class TypedRequest(Plugin):
    """Adds the attribute to Django's class of requests."""

    def get_customize_class_mro_hook(self, fullname: str) -> Callable[[ClassDefContext], None] | None:
        return add_person if fullname == "django.http.request.HttpRequest" else None


def add_person(context: ClassDefContext) -> None:
    """`person` is a `Participant` or None; its class is not known yet when this one is read."""
    if "person" not in context.cls.info.names:
        add_attribute_to_class(context.api, context.cls, "person", AnyType(TypeOfAny.explicit))


def plugin(version: str) -> type[Plugin]:
    """The door that mypy knocks at."""
    return TypedRequest
