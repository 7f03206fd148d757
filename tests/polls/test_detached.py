"""Detached polls: papers wait for nine others, go into their boxes together, and are changed with a code alone."""

import json
import re
from io import StringIO
from itertools import pairwise
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actions import erase_person
from methods import ledger
from polls import keys
from polls.actions import cast_ballot, close_polls, keep_ledgers, own_revision, publish_poll, read_result, tally
from polls.actions.detaching import release_papers
from polls.actions.ledger import lines
from polls.models import Ballot, DepartedVoter, PendingPaper, Poll, RollEntry, WaitingRemark
from polls.privacy import adopt, erase, export
from polls.rules import AlreadyVoted, NotReady, ResultsHidden, VoteRefused, WrongCode
from tests.factories import make_person, sign_in
from tests.polls.factories import cast, close, make_poll
from tests.polls.kinds import make_survey

pytestmark = pytest.mark.django_db
CODE = re.compile(r'class="receipt__code" id="change-code">([0-9A-F-]{39})<')
RECEIPT = re.compile(r'class="receipt__code">([0-9A-F-]{19})<')


def detached(**fields: Any) -> Poll:
    return make_poll(**{"mode": "detached", "results": "after_closing"} | fields)


def vote(poll: Poll, *keys: str, **more: Any) -> Any:
    """A receipt with its change code."""
    return cast_ballot(poll=poll, person=more.pop("person", None) or make_person(), answers={"q1": keys}, **more)


def counts(poll: Poll) -> tuple[int, int]:
    return PendingPaper.objects.of(poll).count(), Ballot.objects.of(poll).count()


def choices() -> list[str]:
    return sorted(Ballot.objects.values_list("choice", flat=True))


def test_votes_wait_until_there_are_ten_and_are_then_released_and_listed_together() -> None:
    poll = detached()
    for _ in range(9):
        vote(poll, "o1")
    keep_ledgers()
    assert counts(poll) == (9, 0)
    vote(poll, "o2")
    assert counts(poll) == (10, 0)  # never while somebody votes
    waiting = set(PendingPaper.objects.values_list("pk", "commitment"))
    keep_ledgers()
    assert (counts(poll), Poll.objects.get().ballot_count) == ((0, 10), 10)
    kinds = [json.loads(line) for line in lines(poll)]
    assert [entry["kind"] for entry in kinds] == ["opening", "batch"]
    assert kinds[1]["commitments"] == sorted(code for _pk, code in waiting)
    released = set(Ballot.objects.values_list("pk", flat=True))
    assert released & {pk for pk, _code in waiting} == set()
    assert set(Ballot.objects.values_list("voter", "pseudonym", "form_hash")) == {(None, None, None)}
    keep_ledgers()
    assert len(lines(poll)) == 2
    call_command("verify", stdout=StringIO())


def test_rows_that_wait_hold_no_time_and_no_serial_number() -> None:
    kinds = {field.get_internal_type() for field in PendingPaper._meta.concrete_fields}
    assert kinds <= {"UUIDField", "ForeignKey", "TextField", "CharField"}


@pytest.mark.parametrize("released", [False, True])
def test_same_form_gives_the_same_receipt_and_code_before_and_after_the_batch(released: bool) -> None:
    poll, person = detached(), make_person()
    sent = {"person": person, "form_key": "f" * 22, "replaces": ""}
    first = vote(poll, "o1", **sent)
    for _ in range(9):
        vote(poll, "o2")
    if released:
        release_papers(poll=poll)
    again = vote(poll, "o3", **sent)  # whatever else it says: it is the same form
    assert (again, len(first.change_code)) == (first, 32)
    assert sum(counts(poll)) == 10
    row = str([list(model.objects.values()) for model in (PendingPaper, Ballot, RollEntry, Poll)])
    assert first.change_code not in row
    assert ("f" * 22) not in row


def test_code_is_another_one_for_each_person_form_and_poll() -> None:
    poll, other, person = detached(), detached(), make_person()
    found = {
        vote(poll, "o1", person=person, form_key="f" * 22).change_code,
        vote(other, "o1", person=person, form_key="f" * 22).change_code,
        vote(poll, "o1", form_key="f" * 22).change_code,
        vote(poll, "o1", form_key="g" * 22).change_code,
    }
    assert len(found) == 4


