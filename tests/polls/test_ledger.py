"""The ledger of a poll: opened, filled in tens, closed, counted, published; and what is found when a row is changed."""

import json
import subprocess
import sys
import zipfile
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from methods import ledger
from polls.actions import close_polls, keep_ledgers, read_result, settle_poll
from polls.actions.ledger import lines
from polls.models import Ballot, LedgerEntry, PackageFile, Poll
from tests.factories import make_person
from tests.polls.factories import cast, close, make_poll

pytestmark = pytest.mark.django_db


def kinds(poll: Poll) -> list[str]:
    return [json.loads(line)["kind"] for line in lines(poll)]


def settled(poll: Poll) -> Poll:
    closed = close(poll)
    settle_poll(poll_id=closed.pk)
    return Poll.objects.get(pk=closed.pk)


def recount(poll: Poll, folder: Path) -> subprocess.CompletedProcess[str]:
    for file in PackageFile.objects.filter(poll=poll):
        (folder / file.name).write_bytes(bytes(file.content))
    command = [sys.executable, "-I", "recount.py"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)


def test_ballots_are_listed_in_tens_and_never_one_by_one() -> None:
    poll = make_poll(mode="confidential")
    keep_ledgers()
    assert kinds(poll) == ["opening"]
    for _number in range(9):
        cast(poll, "o1")
    keep_ledgers()
    assert kinds(poll) == ["opening"]
    cast(poll, "o2")
    keep_ledgers()
    keep_ledgers()
    assert kinds(poll) == ["opening", "batch"]
    listed = json.loads(lines(poll)[1])["commitments"]
    assert listed == sorted(Ballot.objects.values_list("commitment", flat=True))


def test_changed_vote_is_withdrawn_with_the_batch_that_holds_the_new_one() -> None:
    poll = make_poll(mode="confidential")
    voters = [cast(poll, "o1") for _number in range(10)]
    keep_ledgers()
    cast(poll, "o2", person=voters[0])
    call_command("verify", stdout=StringIO())
    for _number in range(9):
        cast(poll, "o3")
    keep_ledgers()
    assert kinds(poll) == ["opening", "batch", "batch", "replaced"]
    assert len(json.loads(lines(poll)[3])["withdrawn"]) == 1
    poll = settled(poll)
    assert kinds(poll)[-2:] == ["closed", "counted"]
    call_command("verify", stdout=StringIO())


