"""Reads the tables of all rooms. A row: url name, method, seven marks for each state, or once where no state matters.

Marks stand in the order of roles: anonymous, citizen, author, moderator, analyst, organiser, staff (operator without a
role). `+` answered, `>` to sign in, `~` led on (done), `3` forbidden, `4` not there, `x` no such method, `-` gone,
`!` permitted, but the form is not complete or in conflict.
"""

import importlib
from pathlib import Path

from tests.permissions.world import STATES

ROOMS = sorted(path.stem.removeprefix("table_") for path in Path(__file__).parent.glob("table_*.py"))
ONCE = "open"  # the state in which rows with one column are asked
Row = tuple[str, str]


def read(room: str) -> dict[Row, dict[str, str]]:
    """The rows of `room`: marks by state, by url name and method."""
    found: dict[Row, dict[str, str]] = {}
    for line in importlib.import_module(f"tests.permissions.table_{room}").TABLE.strip().splitlines():
        name, method, *marks = line.split()
        states = STATES if len(marks) > 1 else (ONCE,)
        if (name, method) in found:
            raise ValueError(f"{name} {method} stands there twice.")
        found[name, method] = dict(zip(states, marks, strict=True))
    return found