@pytest.mark.parametrize("released", [False, True])
def test_vote_is_changed_with_its_code_only(released: bool) -> None:
    poll, person = detached(), make_person()
    first = vote(poll, "o1", person=person)
    for _ in range(9):
        vote(poll, "o2")
    if released:
        release_papers(poll=poll)
    for code, error in (("", AlreadyVoted), ("0" * 32, WrongCode)):
        with pytest.raises(error):
            vote(poll, "o3", person=person, change_code=code)
    second = vote(poll, "o3", person=person, change_code=first.change_code, form_key="s" * 22)
    assert second.changed
    assert {second.change_code, *second.codes.values()} & {first.change_code, *first.codes.values()} == set()
    assert vote(poll, "o3", person=person, change_code=first.change_code, form_key="s" * 22) == second
    with pytest.raises(WrongCode):
        vote(poll, "o2", person=person, change_code=first.change_code)  # an older receipt's
    third = vote(poll, "o2", person=person, change_code=second.change_code)
    assert third.changed
    for _ in range(9):
        vote(poll, "o2")
    if released:
        assert choices().count('["o1"]') == 1  # the ballot gives way with its batch, not before
    release_papers(poll=poll)
    assert (counts(poll), Poll.objects.get().ballot_count) == ((0, 19), 19)
    assert choices() == ['["o2"]'] * 19
    assert RollEntry.objects.count() == 19
    call_command("verify", stdout=StringIO())


def test_withdrawn_commitment_stands_in_the_ledger_after_its_batch() -> None:
    poll = detached()
    first = [vote(poll, "o1") for _ in range(10)]
    keep_ledgers()
    for one in first:
        vote(poll, "o2", change_code=one.change_code)  # whoever has the code: nobody is asked for a name
    assert counts(poll) == (10, 10)
    keep_ledgers()
    entries = [json.loads(line) for line in lines(poll)]
    assert [entry["kind"] for entry in entries] == ["opening", "batch", "batch", "replaced"]
    assert entries[3]["withdrawn"] == entries[1]["commitments"]
    assert choices() == ['["o2"]'] * 10
    call_command("verify", stdout=StringIO())


def test_waiting_change_says_nothing_of_its_ballot_without_the_key() -> None:
    poll = detached()
    first = [vote(poll, "o1") for _ in range(10)]
    release_papers(poll=poll)
    before = list(Ballot.objects.order_by("pk").values())
    vote(poll, "o2", change_code=first[0].change_code)
    assert list(Ballot.objects.order_by("pk").values()) == before
    waiting = PendingPaper.objects.values().get()
    known = {str(value) for row in before for name, value in row.items() if name not in ("question_id", "listed")}
    assert known & {str(value) for value in waiting.values()} <= {"", "None", "web"}
    keys.destroy(poll.key_name)  # as when it was lost: the vote before stands
    for _ in range(10):
        vote(poll, "o3")
    assert release_papers(poll=poll) == 10
    assert counts(poll) == (1, 20)
    close(poll)
    close_polls()
    assert (counts(poll), choices().count('["o1"]')) == ((0, 20), 10)


def test_vote_stands_where_changes_are_not_allowed() -> None:
    poll = detached(allows_change=False)
    first = vote(poll, "o1")
    with pytest.raises(AlreadyVoted):
        vote(poll, "o2", change_code=first.change_code)
    assert PendingPaper.objects.get().choice == '["o1"]'


def test_constraints_hold_behind_the_back_of_the_action() -> None:
    poll = detached()
    vote(poll, "o1")
    paper = PendingPaper.objects.get()
    for same in ("code_hash", "pseudonym"):
        other = {"code_hash": "1" * 64, "pseudonym": "2" * 64} | {same: getattr(paper, same)}
        with pytest.raises(IntegrityError), transaction.atomic():
            PendingPaper.objects.create(question=paper.question, choice="[]", **other)
    twice = {"question": paper.question, "choice": "[]", "pseudonym": "2" * 64, "replaces": "3" * 64}
    PendingPaper.objects.create(**twice, code_hash="4" * 64)
    with pytest.raises(IntegrityError), transaction.atomic():
        PendingPaper.objects.create(**twice, code_hash="5" * 64)


