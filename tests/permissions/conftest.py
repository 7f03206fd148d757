"""One world for each state, made once for a whole file and forgotten at its end."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.permissions.places import clients
from tests.permissions.world import STATES, World, make_world


@pytest.fixture(scope="module", params=STATES)
def world(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Any:
    """A world in one state. What a test changes in it, it takes back itself."""
    yield from _lasting(request.param, django_db_blocker, tmp_path_factory.mktemp("var"))


def _lasting(state: str, blocker: Any, folder: Path) -> Iterator[World]:
    with blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr("django.conf.settings.VAR_DIR", folder)
        yield make_world(state)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def browsers(world: World) -> dict[str, Client]:
    """A browser for each role."""
    return clients(world)
