"""Keys and closing: while a poll is open the key finds ballots; afterwards nothing does."""

import stat
import threading
import uuid
from pathlib import Path
from typing import Any

import pytest

from polls import keys
from polls.actions import cast_ballot, close_polls, own_revision, tally
from polls.actions.closing import unlink_poll
from polls.actions.ledger import close_ledger
from polls.actions.verifying import verify_poll
from polls.models import Ballot, PackageFile, Poll, RollEntry
from polls.rules import VoteRefused
from tests.factories import make_person
from tests.polls.factories import cast, close, make_poll


def close_now(capture: Any) -> int:
    with capture(execute=True):
        return close_polls()


def test_key_is_made_once_by_many_threads(settings: Any) -> None:
    name, found = uuid.uuid4(), set()
    barrier = threading.Barrier(16)

    def make() -> None:
        barrier.wait()
        found.add(keys.obtain(name))

    threads = [threading.Thread(target=make) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(found), len(found.pop()), keys.kept()) == (1, 32, [name])


def test_key_is_readable_by_its_owner_only() -> None:
    name = uuid.uuid4()
    keys.obtain(name)
    place = keys.folder() / name.hex
    assert (stat.S_IMODE(place.stat().st_mode), stat.S_IMODE(place.parent.stat().st_mode)) == (0o600, 0o700)


def test_destroyed_key_is_gone_and_destroying_again_does_nothing() -> None:
    name = uuid.uuid4()
    keys.obtain(name)
    keys.destroy(name)
    keys.destroy(name)
    assert (keys.kept(), list(keys.folder().iterdir())) == ([], [])


@pytest.mark.django_db
def test_key_is_in_no_table() -> None:
    poll = make_poll(mode="confidential")
    cast(poll, "o1")
    key = keys.obtain(poll.key_name)
    rows = [list(model.objects.values()) for model in (Poll, Ballot, RollEntry)]
    assert (key.hex() in str(rows), str(key) in str(rows)) == (False, False)


@pytest.mark.django_db
def test_closing_destroys_the_key_and_unlinks_every_ballot(
    django_capture_on_commit_callbacks: Any, tmp_path: Path
) -> None:
    poll = make_poll(mode="confidential")
    people = [cast(poll, "o1") for _ in range(12)]
    before = {(ballot.pk, ballot.commitment) for ballot in Ballot.objects.all()}
    roll = set(RollEntry.objects.values_list("pk", flat=True))
    close(poll)
    assert close_now(django_capture_on_commit_callbacks) == 1
    after = {(ballot.pk, ballot.commitment) for ballot in Ballot.objects.all()}
    assert {commitment for _, commitment in before} == {commitment for _, commitment in after}
    assert {key for key, _ in before} & {key for key, _ in after} == set()
    assert roll & set(RollEntry.objects.values_list("pk", flat=True)) == set()
    assert set(Ballot.objects.values_list("pseudonym", "form_hash", "voter")) == {(None, None, None)}
    assert keys.kept() == []
    assert set(RollEntry.objects.values_list("voter", flat=True)) == {person.pk for person in people}


@pytest.mark.django_db
def test_closing_again_does_nothing(django_capture_on_commit_callbacks: Any) -> None:
    poll = make_poll(mode="confidential")
    cast(poll, "o1")
    close(poll)
    assert [close_now(django_capture_on_commit_callbacks) for _ in range(2)] == [1, 0]


@pytest.mark.django_db
def test_key_left_behind_by_a_stopped_run_is_destroyed_by_the_next(django_capture_on_commit_callbacks: Any) -> None:
    poll, other = make_poll(mode="confidential"), make_poll(mode="confidential")
    cast(poll, "o1")
    cast(other, "o1")
    close(poll)
    close_polls()  # what follows the commit does not run here
    assert set(keys.kept()) == {poll.key_name, other.key_name}
    close_now(django_capture_on_commit_callbacks)
    assert keys.kept() == [other.key_name]


@pytest.mark.django_db
@pytest.mark.parametrize("done", ["nothing", "unlinked", "ledger closed"])
def test_settling_goes_on_where_a_killed_run_stopped(done: str, django_capture_on_commit_callbacks: Any) -> None:
    poll = make_poll(mode="confidential")
    for _number in range(12):
        cast(poll, "o1")
    poll = close(poll)
    if done != "nothing":
        unlink_poll(poll_id=poll.pk)
    if done == "ledger closed":
        close_ledger(poll=Poll.objects.get())
    assert [close_now(django_capture_on_commit_callbacks) for _ in range(2)] == [1, 0]
    assert (PackageFile.objects.count(), keys.kept()) == (5, [])
    assert verify_poll(Poll.objects.get()) == 4  # opening, one batch, closed, counted


@pytest.mark.django_db
def test_closing_changes_no_result(django_capture_on_commit_callbacks: Any) -> None:
    poll = make_poll(mode="confidential", kind="ranking")
    for order in [("o1", "o2"), ("o2", "o3"), ("o2",), ("o3", "o2"), ("o1",)] * 5:
        cast(poll, *order)
    closed = close(poll)
    before = tally(closed.question("q1"))
    close_now(django_capture_on_commit_callbacks)
    after = tally(Poll.objects.get().question("q1"))
    assert (after.winners, after.rounds, after.ranking) == (before.winners, before.rounds, before.ranking)


@pytest.mark.django_db
def test_open_polls_and_drafts_are_left_alone(django_capture_on_commit_callbacks: Any) -> None:
    poll = make_poll(mode="confidential")
    make_poll(state="draft", mode="confidential")
    cast(poll, "o1")
    assert close_now(django_capture_on_commit_callbacks) == 0
    assert (Ballot.objects.get().pseudonym is None, keys.kept()) == (False, [poll.key_name])


@pytest.mark.django_db
def test_no_vote_enters_an_unlinked_poll(django_capture_on_commit_callbacks: Any) -> None:
    poll = make_poll(mode="confidential")
    cast(poll, "o1")
    stale = Poll.objects.select_related("consultation").get()
    close(poll)
    close_now(django_capture_on_commit_callbacks)
    with pytest.raises(VoteRefused):
        cast(stale, "o2")


@pytest.mark.django_db
def test_lost_key_lets_a_vote_stand_and_nobody_vote_twice() -> None:
    poll = make_poll(mode="confidential")
    person = cast(poll, "o1")
    keys.destroy(poll.key_name)
    with pytest.raises(VoteRefused):
        cast_ballot(poll=poll, person=person, answers={"q1": ["o2"]}, replaces=own_revision(poll, person))
    assert list(Ballot.objects.values_list("choice", flat=True)) == ['["o1"]']
    assert make_person() != person


@pytest.mark.django_db
def test_task_of_the_clock_closes_polls(django_capture_on_commit_callbacks: Any) -> None:
    from polls.tasks import close_poll

    poll = make_poll(mode="confidential")
    cast(poll, "o1")
    close(poll)
    with django_capture_on_commit_callbacks(execute=True):
        close_poll.call_local()
    assert (Poll.objects.get().unlinked_at is None, keys.kept()) == (False, [])
