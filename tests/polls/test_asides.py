"""Votes are set aside by two people who see no choice, before they are unlinked; everybody reads what was decided."""

import json
import threading
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Participant, Spending
from moderation.models import AuditEntry
from polls.actions import (
    cast_ballot,
    close_polls,
    decide_aside,
    keep_ledgers,
    propose_aside,
    read_result,
    replace_code,
    settle_poll,
    tally,
    use_code,
)
from polls.actions.bursts import find_bursts
from polls.actions.detaching import release_papers
from polls.actions.ledger import lines
from polls.aside_rules import AsideRefused
from polls.models import AsideProposal, Ballot, PendingPaper, Poll, RollEntry
from polls.privacy import export
from polls.rules import ResultsHidden, may_see_results
from tests.factories import make_person, sign_in
from tests.polls.factories import cast, close, make_poll, make_roll
from tests.polls.test_ledger import recount

pytestmark = pytest.mark.django_db
WHY = "The same name in thirty spellings, all within two minutes."


def window() -> datetime:
    """A window of ten minutes that lies within the time of an open poll."""
    at = int((timezone.now() - timedelta(hours=3)).timestamp()) // 600 * 600
    return datetime.fromtimestamp(at, timezone.get_current_timezone())


def burst(poll: Poll, votes: int = 12, key: str = "o2", **made: Any) -> int:
    """Votes of accounts that were made within one window; returns its beginning in seconds since 1970."""
    start = window()
    for number in range(votes):
        person = make_person(created_at=start + timedelta(seconds=20 + number), **made)
        cast(poll, key, person=person)
    return int(start.timestamp())


def crowd(poll: Poll, votes: int, key: str = "o1") -> list[Participant]:
    """Votes of people who were here before the poll."""
    return [cast(poll, key, person=make_person(created_at=poll.opens_at - timedelta(days=1))) for _ in range(votes)]


def two(poll: Poll) -> tuple[Participant, Participant]:
    office = poll.consultation.organisation
    return make_person(role="auditor", organisation=office), make_person(role="organiser", organisation=office)


def proposed(poll: Poll, **more: Any) -> tuple[AsideProposal, Participant]:
    """A proposal by an auditor, and the organiser who may decide."""
    auditor, organiser = two(poll)
    return propose_aside(poll=poll, person=auditor, reason=WHY, **more), organiser


