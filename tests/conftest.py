"""Fixtures that every room's tests share."""

import os
from pathlib import Path

import pytest

REALDATA = Path(os.environ.get("REMBUK_DATA", Path(__file__).parents[2] / "shared" / "data"))


@pytest.fixture(scope="session")
def realdata() -> Path:
    """The folder of real conversations, elections and texts."""
    if not REALDATA.is_dir():
        pytest.skip("REMBUK_DATA names no folder: real data is not here.")
    return REALDATA