@pytest.mark.parametrize("votes", [3, 23])
def test_closing_releases_what_is_left_and_says_so(votes: int, client: Client) -> None:
    client.cookies["django_language"] = "en"
    poll = detached()
    for number in range(votes):
        vote(poll, f"o{number % 2 + 1}")
        keep_ledgers()
    closed = close(poll)
    with pytest.raises(ResultsHidden):
        tally(closed.question("q1"))
    page = reverse("polls:results", args=[poll.pk])
    assert (client.get(page).status_code, "in a few minutes" in client.get(page).content.decode()) == (403, True)
    assert client.get(reverse("polls:receipts_csv", args=[poll.pk])).status_code == 403
    assert (close_polls(), close_polls()) == (1, 0)
    poll = Poll.objects.get()
    assert (counts(poll), poll.left_over) == ((0, votes), 3)
    assert set(Ballot.objects.values_list("code_hash", "voter", "pseudonym")) == {(None, None, None)}
    assert "3 were left over at closing, fewer than ten" in client.get(page).content.decode()
    assert read_result(poll).decision_only == (votes < 10)
    assert (tally(poll.question("q1")).turnout, json.loads(poll.rules)["mode"]) == (votes, "detached")
    call_command("verify", stdout=StringIO())


def test_results_while_people_vote_move_in_steps_of_ten_with_the_batches() -> None:
    poll = detached(results="live")
    published = [0]
    for number in range(47):
        vote(poll, f"o{number % 3 + 1}")
        if number % 4 == 0:
            keep_ledgers()
        counted = tally(Poll.objects.get().question("q1")).turnout
        if counted != published[-1]:
            published.append(counted)
    close(poll)
    close_polls()
    published.append(tally(Poll.objects.get().question("q1")).turnout)
    assert published[-1] == 47
    assert len(published) > 3
    assert all(after - before >= 10 for before, after in pairwise(published))


def test_papers_of_all_boxes_and_texts_are_released_without_a_common_order_or_key() -> None:
    poll = make_survey(mode="detached", results="after_closing")
    answers = {"q1": ["o1"], "q3": ["o1"], "q4": {"o1": 1}, "q5": ["o1"], "q6": ["o1"], "q7": {"o1": 1},
               "q8": ["object"], "q9": "1"}  # fmt: skip
    for number in range(12):
        cast_ballot(poll=poll, person=make_person(), answers=answers, texts={"q8": f"Because {number}."})
    before = set(WaitingRemark.objects.values_list("pk", flat=True))
    hashes = list(PendingPaper.objects.values_list("code_hash", flat=True))
    assert release_papers(poll=poll) == 12
    assert (counts(poll), len(set(hashes))) == ((0, 12 * 9), 12 * 9)
    after = WaitingRemark.objects.all()
    assert {one.pk for one in after} & before == set()
    assert ({one.author for one in after}, {one.shuffled for one in after}, len(after)) == ({None}, {True}, 12)


def test_votes_of_a_small_group_wait_longer_and_lose_their_mark_at_closing() -> None:
    poll = detached(breakdown="age")
    for cell, number in (("to-30", 14), ("31-44", 4), ("from-60", 3)):
        for _ in range(number):
            vote(poll, "o1", cell=cell)
    assert release_papers(poll=poll) == 14
    assert set(Ballot.objects.values_list("cell", flat=True)) == {"to-30"}
    assert counts(poll) == (7, 14)
    for _ in range(6):
        vote(poll, "o1", cell="31-44")
    assert release_papers(poll=poll) == 10
    close(poll)
    close_polls()
    left = Ballot.objects.values_list("cell", flat=True)
    assert (sorted(left.distinct()), Poll.objects.get().left_over) == (["", "to-30"], 3)


def test_account_that_goes_leaves_its_released_ballot_and_takes_a_waiting_one_along() -> None:
    poll = detached()
    early = [cast(poll, "o1") for _ in range(10)]
    release_papers(poll=poll)
    late = cast(poll, "o2")
    assert export(late)["votes"][0]["answers"] is None
    erase(early[0])
    erase(late)
    assert (counts(poll), RollEntry.objects.count(), Poll.objects.get().ballot_count) == ((0, 10), 10, 10)
    assert RollEntry.objects.filter(voter=None).count() == 1


def test_one_address_votes_once_also_when_its_account_is_deleted_after_the_batch() -> None:
    poll = detached()
    person = cast(poll, "o1", person=make_person(email="siti@example.org"))
    for _ in range(9):
        cast(poll, "o2")
    release_papers(poll=poll)
    erase_person(person=person)
    with pytest.raises(AlreadyVoted):
        cast(poll, "o3", person=make_person(email="siti@example.org"))
    assert (sum(counts(poll)), RollEntry.objects.count(), DepartedVoter.objects.count()) == (10, 10, 1)
    cast(poll, "o3", person=make_person(email="budi@example.org"))
    assert "siti" not in str(DepartedVoter.objects.values())
    close(poll)
    close_polls()
    assert (DepartedVoter.objects.count(), Ballot.objects.count()) == (0, 11)


