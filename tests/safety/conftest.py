"""The worlds of the permission tables, and every address in them, for tests that walk through all pages."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.permissions.places import clients
from tests.permissions.world import World, make_world


@pytest.fixture(autouse=True, scope="module")
def _quiet() -> Iterator[None]:
    """Refusals are what is asked for here; nobody needs to read thousands of them."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


def _world(state: str, blocker: Any, factory: Any) -> Iterator[World]:
    with blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr("django.conf.settings.VAR_DIR", factory.mktemp("var"))
        yield make_world(state)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def closed_world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[World]:
    """Everything published: results, a summary, texts of all kinds."""
    yield from _world("closed", django_db_blocker, tmp_path_factory)


@pytest.fixture(scope="module", params=["draft", "hidden"])
def secret_world(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[World]:
    """A world in which what is not public says SECRET."""
    yield from _world(request.param, django_db_blocker, tmp_path_factory)


@pytest.fixture(scope="module")
def browsers(closed_world: World) -> dict[str, Client]:
    """A browser for each role of `closed_world`."""
    return clients(closed_world)
