"""Finds every room's `privacy.py`, and holds this room's own: what it knows of a person."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol

from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType

from accounts.models import Participant


class Room(Protocol):
    """What a `privacy.py` offers."""

    __name__: str
    export: Callable[[Participant], dict[str, Any]]  # everything held of the person, ready for JSON
    erase: Callable[[Participant], None]  # remove it
    adopt: Callable[[Participant, Participant], None]  # hand a guest's rows to an account's participant


def rooms() -> list[Room]:
    """The privacy modules of all installed rooms, upper floors first, so that nothing is left pointing down."""
    names = [name for name in reversed(settings.ROOMS) if apps.is_installed(name)]
    return [import_module(f"{name}.privacy") for name in names if find_spec(f"{name}.privacy")]


def export(person: Participant) -> dict[str, Any]:
    """The account, roles and consents of `person`."""
    user = person.user
    return {
        "name": person.name,
        "email": user.email if user else "",
        "language": user.language if user else "",
        "area": str(person.area or ""),
        "level": person.get_level_display(),
        "since": person.created_at.isoformat(),
        "roles": [str(membership) for membership in user.memberships.select_related("organisation")] if user else [],
        "consents": [
            {"notice": consent.notice.version, "given_at": consent.given_at.isoformat()}
            for consent in person.consents.select_related("notice")
        ],
    }


def erase(person: Participant) -> None:
    """Consents and roles go; the account itself is removed by `accounts.actions.erase_person`.

    What operators did to the account stays in their log, without its name and address.
    """
    person.consents.all().delete()
    for row in (person, person.user):
        if row is not None:
            about = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(row), object_id=str(row.pk))
            about.update(object_repr="", change_message="")
    if person.user:
        person.user.memberships.all().delete()


def adopt(guest: Participant, person: Participant) -> None:
    """The guest's consents become the account's, where it has none of its own."""
    held = person.consents.values("notice")
    guest.consents.exclude(notice__in=held).update(participant=person)
