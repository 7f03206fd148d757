"""An adversary with a dump of the database after closing, the access log and all published files links nobody; in
detached polls also before, as soon as a batch is released.

The dump has what the database itself adds: row numbers in SQLite, places and transaction numbers in PostgreSQL. The
same adversary finds everybody before closing, as the page of a confidential poll says, and before the batch in
detached ones: that is the control.
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

from methods.ledger import digest, short
from moderation.models import AuditEntry
from polls.actions import (
    cast_ballot,
    close_polls,
    enter_strip,
    keep_ledgers,
    open_bundle,
    put_in_bundle,
    type_sheet,
    use_code,
)
from polls.models import Ballot, Elector, LedgerEntry, PackageFile, PendingPaper, Poll, RollEntry, Sheet, WaitingRemark
from tests.factories import make_person, sign_in
from tests.polls.factories import close, make_poll, make_roll
from tests.polls.test_paper import invited, over

VOTERS, BATCH = 100, 20
CODE = re.compile(r'id="change-code">([0-9A-F-]{39})<')
RECEIPT = re.compile(r'class="receipt__code">([0-9A-F-]{19})<')
DISK = {"sqlite": "rowid", "postgresql": "ctid"}
OTHERS = {"sqlite": [], "postgresql": ["xmin::text::bigint, cmin::text::bigint, ctid"]}
MANY = 9  # right guesses: one is expected by chance, more than nine come once in ten million
ALIKE = 0.55  # Spearman's coefficient, five and a half deviations from none
SECRET = ("id", "pseudonym", "form_hash", "code_hash")


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


def receipts() -> dict[str, list[str]]:
    """The ballots by their receipts, in every order."""
    return {order: list(map(short, codes)) for order, codes in orders(Ballot, "commitment").items()}


def guess(people: Sequence[Any], ballots: Sequence[str], log: Mapping[Any, str]) -> tuple[int, float]:
    """How many are right when the first of one list is linked to the first of the other, and how alike the orders are:
    Spearman's coefficient, which also sees a list that is only roughly in order."""
    place = {code: at for at, code in enumerate(ballots)}
    apart = [at - place[log[person]] for at, person in enumerate(people)]
    size = len(people)
    return apart.count(0), 1 - 6 * sum(gap * gap for gap in apart) / (size * (size * size - 1))


def dump() -> str:
    """Everything in all tables but those of ballots, ledgers and packages."""
    rest = [model for model in apps.get_models() if model not in (Ballot, LedgerEntry, PackageFile)]
    return "\n".join(str(list(model._default_manager.values_list())) for model in rest)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("electorate", ["everyone", "invited"])
@pytest.mark.parametrize("mode", ["confidential", "detached"])
def test_adversary_links_nobody_after_closing(mode: str, electorate: str) -> None:
    poll = make_poll(mode=mode, electorate=electorate, results="after_closing")
    log = vote(poll)
    before = {str(value) for row in Ballot.objects.values_list(*SECRET) for value in row}
    before |= {str(key) for key in RollEntry.objects.values_list("pk", flat=True)}
    before |= {str(code) for code in Elector.objects.values_list("code_hash", flat=True)}
    if mode == "confidential":
        disk = DISK[connection.vendor]
        assert guess(list(log), receipts()[disk], log) == (VOTERS, 1)
        assert guess(orders(RollEntry, "voter_id")[disk], receipts()[disk], log) == (VOTERS, 1)
    close(poll)
    assert close_polls() == 1
    people = {"the access log": list(log), "accounts": sorted(log), **orders(RollEntry, "voter_id")}
    for by, names in people.items():
        for order, ballots in receipts().items():
            right, alike = guess(names, ballots, log)
            assert (right <= MANY, abs(alike) < ALIKE) == (True, True), (by, order, right, alike)
    assert set(Elector.objects.values_list("voter", "label")) <= {(None, "")}
    assert set(RollEntry.objects.values_list("elector", flat=True)) == {None}
    files = {file.name: bytes(file.content).decode() for file in PackageFile.objects.all()}
    rows = str(list(Ballot.objects.values_list())) + str(list(RollEntry.objects.values_list())) + str(files) + dump()
    assert [value for value in before if value != "None" and (value in rows or value.replace("-", "") in rows)] == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("mode", ["confidential", "detached"])
