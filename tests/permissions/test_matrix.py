"""Every address × method × role × state, against the tables; whoever belongs to another organisation is a citizen."""

import pytest
from django.test import Client

from tests.permissions import tables
from tests.permissions.places import ask, mark_of, marks, url_names
from tests.permissions.world import World

pytestmark = pytest.mark.django_db
ROWS = {room: tables.read(room) for room in tables.ROOMS}
ALL = {row: states for rows in ROWS.values() for row, states in rows.items()}
# What those with roles elsewhere get where a citizen is turned away: their own rooms of work, never this one.
ELSEWHERE = {
    ("consultations:new", "GET"): "+",
    ("consultations:new", "POST"): "!",
    ("moderation:queue", "GET"): "+",
    ("moderation:start", "POST"): "~",
    ("moderation:bulk", "POST"): "!",
    ("moderation:case", "GET"): "4",
    ("moderation:claim", "POST"): "4",
    ("moderation:decide", "POST"): "4",
    ("moderation:undo", "POST"): "4",
}


def test_tables_name_every_address_and_no_other():
    assert sorted({name for name, _method in ALL}) == sorted(url_names())


@pytest.mark.parametrize("room", tables.ROOMS)
def test_answers_are_those_of_the_table(world: World, browsers: dict[str, Client], room: str):
    expected = {row: states[world.state] for row, states in ROWS[room].items() if world.state in states}
    assert {(name, method): marks(world, browsers, method, name) for name, method in expected} == expected


def test_those_with_roles_elsewhere_are_citizens_here(world: World, browsers: dict[str, Client]):
    expected = {row: ELSEWHERE.get(row, states[world.state][1]) for row, states in ALL.items() if len(states) > 1}
    answers = {(name, method): mark_of(ask(world, browsers["stranger"], method, name)) for name, method in expected}
    assert answers == expected


def test_methods_without_a_row_are_refused(world: World, browsers: dict[str, Client]):
    if world.state != tables.ONCE:
        return
    missing = [(name, method) for name, _m in ALL for method in ("GET", "POST") if (name, method) not in ALL]
    assert {row: mark_of(ask(world, browsers["organiser"], row[1], row[0])) for row in missing} == dict.fromkeys(
        missing, "x"
    )