def test_guest_who_signs_in_has_one_vote_as_long_as_it_can_be_found() -> None:
    poll = detached(level=0)
    guests = [cast(poll, "o1", person=make_person(guest=True)) for _ in range(2)]
    person, voter = make_person(), cast(poll, "o2")
    adopt(guests[0], person)
    adopt(guests[1], voter)
    assert (counts(poll), Poll.objects.get().ballot_count) == ((2, 0), 2)
    assert set(RollEntry.objects.values_list("voter", flat=True)) == {person.pk, voter.pk}
    erase(person)
    assert counts(poll) == (1, 0)


def test_changed_row_that_waits_is_found() -> None:
    poll = detached()
    keep_ledgers()
    vote(poll, "o1")
    call_command("verify", stdout=StringIO())
    PendingPaper.objects.update(choice='["o2"]')
    with pytest.raises(CommandError):
        call_command("verify", stdout=StringIO(), stderr=StringIO())


def test_texts_alone_cannot_be_detached() -> None:
    poll = detached(state="draft", kind="text", options=[])
    with pytest.raises(NotReady):
        publish_poll(poll=poll)


def test_lost_and_damaged_keys_let_votes_stand() -> None:
    poll = detached()
    first = vote(poll, "o1")
    (keys.folder() / poll.key_name.hex).write_bytes(b"half")
    for act in ({"person": make_person()}, {"change_code": first.change_code}):
        with pytest.raises(VoteRefused):
            vote(poll, "o2", **act)
    assert PendingPaper.objects.get().choice == '["o1"]'


def test_voter_is_told_the_promise_the_code_and_how_to_change(client: Client) -> None:
    client.cookies["django_language"] = "en"
    poll, person = detached(), make_person()
    sign_in(client, person)
    page = client.get(poll.get_absolute_url()).content.decode()
    promise = (
        "After its batch of at least ten is released, no row, order or time in Rembuk&#x27;s tables links ballot and "
        "voter. Until then, in backups made meanwhile, and if fewer than ten are left over, whoever runs the server "
        "could."
    )
    told = [promise in page, "What this does not protect against" in page, "id_change_code" in page]
    assert told == [True, True, False]
    path = reverse("polls:vote", args=[poll.pk])
    first = {"q1": "o1", "form_key": "f" * 22, "replaces": ""}
    receipt = client.post(path, first).content.decode()
    (code,), (short,) = CODE.findall(receipt), RECEIPT.findall(receipt)
    again = client.post(path, first).content.decode()
    assert (CODE.findall(again), RECEIPT.findall(again)) == ([code], [short])
    assert ledger.short(PendingPaper.objects.get().commitment) == short
    assert own_revision(poll, person) == "gone"
    page = client.get(poll.get_absolute_url()).content.decode()
    assert ("id_change_code" in page, "Nobody can show it to you again" in page, '"o1" checked' in page) == (
        True, True, False,
    )  # fmt: skip
    change = {"q1": "o2", "form_key": "g" * 22, "replaces": "gone"}
    for typed, status in (("", 409), ("ABC", 422), ("0" * 32, 409)):
        answer = client.post(path, change | {"change_code": typed})
        body = answer.content.decode()
        assert (answer.status_code, f'name="change_code" value="{typed}"' in body) == (status, True)
        assert 'value="o2" checked' in body
    changed = client.post(path, change | {"change_code": f" {code.lower().replace('-', ' ')} "})
    assert changed.status_code == 200
    (newer,) = CODE.findall(changed.content.decode())
    assert newer != code
    assert PendingPaper.objects.get().choice == '["o2"]'


@pytest.mark.parametrize("released", [False, True])
def test_change_and_retry_stay_within_eight_queries(client: Client, released: bool) -> None:
    poll = detached()
    sign_in(client, make_person())
    path = reverse("polls:vote", args=[poll.pk])
    first = {"q1": "o1", "form_key": "f" * 22, "replaces": ""}
    (code,) = CODE.findall(client.post(path, first).content.decode())
    for _ in range(9):
        vote(poll, "o1")
    if released:
        release_papers(poll=poll)
    for sent in (first, {"q1": "o2", "form_key": "g" * 22, "replaces": "gone", "change_code": code}):
        with CaptureQueriesContext(connection) as asked:
            assert client.post(path, sent).status_code == 200
        said = [one["sql"] for one in asked if not re.match("BEGIN|COMMIT|SAVEPOINT|RELEASE", one["sql"])]
        assert len(said) <= 8, said
