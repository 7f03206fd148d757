"""Fixtures of this room. Tests that are coroutines run in a loop of their own, with the database in the main thread."""

import inspect

import pytest
from asgiref.sync import async_to_sync

from realtime import hub
from tests.realtime.stage import Room, new_room


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    test = pyfuncitem.obj
    if not inspect.iscoroutinefunction(test):
        return None
    names = inspect.signature(test).parameters
    async_to_sync(test)(**{name: pyfuncitem.funcargs[name] for name in names})
    return True


@pytest.fixture
def room(transactional_db) -> Room:
    hub._hub = None
    return new_room()
