"""Attempts on a poll: two votes by one address, ballots that come back, broken keys, and a poll that cannot close."""

import threading
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from accounts.actions import erase_person
from polls import keys
from polls.actions import cast_ballot, close_polls, closing, own_revision
from polls.models import Ballot, Poll, RollEntry
from polls.privacy import adopt, erase
from polls.rules import VoteRefused
from tests.factories import make_person, sign_in
from tests.polls.factories import cast, close, make_poll

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("mode", ["open", "confidential"])
def test_one_address_votes_once_also_when_its_account_is_deleted_and_made_anew(mode: str) -> None:
    poll = make_poll(mode=mode)
    for _ in range(3):
        person = cast(poll, "o1", person=make_person(email="siti@example.org"))
        erase_person(person=person)
    cast(poll, "o2", person=make_person(email="siti@example.org"))
    poll = Poll.objects.get()
    assert (Ballot.objects.counted().count(), RollEntry.objects.count(), poll.ballot_count) == (1, 1, 1)


@pytest.mark.parametrize("content", [b"", b"half", bytes(32)])
def test_a_damaged_key_is_never_used(content: bytes, django_capture_on_commit_callbacks: Any) -> None:
    poll = make_poll(mode="confidential")
    voter = cast(poll, "o1")
    (keys.folder() / poll.key_name.hex).write_bytes(content)
    with pytest.raises(VoteRefused):
        cast(poll, "o2")
    with pytest.raises(VoteRefused):
        cast(poll, "o2", person=voter)
    assert own_revision(poll, voter) == "gone"
    assert sign_in(Client(), voter).get(poll.get_absolute_url()).status_code == 200
    erase(voter)
    adopt(voter, make_person())
    close(poll)
    with django_capture_on_commit_callbacks(execute=True):
        assert close_polls() == 1
    assert (Ballot.objects.count(), keys.kept()) == (1, [])


def test_a_lost_key_gives_nobody_a_second_vote() -> None:
    poll = make_poll(mode="confidential")
    voter = cast(poll, "o1")
    (keys.folder() / poll.key_name.hex).unlink()
    with pytest.raises(VoteRefused):
        cast(poll, "o2", person=voter)
    cast(poll, "o3")
    assert Ballot.objects.count() == 2


def test_files_beside_the_keys_do_not_stop_the_closing() -> None:
    poll = make_poll(mode="confidential")
    cast(poll, "o1")
    (keys.folder() / ("x" * 32)).write_bytes(b"not a key")
    close(poll)
    assert close_polls() == 1


def test_one_poll_that_cannot_close_does_not_keep_the_keys_of_others(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    broken, sound = make_poll(mode="confidential"), make_poll(mode="confidential")
    cast(broken, "o1")
    cast(sound, "o1")
    close(broken)
    close(sound)
    release = closing.release_remarks

    def fail(*, poll: Poll) -> int:
        if poll.pk == broken.pk:
            raise ValueError("a remark that nobody can read")
        return release(poll=poll)

    monkeypatch.setattr(closing, "release_remarks", fail)
    with django_capture_on_commit_callbacks(execute=True):
        assert close_polls() == 1
    assert keys.kept() == [broken.key_name]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("mode", ["open", "confidential"])
def test_a_vote_changed_while_the_poll_closes_gets_an_answer(mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The change has found its ballot when the closing begins: one of them waits, neither is thrown out."""
    from polls.actions import casting

    poll = make_poll(mode=mode)
    voter = cast(poll, "o1")
    found, closing_began = threading.Event(), threading.Event()
    problems: list[BaseException] = []
    seal = casting.seal

    def slow(paper: Ballot) -> Ballot:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM polls_ballot WHERE id = %s FOR UPDATE", [paper.pk])
        found.set()
        closing_began.wait(10)
        return seal(paper)

    def change() -> None:
        try:
            cast_ballot(poll=poll, person=voter, answers={"q1": ["o2"]})
        except BaseException as problem:
            problems.append(problem)
        finally:
            connection.close()

    monkeypatch.setattr(casting, "seal", slow)
    thread = threading.Thread(target=change)
    thread.start()
    found.wait(10)
    threading.Timer(0.1, closing_began.set).start()
    try:
        with transaction.atomic():
            Poll.objects.select_for_update().get(pk=poll.pk)
            closing.rewrite(Ballot.objects.of(poll), pseudonym=None, form_hash=None)
    except BaseException as problem:
        problems.append(problem)
    thread.join(20)
    assert problems == []
