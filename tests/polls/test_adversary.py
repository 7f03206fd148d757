"""An adversary with a dump of the database after closing, the access log and all published files links nobody.

The dump has what the database itself adds: row numbers in SQLite, places and transaction numbers in PostgreSQL. The
same adversary finds everybody before closing, as the page of a confidential poll says: that is the control.
"""

import json
import random
import re
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse

from polls.actions import cast_ballot, close_polls, keep_ledgers, use_code
from polls.actions.casting import short
from polls.models import Ballot, Elector, LedgerEntry, PackageFile, Poll, RollEntry
from tests.factories import make_person, sign_in
from tests.polls.factories import close, make_poll, make_roll

VOTERS, BATCH = 100, 20
RECEIPT = re.compile(r'class="receipt__code">([0-9A-F-]{19})<')
DISK = {"sqlite": "rowid", "postgresql": "ctid"}
OTHERS = {"sqlite": [], "postgresql": ["xmin::text::bigint, cmin::text::bigint, ctid"]}
MANY = 9  # right guesses: one is expected by chance, more than nine come once in ten million
ALIKE = 0.55  # Spearman's coefficient, five and a half deviations from none
SECRET = ("id", "pseudonym", "form_hash")


def vote(poll: Poll) -> dict[int, str]:
    """Everybody votes over the pages, in an order that is not that of the accounts; the access log: who, and for this
    test alone which receipt."""
    people = [make_person() for _ in range(VOTERS)]
    random.Random(4).shuffle(people)
    log = {}
    every = make_roll(poll, VOTERS) if poll.is_invited else []
    for person, code in zip(people, every, strict=False):
        use_code(poll=poll, code=code, person=person)
    for number, person in enumerate(people, 1):
        form = {"q1": f"o{number % 3 + 1}", "form_key": f"form-key-{number:012}", "replaces": ""}
        page = sign_in(Client(), person).post(reverse("polls:vote", args=[poll.pk]), form)
        (log[person.pk],) = RECEIPT.findall(page.content.decode())
        if number % BATCH == 0:
            keep_ledgers()
    return log


def orders(model: Any, wanted: str) -> dict[str, list[Any]]:
    """The column `wanted` of a table in every order that a dump offers: that of the disk and of each column."""
    disk = DISK[connection.vendor]
    columns = [f'"{field.column}", {disk}' for field in model._meta.concrete_fields]
    found = {}
    with connection.cursor() as cursor:
        for order in [disk, *OTHERS[connection.vendor], *columns]:
            cursor.execute(f"SELECT {wanted} FROM {model._meta.db_table} ORDER BY {order}")
            found[order] = [row[0] for row in cursor.fetchall()]
    return found


def guess(people: Sequence[Any], ballots: Sequence[str], log: Mapping[Any, str]) -> tuple[int, float]:
    """How many are right when the first of one list is linked to the first of the other, and how alike the orders are:
    Spearman's coefficient, which also sees a list that is only roughly in order."""
    place = {short(code): at for at, code in enumerate(ballots)}
    apart = [at - place[log[person]] for at, person in enumerate(people)]
    size = len(people)
    return apart.count(0), 1 - 6 * sum(gap * gap for gap in apart) / (size * (size * size - 1))


def dump() -> str:
    """Everything in all tables but those of ballots, ledgers and packages."""
    rest = [model for model in apps.get_models() if model not in (Ballot, LedgerEntry, PackageFile)]
    return "\n".join(str(list(model._default_manager.values_list())) for model in rest)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("electorate", ["everyone", "invited"])
def test_adversary_links_nobody_after_closing(electorate: str) -> None:
    poll = make_poll(mode="confidential", electorate=electorate)
    log = vote(poll)
    before = {str(value) for row in Ballot.objects.values_list(*SECRET) for value in row}
    before |= {str(key) for key in RollEntry.objects.values_list("pk", flat=True)}
    before |= {str(code) for code in Elector.objects.values_list("code_hash", flat=True)}
    disk = DISK[connection.vendor]
    assert guess(list(log), orders(Ballot, "commitment")[disk], log) == (VOTERS, 1)
    assert guess(orders(RollEntry, "voter_id")[disk], orders(Ballot, "commitment")[disk], log) == (VOTERS, 1)
    close(poll)
    assert close_polls() == 1
    people = {"the access log": list(log), "accounts": sorted(log), **orders(RollEntry, "voter_id")}
    for by, names in people.items():
        for order, ballots in orders(Ballot, "commitment").items():
            right, alike = guess(names, ballots, log)
            assert (right <= MANY, abs(alike) < ALIKE) == (True, True), (by, order, right, alike)
    assert set(Elector.objects.values_list("voter", "label")) <= {(None, "")}
    assert set(RollEntry.objects.values_list("elector", flat=True)) == {None}
    files = {file.name: bytes(file.content).decode() for file in PackageFile.objects.all()}
    rows = str(list(Ballot.objects.values_list())) + str(list(RollEntry.objects.values_list())) + str(files) + dump()
    assert [value for value in before if value in rows or value.replace("-", "") in rows] == []


@pytest.mark.django_db(transaction=True)
def test_adversary_finds_in_ledger_and_package_no_more_than_the_batch() -> None:
    """The batch is the crowd in which a vote hides: its members are known to whoever has the access log, their order is
    not."""
    poll = make_poll(mode="confidential")
    log = vote(poll)
    close(poll)
    close_polls()
    entries = [json.loads(line) for line in LedgerEntry.objects.values_list("line", flat=True)]
    batches = [entry["commitments"] for entry in entries if entry["kind"] == "batch"]
    assert [len(batch) for batch in batches] == [BATCH] * (VOTERS // BATCH)
    listed = [code for batch in batches for code in batch]
    right, _ = guess(list(log), listed, log)
    assert right <= 3 * MANY  # five are expected: one in each batch
    assert all(batch == sorted(batch) for batch in batches)
    published = PackageFile.objects.get(name="ballots.csv")
    codes = [row.split(",")[1] for row in bytes(published.content).decode().splitlines()[1:]]
    assert codes == sorted(listed)
    files = "".join(bytes(file.content).decode() for file in PackageFile.objects.all())
    keys = [str(key) for key in poll.roll.values_list("voter__key", flat=True)]
    assert [key for key in keys if key in files or key.replace("-", "") in files] == []
    elsewhere = dump()
    assert [code for code in listed if code in elsewhere or short(code) in elsewhere] == []


@pytest.mark.django_db(transaction=True)
def test_adversary_joins_no_papers_of_one_person() -> None:
    """Answers to several questions are a fingerprint: after closing nothing says which papers belong together."""
    poll = make_poll(mode="confidential", questions=[{}, {}])
    together = {}
    for number in range(VOTERS):
        answers = {"q1": [f"o{number % 3 + 1}"], "q2": ["o1"]}
        codes = cast_ballot(poll=poll, person=make_person(), answers=answers).codes
        together[codes["q1"]] = codes["q2"]
    disk = DISK[connection.vendor]
    assert joined(orders(Ballot, "commitment")[disk], together) == (VOTERS, 1)
    close(poll)
    close_polls()
    for order, ballots in orders(Ballot, "commitment").items():
        right, alike = joined(ballots, together)
        assert (right <= MANY, abs(alike) < ALIKE) == (True, True), (order, right, alike)


def joined(codes: Sequence[str], together: Mapping[str, str]) -> tuple[int, float]:
    """`guess` for papers of the first and the second question in the order of `codes`."""
    first = [short(code) for code in codes if short(code) in together]
    return guess(first, [code for code in codes if short(code) not in together], together)