@pytest.mark.parametrize("mode", ["open", "confidential", "detached"])
def test_outsider_counts_the_same_with_the_package(mode: str, tmp_path: Path) -> None:
    poll = make_poll(mode=mode, kind="ranking", results="after_closing")
    for order in (("o1", "o2"), ("o2", "o3"), ("o3", "o2", "o1"), ("o2",)) * 4:
        cast(poll, *order)
    poll = settled(poll)
    ran = recount(poll, tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    official = json.loads((tmp_path / "result.json").read_text())["questions"]["q1"]["official"]
    (shown,) = read_result(poll).questions
    assert shown.outcome is not None
    assert official == json.loads(ledger.canonical(shown.outcome.as_dict()))
    names = "".join(path.read_text() for path in tmp_path.glob("*.*"))
    assert not any(person in names for person in Ballot.objects.values_list("voter__name", flat=True) if person)


def test_lot_of_the_page_is_the_lot_of_the_package(tmp_path: Path) -> None:
    poll = make_poll(mode="open", kind="ranking", options=[f"Answer {number}" for number in range(8)])
    for number in range(1, 9):
        cast(poll, f"o{number}")
    poll = settled(poll)
    assert recount(poll, tmp_path).returncode == 0
    official = json.loads((tmp_path / "result.json").read_text())["questions"]["q1"]["official"]
    (shown,) = read_result(poll).questions
    assert list(shown.outcome.winners) == official["winners"]
    assert any(tie.how == "lot" for tie in shown.outcome.ties)


def test_ballots_of_a_deleted_account_stay_listed_and_do_not_count(tmp_path: Path) -> None:
    from polls.actions.people import forget_votes

    poll = make_poll(mode="confidential")
    leaver = make_person()
    cast(poll, "o1", person=leaver)
    for _number in range(12):
        cast(poll, "o2")
    keep_ledgers()
    forget_votes(person=leaver)
    poll = settled(poll)
    assert (poll.ballot_count, Ballot.objects.of(poll).count()) == (12, 13)
    ran = recount(poll, tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert len(json.loads(lines(poll)[-2])["set_aside"]) == 1
    call_command("verify", stdout=StringIO())


def test_withheld_ballots_are_told_as_such(tmp_path: Path) -> None:
    poll = make_poll(mode="confidential", publication="withheld")
    for _number in range(10):
        cast(poll, "o1")
    poll = settled(poll)
    assert recount(poll, tmp_path).returncode == 2
    assert '[""o1""]' not in (tmp_path / "ballots.csv").read_text()


def test_small_secret_polls_publish_the_decision_only(tmp_path: Path) -> None:
    poll = make_poll(mode="confidential")
    for key in ("o1", "o1", "o2"):
        cast(poll, key)
    poll = settled(poll)
    assert recount(poll, tmp_path).returncode == 2
    assert set(json.loads((tmp_path / "result.json").read_text())["questions"]["q1"]["official"]) <= {
        "rule", "winners", "turnout",
    }  # fmt: skip


def test_changed_row_is_found_with_its_poll_and_entry() -> None:
    poll = make_poll(mode="confidential")
    for _number in range(12):
        cast(poll, "o1")
    keep_ledgers()
    call_command("verify", stdout=StringIO())
    Ballot.objects.filter(pk=Ballot.objects.filter(listed=True).first().pk).update(choice='["o2"]')
    said = StringIO()
    with pytest.raises(CommandError, match="1 of 1"):
        call_command("verify", stdout=StringIO(), stderr=said)
    assert f"Poll {poll.pk}, entry 2:" in said.getvalue()


@pytest.mark.parametrize("change", ["deleted", "added", "line", "rules", "file"])
def test_every_change_behind_the_application_is_found(change: str) -> None:
    poll = make_poll(mode="confidential")
    for _number in range(12):
        cast(poll, "o1")
    poll = settled(poll)
    one = Ballot.objects.first()
    if change == "deleted":
        Ballot.objects.filter(pk=one.pk).delete()
    elif change == "added":
        Ballot.objects.create(question=one.question, choice='["o3"]', nonce="0" * 64, commitment="1" * 64, listed=True)
    elif change == "line":
        entry = LedgerEntry.objects.get(poll=poll, number=2)
        LedgerEntry.objects.filter(pk=entry.pk).update(line=entry.line.replace("batch", "botch"))
    elif change == "rules":
        Poll.objects.filter(pk=poll.pk).update(rules=poll.rules.replace("plurality", "pluralitY"))
    else:
        file = PackageFile.objects.get(poll=poll, name="result.json")
        PackageFile.objects.filter(pk=file.pk).update(content=bytes(file.content).replace(b"12", b"13", 1))
    with pytest.raises(CommandError):
        call_command("verify", stdout=StringIO(), stderr=StringIO())


def test_observer_finds_a_chain_that_was_written_anew(tmp_path: Path) -> None:
    poll = make_poll(mode="confidential")
    for _number in range(10):
        cast(poll, "o1")
    keep_ledgers()
    heads = tmp_path / "heads.jsonl"
    call_command("observe", heads, stdout=StringIO())
    cast(poll, "o1")
    call_command("observe", heads, stdout=StringIO())
    assert len(heads.read_text().splitlines()) == 1
    LedgerEntry.objects.filter(poll=poll).delete()
    Ballot.objects.update(listed=False)
    keep_ledgers()
    with pytest.raises(CommandError, match=f"poll-{poll.pk}"):
        call_command("observe", heads, stdout=StringIO())


def test_closing_again_writes_nothing_twice() -> None:
    poll = make_poll(mode="confidential")
    for _number in range(10):
        cast(poll, "o1")
    close(poll)
    assert close_polls() == 1
    before = list(LedgerEntry.objects.values_list("line", flat=True))
    assert (close_polls(), list(LedgerEntry.objects.values_list("line", flat=True))) == (0, before)


def test_everybody_reads_ledger_receipt_and_files(client: Client) -> None:
    client.cookies["django_language"] = "en"
    poll = make_poll(mode="confidential")
    for _number in range(10):
        cast(poll, "o1")
    page = reverse("polls:ledger", args=[poll.pk])
    assert "The ledger begins when the poll opens" in client.get(page).content.decode()
    keep_ledgers()
    code = ledger.short(Ballot.objects.first().commitment)
    assert "This ballot is listed (entry 2)." in client.get(page, {"receipt": code}).content.decode()
    assert "No ballot with this code" in client.get(page, {"receipt": "FFFF-0000-FFFF-0000"}).content.decode()
    assert client.get(reverse("polls:package_zip", args=[poll.pk])).status_code == 404
    poll = settled(poll)
    body = client.get(page, {"receipt": code.lower()}).content.decode()
    assert "This ballot is counted (entry 2)." in body
    archive = zipfile.ZipFile(BytesIO(client.get(reverse("polls:package_zip", args=[poll.pk])).content))
    assert archive.namelist() == ["ballots.csv", "ledger.jsonl", "recount.py", "result.json", "rules.json"]
    for name in archive.namelist():
        answer = client.get(reverse("polls:package_file", args=[poll.pk, name]))
        assert answer.content == archive.read(name)
    chain = client.get(reverse("polls:ledger_lines", args=[poll.pk])).content
    assert chain == archive.read("ledger.jsonl")
    feed = client.get("/api/polls.xml").content.decode()
    assert json.loads(chain.splitlines()[-1])["hash"] in feed


@pytest.mark.parametrize("count", [1, 3])
def test_ledger_needs_the_same_queries_for_one_and_three_batches(
    client: Client, count: int, django_assert_num_queries: Any
) -> None:
    poll = make_poll(mode="confidential")
    for _batch in range(count):
        for _number in range(10):
            cast(poll, "o1")
        keep_ledgers()
    with django_assert_num_queries(2):
        client.get(reverse("polls:ledger", args=[poll.pk]))