@pytest.mark.parametrize("mode", ["open", "confidential", "detached"])
def test_burst_is_set_aside_by_two_people_and_does_not_count(mode: str, tmp_path: Path) -> None:
    poll = make_poll(mode=mode, results="after_closing")
    crowd(poll, 11)
    start = burst(poll, 12)
    if mode != "detached":
        keep_ledgers()
    proposal, second = proposed(poll, burst=start)
    assert (proposal.proposed, len(proposal.entries)) == (12, 12)
    decided = decide_aside(proposal=proposal, person=second, accept=True, answer="Nobody knows any of them.")
    assert (decided.set_aside, decided.entries, Poll.objects.get().ballot_count) == (12, [], 11)
    close(poll)
    assert close_polls() == 1
    poll = Poll.objects.get()
    aside = Ballot.objects.exclude(set_aside="")
    assert (aside.count(), Ballot.objects.count(), set(aside.values_list("voter", "pseudonym"))) == (
        12, 23, {(None, None)},
    )  # fmt: skip
    outcome = tally(poll.question("q1"))
    assert (outcome.winners, outcome.turnout, dict(outcome.totals)) == (("o1",), 11, {"o1": 11, "o2": 0, "o3": 0})
    (what_if,) = read_result(poll).questions[0].what_ifs
    assert (what_if.winners, what_if.same) == (["Park"], False)
    assert list(read_result(poll).set_aside.values()) == [12]
    assert len(json.loads(lines(poll)[-2])["set_aside"]) == 12
    assert json.loads(poll.rules)["set_aside"] == {"counts": False, "people": 2, "waits_hours": 48}
    ran = recount(poll, tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    official = json.loads((tmp_path / "result.json").read_text())["questions"]["q1"]
    assert (official["official"]["winners"], official["with_set_aside"]["winners"]) == (["o1"], ["o2"])
    call_command("verify", stdout=StringIO())


def test_few_set_aside_ballots_are_counted_publicly_and_opened_nowhere(client: Client, tmp_path: Path) -> None:
    client.cookies["django_language"] = "en"
    poll = make_poll(mode="confidential", results="after_closing", electorate="invited")
    codes = make_roll(poll, 14)
    people = []
    for code in codes[:13]:
        people.append(make_person(guest=True))
        use_code(poll=poll, code=code, person=people[-1])
        cast(poll, "o1", person=people[-1])
    keep_ledgers()
    proposal, second = proposed(poll, place=3)
    decide_aside(proposal=proposal, person=second, accept=True, answer="She showed the slip.")
    slip = replace_code(poll=poll, elector=poll.electors.get(number=3))
    holder = make_person(guest=True)
    use_code(poll=poll, code=slip.code, person=holder)
    cast(poll, "o2", person=holder)
    last = make_person(guest=True)
    use_code(poll=poll, code=codes[13], person=last)
    cast(poll, "o2", person=last)
    close(poll)
    close_polls()
    poll = Poll.objects.get()
    assert (poll.ballot_count, Ballot.objects.count(), poll.roll_size) == (14, 15, 14)
    result = read_result(poll)
    assert (list(result.set_aside.values()), result.questions[0].what_ifs) == ([1], [])
    page = client.get(reverse("polls:results", args=[poll.pk])).content.decode()
    assert "1 vote does not count: the code was used by somebody else" in page
    table = client.get(reverse("polls:results_csv", args=[poll.pk])).content.decode()
    assert 'set aside,"the code was used by somebody else, as two people found",1' in table
    said = client.get(f"/api/v1/polls/{poll.pk}/result/").json()
    assert list(said["set_aside"].values()) == [1]
    assert recount(poll, tmp_path).returncode == 0
    (code,) = json.loads(lines(poll)[-2])["set_aside"]
    assert f"q1,{code},,," in (tmp_path / "ballots.csv").read_text()
    assert "with_set_aside" not in (tmp_path / "result.json").read_text()


def test_proposer_cannot_decide_and_nobody_decides_twice() -> None:
    poll = make_poll(mode="confidential")
    start = burst(poll)
    proposal, second = proposed(poll, burst=start)
    with pytest.raises(AsideRefused):
        decide_aside(proposal=proposal, person=proposal.proposed_by, accept=True, answer="I am sure.")
    with pytest.raises(IntegrityError), transaction.atomic():
        AsideProposal.objects.update(decided_by=proposal.proposed_by)
    decide_aside(proposal=proposal, person=second, accept=False, answer="It was the village meeting.")
    third = make_person(role="auditor", organisation=poll.consultation.organisation)
    with pytest.raises(AsideRefused):
        decide_aside(proposal=proposal, person=third, accept=True, answer="But I think so.")
    assert (Ballot.objects.counted().count(), Poll.objects.get().ballot_count) == (12, 12)


def test_every_act_stands_in_the_audit_without_numbers_of_single_codes() -> None:
    poll = make_poll(mode="confidential", electorate="invited")
    code = make_roll(poll)[2]
    person = make_person(guest=True)
    use_code(poll=poll, code=code, person=person)
    cast(poll, "o1", person=person)
    first, second = proposed(poll, place=3)
    decide_aside(proposal=first, person=second, accept=True, answer="She showed the slip.")
    nobody, _ = proposed(poll, place=4)
    decide_aside(proposal=nobody, person=second, accept=False, answer="He has no slip.")
    told = list(AuditEntry.objects.filter(verb__startswith="poll.aside").order_by("pk").values_list("verb", "facts"))
    assert told == [
        ("poll.aside_proposed", {"kind": "code", "proposal": first.pk}),
        ("poll.aside_accepted", {"kind": "code", "proposal": first.pk}),
        ("poll.aside_proposed", {"kind": "code", "proposal": nobody.pk}),
        ("poll.aside_refused", {"kind": "code", "proposal": nobody.pk}),
    ]
    assert [one["reason"] for one in export(first.proposed_by)["set_aside"]] == [WHY]


@pytest.mark.parametrize("mode", ["confidential", "detached"])
def test_closing_waits_for_the_decision_but_not_for_ever(mode: str) -> None:
    poll = make_poll(mode=mode, results="live")
    crowd(poll, 20)
    start = burst(poll)
    proposal, second = proposed(poll, burst=start)
    closed = close(poll)
    assert (close_polls(), Poll.objects.get().unlinked_at, lines(poll)) == (0, None, [])
    assert not may_see_results(None, closed)
    with pytest.raises(ResultsHidden):
        read_result(closed)
    with transaction.atomic():
        decide_aside(proposal=proposal, person=second, accept=True, answer="Nobody knows any of them.")
        assert close_polls() == 1
        assert tally(Poll.objects.get().question("q1")).turnout == 20
        transaction.set_rollback(True)
    with transaction.atomic():
        Poll.objects.update(closes_at=timezone.now() - timedelta(hours=49), opens_at=timezone.now() - timedelta(days=9))
        with pytest.raises(AsideRefused):
            decide_aside(proposal=proposal, person=second, accept=True, answer="Nobody knows any of them.")
        assert close_polls() == 1
        assert (tally(Poll.objects.get().question("q1")).turnout, AsideProposal.objects.get().entries) == (32, [])
        transaction.set_rollback(True)


def test_proposed_papers_of_a_detached_poll_wait_and_released_ones_cannot_be_found() -> None:
    poll = make_poll(mode="detached")
    start = burst(poll)
    crowd(poll, 10)
    proposal, second = proposed(poll, burst=start)
    assert release_papers(poll=poll) == 10
    decide_aside(proposal=proposal, person=second, accept=False, answer="It was the village meeting.")
    assert (release_papers(poll=poll), PendingPaper.objects.count()) == (12, 0)
    again, second = proposed(poll, burst=start)
    decided = decide_aside(proposal=again, person=second, accept=True, answer="I have other news.")
    assert (decided.set_aside, Ballot.objects.counted().count(), Poll.objects.get().ballot_count) == (0, 22, 22)


def test_changed_vote_that_was_set_aside_stays_so() -> None:
    poll = make_poll(mode="detached", results="after_closing")
    start = burst(poll, 11)
    late = make_person(created_at=window() + timedelta(seconds=40))
    code = cast_ballot(poll=poll, person=late, answers={"q1": ["o2"]}).change_code
    proposal, second = proposed(poll, burst=start)
    decide_aside(proposal=proposal, person=second, accept=True, answer="Nobody knows any of them.")
    assert release_papers(poll=poll) == 12
    cast_ballot(poll=poll, person=late, answers={"q1": ["o3"]}, change_code=code)
    close(poll)
    close_polls()
    assert (Ballot.objects.counted().count(), Ballot.objects.filter(set_aside="burst").count()) == (0, 12)


def test_bursts_are_of_newcomers_in_one_window_and_never_fewer_than_ten() -> None:
    poll = make_poll(mode="confidential", level=0)
    crowd(poll, 15)
    start = burst(poll, 9)
    assert find_bursts(poll) == []
    cast(poll, "o1", person=make_person(guest=True, created_at=window() + timedelta(seconds=599)))
    Spending.objects.create(key="guest-vote:a10.0.0.7", window=start, count=7)
    Spending.objects.create(key="guest-vote:a10.0.0.8", window=start, count=2)
    (found,) = find_bursts(poll)
    assert (found.votes, found.guests, found.fastest, found.crowd) == (10, 0, 0, 7)
    assert found.key == str(start)
    auditor, _ = two(poll)
    for wrong in ({"burst": start + 600}, {"place": 3}):
        with pytest.raises(AsideRefused):
            propose_aside(poll=poll, person=auditor, reason=WHY, **wrong)


@pytest.mark.parametrize("role", ["moderator", "analyst", "", "elsewhere"])
def test_others_neither_propose_nor_decide(role: str) -> None:
    poll = make_poll(mode="confidential")
    start = burst(poll)
    office = poll.consultation.organisation
    person = make_person(role="organiser") if role == "elsewhere" else make_person(role=role, organisation=office)
    with pytest.raises(AsideRefused):
        propose_aside(poll=poll, person=person, reason=WHY, burst=start)
    proposal, _ = proposed(poll, burst=start)
    with pytest.raises(AsideRefused):
        decide_aside(proposal=proposal, person=person, accept=True, answer="I am sure.")


@pytest.mark.parametrize("state", ["planned", "closed"])
def test_nothing_is_proposed_outside_the_time_of_the_poll(state: str) -> None:
    poll = make_poll(state=state, mode="confidential")
    auditor, _ = two(poll)
    with pytest.raises(AsideRefused):
        propose_aside(poll=poll, person=auditor, reason=WHY, burst=int(window().timestamp()))


def test_pages_lead_two_people_through_it_and_tell_everybody(client: Client) -> None:
    poll = make_poll(mode="confidential", results="after_closing")
    start = burst(poll)
    page = reverse("polls:asides", args=[poll.pk])
    auditor, organiser = (sign_in(Client(), person) for person in two(poll))
    for one in (client, auditor, organiser):
        one.cookies["django_language"] = "en"
    assert ("Nothing was proposed" in client.get(page).content.decode(), client.post(page).status_code) == (True, 403)
    assert "Bursts" not in client.get(page).content.decode()
    body = auditor.get(page).content.decode()
    assert f'<option value="{start}"' in body
    wrong = auditor.post(page, {"burst": "", "reason": WHY})
    assert (wrong.status_code, WHY in wrong.content.decode()) == (422, True)
    assert auditor.post(page, {"burst": start, "reason": "short"}).status_code == 422
    assert auditor.post(page, {"burst": start, "reason": WHY}).status_code == 302
    assert "You proposed this yourself" in auditor.get(page).content.decode()
    proposal = AsideProposal.objects.get()
    decide = reverse("polls:decide_aside", args=[poll.pk, proposal.pk])
    assert client.post(decide, {"accept": "yes", "answer": "So be it, then."}).status_code == 403
    own = auditor.post(decide, {"accept": "yes", "answer": "So be it, then."})
    assert (own.status_code, "So be it, then." in own.content.decode()) == (409, True)
    assert organiser.post(decide, {"accept": "yes", "answer": ""}).status_code == 422
    assert organiser.post(decide, {"accept": "yes", "answer": "Nobody knows them."}).status_code == 302
    told = client.get(page).content.decode()
    assert ("12 votes do not count." in told, "Nobody knows them." in told, "o2" in told) == (True, True, False)
    assert "<form" not in told.partition("<main")[2].partition("</main>")[0]
    late = organiser.post(reverse("polls:decide_aside", args=[poll.pk, 10**6]), {"accept": "yes", "answer": "x" * 20})
    assert late.status_code == 404


def test_voter_whose_vote_was_set_aside_is_told_that_it_cannot_be_changed(client: Client) -> None:
    poll = make_poll(mode="confidential")
    start = burst(poll)
    voter = RollEntry.objects.select_related("voter").first().voter
    proposal, second = proposed(poll, burst=start)
    decide_aside(proposal=proposal, person=second, accept=True, answer="Nobody knows any of them.")
    sign_in(client, voter)
    form = {"q1": "o1", "form_key": "f" * 22, "replaces": "gone"}
    assert client.post(reverse("polls:vote", args=[poll.pk]), form).status_code == 409
    assert Ballot.objects.counted().count() == 0


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_who_decide_at_once_one_decides() -> None:
    """The proposer and eight others press at the same moment, while the voters change their votes."""
    poll = make_poll(mode="confidential", results="after_closing")
    start = burst(poll)
    voters = [entry.voter for entry in RollEntry.objects.select_related("voter")]
    proposal, second = proposed(poll, burst=start)
    office = poll.consultation.organisation
    others = [second, *(make_person(role="auditor", organisation=office) for _ in range(7)), proposal.proposed_by]
    barrier, done = threading.Barrier(len(others) + len(voters)), []

    def act(work: Any) -> None:
        barrier.wait()
        try:
            work()
            done.append(True)
        except Exception as refused:
            done.append(type(refused).__name__)
        finally:
            connection.close()

    def decision(person: Participant) -> Any:
        return lambda: decide_aside(proposal=proposal, person=person, accept=True, answer="Nobody knows any of them.")

    def change(person: Participant) -> Any:
        return lambda: cast(poll, "o3", person=person)

    work = [*map(decision, others), *map(change, voters)]
    threads = [threading.Thread(target=act, args=[one]) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert set(done) <= {True, "AsideRefused", "AlreadyVoted"}
    assert done.count("AsideRefused") == len(others) - 1
    assert (Ballot.objects.counted().count(), Poll.objects.get().ballot_count) == (0, 0)
    assert AsideProposal.objects.get().decided_by != proposal.proposed_by
    close(poll)
    settle_poll(poll_id=poll.pk)
    assert Poll.objects.get().seed