def test_adversary_finds_in_ledger_and_package_no_more_than_the_batch(mode: str) -> None:
    """The batch is the crowd in which a vote hides: its members are known to whoever has the access log, their order is
    not."""
    poll = make_poll(mode=mode, results="after_closing")
    log = vote(poll)
    close(poll)
    close_polls()
    entries = [json.loads(line) for line in LedgerEntry.objects.values_list("line", flat=True)]
    batches = [entry["commitments"] for entry in entries if entry["kind"] == "batch"]
    assert [len(batch) for batch in batches] == [BATCH] * (VOTERS // BATCH)
    listed = [code for batch in batches for code in batch]
    right, _ = guess(list(log), list(map(short, listed)), log)
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
    assert joined(receipts()[disk], together) == (VOTERS, 1)
    close(poll)
    close_polls()
    for order, ballots in receipts().items():
        right, alike = joined(ballots, together)
        assert (right <= MANY, abs(alike) < ALIKE) == (True, True), (order, right, alike)


def joined(codes: Sequence[str], together: Mapping[str, str]) -> tuple[int, float]:
    """`guess` for papers of the first and the second question in the order of `codes`."""
    first = [code for code in codes if code in together]
    return guess(first, [code for code in codes if code not in together], together)


class Witness:
    """The access log of a detached poll with what only this test knows: who posted in which batch, in order, and which
    receipt and text were theirs. Two people of each batch but the last change their vote in the one after."""

    def __init__(self, poll: Poll) -> None:
        self.path, self.batches = reverse("polls:vote", args=[poll.pk]), list[list[int]]()
        self.receipt, self.said, self.codes = dict[int, str](), dict[int, str](), list[str]()
        self.sizes, self.joined = set[tuple[int, int, int]](), dict[str, str]()
        changing: list[tuple[Any, str]] = []
        people = [make_person("Somebody") for _ in range(VOTERS)]
        random.Random(4).shuffle(people)
        self.poll, self.slips = poll, dict(zip([one.pk for one in people], make_roll(poll, VOTERS), strict=True))
        for start in range(0, VOTERS, BATCH):
            self.batches.append([])
            later = [(person, self.post(person, "")) for person in people[start : start + BATCH]]
            for person, code in changing:
                self.post(person, code)
            changing = later[:2]
            self.before = dump(), waiting()
            keep_ledgers()

    def post(self, person: Any, code: str) -> str:
        """Vote, right after the code of the slip was used, or change the vote with `code`. Returns the change code."""
        if not code:
            use_code(poll=self.poll, code=self.slips[person.pk], person=person)
        number = len(self.codes)
        form = {"q1": f"o{number % 3 + 1}", "q2": "o1", "form_key": f"form-key-{number:012}", "replaces": ""}
        self.said.setdefault(person.pk, f"The reason {digest(str(number))}.")
        more = {"change_code": code} if code else {"remark": self.said[person.pk]}
        page = sign_in(Client(), person).post(self.path, form | more).content.decode()
        self.receipt[person.pk], other = RECEIPT.findall(page)
        self.joined[self.receipt[person.pk]] = other
        self.codes += CODE.findall(page)
        self.sizes |= set() if code else {(len(str(person.pk)), len(str(person.user_id)), len(page))}
        self.batches[-1].append(person.pk)
        return self.codes[-1]

    def links(self, people: Sequence[int], things: Sequence[str], truth: Mapping[int, str]) -> tuple[int, float]:
        """`guess` within each batch, which everybody knows from the ledger: right in all, alike on the average."""
        found = []
        for number, batch in enumerate(self.batches):
            left = [one for one in batch if not any(one in later for later in self.batches[number + 1 :])]
            own = [one for one in people if one in left]
            theirs = {truth[one] for one in own}
            found.append(guess(own, [one for one in things if one in theirs], truth))
        return sum(right for right, _ in found), sum(alike for _, alike in found) / len(found)


def waiting() -> dict[str, set[str]]:
    """Of papers that wait: what would link a released ballot to its voter."""
    rows = PendingPaper.objects.values("id", "pseudonym", "replaces")
    return {name: {str(row[name]) for row in rows} - {"None"} for name in ("id", "pseudonym", "replaces")}


@pytest.mark.django_db(transaction=True)
def test_adversary_links_nobody_in_a_detached_poll_once_the_batch_is_released() -> None:
    """Before closing, with votes that were changed, with texts, with two questions, and places on a roll."""
    facts = {"mode": "detached", "results": "after_closing", "electorate": "invited", "asks_remark": True}
    poll = make_poll(questions=[{}, {}], **facts)
    seen = Witness(poll)
    assert (PendingPaper.objects.count(), Ballot.objects.count()) == (0, 2 * VOTERS)
    log = [one for batch in seen.batches for one in batch]
    people = {"the access log": log, "accounts": sorted(set(log)), **orders(RollEntry, "voter_id")}
    people |= {f"the roll by {order}": voters for order, voters in orders(Elector, "voter_id").items()}
    ballots, texts = receipts(), orders(WaitingRemark, "body")
    for by, names in people.items():
        for order, things, truth in [
            *((order, things, seen.receipt) for order, things in ballots.items()),
            *((order, things, seen.said) for order, things in texts.items()),
        ]:
            right, alike = seen.links(list(dict.fromkeys(names)), things, truth)
            assert (right <= 3 * MANY, abs(alike) < ALIKE) == (True, True), (by, order, right, alike)
    for order, things in ballots.items():
        now = {one: other for one, other in seen.joined.items() if one in things}
        right, alike = joined(things, now)
        assert right <= 3 * MANY, (order, right, alike)
    rows = dump() + str(list(Ballot.objects.values_list()))
    linking = {value for values in seen.before[1].values() for value in values} | {*seen.codes}
    assert [one for one in linking if one in rows or one.replace("-", "").lower() in rows.lower()] == []
    digits = {(one, other) for one, other, _size in seen.sizes}
    assert len(seen.sizes) == len(digits)  # an answer's length says nothing of the vote


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("mode", ["confidential", "detached"])
def test_adversary_finds_no_sheet_and_no_strip_of_a_paper_ballot(mode: str) -> None:
    """Sheets lie in a bundle as their voters came, and the audit has the hours: no order of a dump is theirs, from the
    moment on in which the bundle is in the boxes. Each sheet says its own number, for this test alone."""
    asked = {"kind": "number", "options": [], "settings": {"low": 0, "high": VOTERS}}
    poll, first, second, codes = invited(VOTERS, mode=mode, questions=[asked])
    bundle = open_bundle(poll=poll, number=1, size=VOTERS, person=first)
    for person in (first, second):
        for number in range(1, VOTERS + 1):
            type_sheet(bundle=bundle, number=number, answers={"q1": str(number)}, cell="", person=person)
    for code in codes:
        enter_strip(bundle=bundle, code=code, person=second)
    assert [sheet.first["q1"] for sheet in Sheet.objects.all()] == [str(number) for number in range(1, VOTERS + 1)]
    put_in_bundle(bundle=bundle, person=first)
    keep_ledgers()
    told = {row[0]: short(row[1]) for row in Ballot.objects.values_list("choice", "commitment")}
    typed = [str(number) for number in range(1, VOTERS + 1)]
    for moment in ("in the boxes", "closed"):
        for order, ballots in receipts().items():
            if not order.startswith('"choice"'):
                right, alike = guess(typed, ballots, told)
                assert (right <= MANY, abs(alike) < ALIKE) == (True, True), (moment, order, right, alike)
        if moment == "in the boxes":
            over(poll)
            assert close_polls() == 1
    assert set(RollEntry.objects.values_list("voter", "elector")) == {(None, None)}
    assert (Sheet.objects.count(), AuditEntry.objects.filter(verb__startswith="bundle").count()) == (0, 3)
