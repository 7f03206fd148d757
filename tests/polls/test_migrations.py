"""A database with polls of one question each becomes one with questions: nothing is lost, nothing is changed."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import postgres_database
from tests.servers import Installation

BEFORE = """
from datetime import timedelta
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
apps = MigrationExecutor(connection).migrate([("polls", "0001_initial")]).apps
get, now = apps.get_model, timezone.now()
office = get("accounts", "Organisation").objects.create(name="Office", slug="office")
space = get("moderation", "Space").objects.create(organisation=office, name="Bus")
room = get("consultations", "Consultation").objects.create(organisation=office, space=space, title="Bus", slug="bus")
people = [get("accounts", "Participant").objects.create(name=f"P{n}") for n in range(3)]
for number, (kind, rule, most, mode) in enumerate([
    ("single", "plurality", 1, "open"), ("several", "approval", 2, "confidential"), ("ranking", "irv", 1, "open"),
]):
    poll = get("polls", "Poll").objects.create(
        consultation=room, space=space, question=f"Question {number}?", kind=kind, rule=rule, max_choices=most,
        mode=mode, opens_at=now, closes_at=now + timedelta(days=1), ballot_count=3,
        released={"sums": {'["o1"]': 10}, "count": 10} if kind == "several" else {},
    )
    for at, text in enumerate(["Market", "Park"], 1):
        get("polls", "Option").objects.create(poll=poll, key=f"o{at}", text=text, position=at)
    for person in people:
        get("polls", "RollEntry").objects.create(poll=poll, voter=person)
        get("polls", "Ballot").objects.create(
            poll=poll, choice='["o2"]', nonce="n", commitment="c", form_hash=f"f{person.pk}",
            **({"voter": person} if mode == "open" else {"pseudonym": f"p{person.pk}"}),
        )
    get("polls", "Remark").objects.create(poll=poll, space=space, body="Shade.", html="<p>Shade.</p>")
print(poll.pk)
"""
AFTER = """
import json
from polls.models import Ballot, Poll, RollEntry
print(json.dumps([
    {
        "title": poll.title, "questions": [
            [one.key, one.position, one.text, one.kind, one.rule, one.settings, list(one.names.items())]
            for one in poll.sheet
        ],
        "roll": poll.roll.count(), "remarks": poll.remarks.count(), "released": poll.released,
        "ballots": sorted(Ballot.objects.of(poll).values_list("choice", "nonce", "commitment", "form_hash")),
        "linked": [Ballot.objects.of(poll).exclude(**{name: None}).count() for name in ("voter", "pseudonym")],
    }
    for poll in Poll.objects.order_by("pk")
]))
"""
ASKED = [
    ("single", "plurality", {}, [3, 0], {}),
    ("several", "approval", {"max_choices": 2}, [0, 3], {"count": 10, "sums": {"q1": {'["o1"]': 10}}}),
    ("ranking", "irv", {}, [3, 0], {}),
]


@pytest.fixture(
    params=[pytest.param("sqlite", marks=pytest.mark.sqlite_file), pytest.param("postgres", marks=pytest.mark.postgres)]
)
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    if request.param == "sqlite":
        yield Installation(tmp_path)
        return
    with postgres_database(os.environ["DATABASE_URL"]) as url:
        yield Installation(tmp_path, DATABASE_URL=url)


def test_polls_of_before_are_kept_with_their_ballots(installation: Installation) -> None:
    installation.python(BEFORE)
    installation.manage("migrate", "-v0")
    found = json.loads(installation.python(AFTER))
    forms = [['["o2"]', "n", "c", f"f{n}"] for n in (1, 2, 3)]
    assert found == [
        {
            "title": f"Question {number}?",
            "questions": [
                ["q1", 1, f"Question {number}?", kind, rule, settings, [["o1", "Market"], ["o2", "Park"]]]
            ],
            "roll": 3, "remarks": 1, "released": released, "ballots": forms, "linked": linked,
        }
        for number, (kind, rule, settings, linked, released) in enumerate(ASKED)
    ]  # fmt: skip
