"""Fixtures that every room's tests share."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as examples

from moderation import triggers
from moderation.models import AuditEntry
from tests import databases, needs

# How long an example takes says how busy the machine is; what CI adds (the same examples in every run) stays.
examples.register_profile(
    "house",
    examples.get_profile(examples.get_current_profile_name()),
    deadline=None,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow],
)
examples.load_profile("house")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    needs.leave_out(config, items)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in needs.lines():
        terminalreporter.write_line(line, yellow=True)


@pytest.fixture(scope="session")
def realdata() -> Path:
    """The folder of real conversations, elections and texts (tests that use it carry the marker `realdata`)."""
    return needs.REALDATA


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """The database of this process begins as a copy of one with all migrations."""
    database = settings.DATABASES["default"]
    if connection.vendor == "sqlite":
        with databases.in_memory():
            yield
        return
    database.setdefault("TEST", {})["TEMPLATE"] = databases.migrated_postgres(os.environ["DATABASE_URL"])
    yield


@pytest.fixture(autouse=True)
def _audit_can_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests with real transactions empty all tables at their end, which the audit's triggers would refuse."""
    marker = request.node.get_closest_marker("django_db")
    real = marker is not None and marker.kwargs.get("transaction", False)
    if not real and not {"transactional_db", "live_server"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    if connection.vendor == "sqlite":
        triggers.remove(connection)
        AuditEntry.objects.all().delete()
        triggers.install(connection)
