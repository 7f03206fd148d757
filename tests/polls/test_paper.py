"""Paper ballots: two people type a bundle apart from each other, and it is put in as a whole; and votes at a desk."""

import threading
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Participant
from moderation.models import AuditEntry
from polls.actions import (
    close_polls,
    enter_strip,
    issue_codes,
    keep_ledgers,
    open_bundle,
    put_in_bundle,
    read_result,
    restart_bundle,
    settle_poll,
    standing,
    type_sheet,
    use_code,
)
from polls.models import Ballot, Bundle, Elector, PendingPaper, Poll, RollEntry, Sheet
from polls.rules import CodeRefused, ResultsHidden, VoteRefused, may_see_results
from tests.factories import make_consultation, make_organisation, make_person, sign_in
from tests.polls.factories import cast, close, make_poll
from tests.polls.kinds import PAPERS, make_survey

pytestmark = pytest.mark.django_db
TYPED = {
    "q1": "1", "q2": "2 1", "q3": "1,3", "q4": "5 0 -", "q5": "2 - 1", "q6": "2 3", "q7": "3 1 0", "q8": "4",
    "q9": "34",
}  # fmt: skip


def paper_poll(**fields: Any) -> tuple[Poll, Participant, Participant]:
    """A confidential poll that takes paper for a day after closing, and two of its organisers."""
    organisation = make_organisation()
    facts = {"mode": "confidential", "results": "after_closing", "paper_until": timezone.now() + timedelta(days=6)}
    poll = make_poll(make_consultation(organisation), **facts | fields)
    first, second = (make_person(name, role="organiser", organisation=organisation) for name in ("Ani", "Budi"))
    return poll, first, second


def type_all(bundle: Bundle, person: Participant, keys: str) -> None:
    """Sheets 1, 2, … with the options of `keys`; "-" for an empty one."""
    for number, key in enumerate(keys, 1):
        answers = {} if key == "-" else {"q1": [f"o{key}"]}
        type_sheet(bundle=bundle, number=number, answers=answers, cell="", person=person)


def whole_bundle(poll: Poll, first: Participant, second: Participant, keys: str, number: int = 1) -> Bundle:
    bundle = open_bundle(poll=poll, number=number, size=len(keys), person=first)
    type_all(bundle, first, keys)
    type_all(bundle, second, keys)
    put_in_bundle(bundle=bundle, person=second)
    return bundle


def over(poll: Poll) -> Poll:
    """The poll when the time for paper is over too."""
    close(poll)
    Poll.objects.filter(pk=poll.pk).update(paper_until=timezone.now() - timedelta(milliseconds=1))
    return Poll.objects.get(pk=poll.pk)


def test_bundle_is_put_in_when_two_people_read_every_sheet_alike() -> None:
    poll, first, second = paper_poll()
    cast(poll, "o1")
    bundle = open_bundle(poll=poll, number=7, size=3, person=first)
    type_all(bundle, first, "123")
    assert (standing(bundle).first, standing(bundle).second) == ([], [1, 2, 3])
    type_all(bundle, second, "113")
    assert (standing(bundle).differing, Ballot.objects.filter(channel="paper").count()) == ([2], 0)
    with pytest.raises(VoteRefused):
        put_in_bundle(bundle=bundle, person=second)
    with pytest.raises(VoteRefused):
        type_sheet(bundle=bundle, number=1, answers={"q1": ["o3"]}, cell="", person=second)
    type_sheet(bundle=bundle, number=2, answers={"q1": ["o2"]}, cell="", person=second)
    assert put_in_bundle(bundle=bundle, person=second)
    assert not put_in_bundle(bundle=bundle, person=first)
    papers = Ballot.objects.filter(channel="paper")
    assert sorted(papers.values_list("choice", "voter", "pseudonym", "form_hash")) == [
        (f'["o{key}"]', None, None, None) for key in "123"
    ]
    assert (Poll.objects.get().ballot_count, Sheet.objects.count(), RollEntry.objects.count()) == (4, 0, 1)
    acts = list(AuditEntry.objects.filter(verb__startswith="bundle").values_list("verb", "actor", "facts"))
    facts = {"bundle": 7, "sheets": 3}
    assert acts == [
        ("bundle.open", str(first.key), facts), ("bundle.check", str(second.key), facts),
        ("bundle.put_in", str(second.key), facts),
    ]  # fmt: skip


def test_one_person_is_never_both() -> None:
    poll, first, second = paper_poll()
    bundle = open_bundle(poll=poll, number=1, size=1, person=first)
    with pytest.raises(VoteRefused):  # nobody checks what is not typed
        type_all(bundle, second, "1")
    type_all(bundle, first, "1")
    type_all(bundle, first, "2")  # types it again; that is no second reading
    assert (standing(bundle).second, Sheet.objects.get().second) == ([1], None)
    with pytest.raises(VoteRefused):
        put_in_bundle(bundle=bundle, person=first)
    with pytest.raises(IntegrityError), transaction.atomic():
        Bundle.objects.update(checked_by=first)
    type_all(bundle, second, "2")
    third = make_person(role="organiser", organisation=poll.consultation.organisation)
    for refused in (third, make_person()):
        with pytest.raises(VoteRefused):
            type_all(bundle, refused, "2")
        with pytest.raises(VoteRefused):
            put_in_bundle(bundle=bundle, person=refused)
    with pytest.raises(VoteRefused):  # the second has begun: what the first typed stands
        type_all(bundle, first, "3")


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_of_many_who_check_at_once_one_is_the_second() -> None:
    poll, first, second = paper_poll()
    others = [make_person(role="organiser", organisation=poll.consultation.organisation) for _ in range(5)]
    bundle = open_bundle(poll=poll, number=1, size=1, person=first)
    type_all(bundle, first, "1")
    start, results = threading.Barrier(7), []

    def check(person: Participant) -> None:
        try:
            start.wait(10)
            type_all(bundle, person, "1")
            results.append(put_in_bundle(bundle=bundle, person=person))
        except VoteRefused:
            results.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=check, args=[person]) for person in (first, second, *others)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)
    held = Bundle.objects.get()
    assert held.checked_by_id not in (None, held.entered_by_id)
    assert (results.count(True) >= 1, Ballot.objects.count(), Poll.objects.get().ballot_count) == (True, 1, 1)


def test_paper_is_taken_until_its_time_is_over_and_the_count_waits() -> None:
    poll, first, second = paper_poll(state="open")
    for _ in range(12):
        cast(poll, "o1")
    Poll.objects.filter(pk=poll.pk).update(closes_at=timezone.now() - timedelta(seconds=1))
    poll = Poll.objects.select_related("consultation").get(pk=poll.pk)
    with pytest.raises(VoteRefused):
        cast(poll, "o1")
    assert (close_polls(), may_see_results(first, poll).allowed) == (0, False)
    with pytest.raises(ResultsHidden):
        read_result(poll)
    whole_bundle(poll, first, second, "2" * 13)
    late = open_bundle(poll=poll, number=2, size=1, person=first)
    type_all(late, first, "3")
    type_all(late, second, "3")
    poll = over(poll)
    with pytest.raises(VoteRefused):
        put_in_bundle(bundle=late, person=second)
    assert close_polls() == 1
    poll = Poll.objects.get(pk=poll.pk)
    (result,) = read_result(poll).questions
    assert ({row.text: row.votes for row in result.rows}, result.winners) == (
        {"Park": 13, "Market": 12, "Parking": 0}, ["Park"],
    )  # fmt: skip
    (split,) = result.splits
    assert [(part.key, part.ballots, part.alike) for part in split.parts] == [("web", 12, True), ("paper", 13, True)]


def test_few_papers_are_counted_and_not_shown_apart() -> None:
    poll, first, second = paper_poll(mode="open")
    for _ in range(12):
        cast(poll, "o1")
    whole_bundle(poll, first, second, "23-")
    settle_poll(poll_id=over(poll).pk)
    (result,) = read_result(Poll.objects.get()).questions
    assert (result.valid, result.blank, result.splits[0].parts) == (14, 1, [])
    assert set(Ballot.objects.values_list("channel", flat=True)) == {""}


def test_stale_bundle_begins_again_with_another_first_person() -> None:
    poll, first, second = paper_poll()
    bundle = open_bundle(poll=poll, number=1, size=3, person=first)
    type_all(bundle, first, "12")
    with pytest.raises(VoteRefused):
        open_bundle(poll=poll, number=1, size=3, person=second)
    bundle = restart_bundle(bundle=bundle, size=2, person=second)
    type_all(bundle, second, "12")
    type_all(bundle, first, "12")
    assert put_in_bundle(bundle=bundle, person=first)
    with pytest.raises(VoteRefused):
        restart_bundle(bundle=bundle, size=2, person=second)


@pytest.fixture
def typists() -> tuple[Poll, Client, Client]:
    poll, first, second = paper_poll()
    clients = (sign_in(Client(), first), sign_in(Client(), second))
    for client in clients:
        client.cookies["django_language"] = "en"
    return poll, *clients


def send(client: Client, poll: Poll, number: int, typed: str) -> str:
    """The page after sheet `number` of bundle 1 was typed."""
    path = reverse("polls:bundle", args=[poll.pk, 1])
    return str(client.post(path, {"number": number, "q1": typed}, follow=True).content.decode())


def test_two_people_type_a_bundle_on_the_pages(typists: tuple[Poll, Client, Client]) -> None:
    poll, first, second = typists
    assert "No bundle is typed yet" in first.get(reverse("polls:paper", args=[poll.pk])).content.decode()
    page = first.post(reverse("polls:paper", args=[poll.pk]), {"number": 1, "size": 2}, follow=True).content.decode()
    assert ("Sheet 1 of 2" in page, "1 Market, 2 Park, 3 Parking" in page, "autofocus" in page) == (True, True, True)
    assert "first person is still typing" in second.get(reverse("polls:bundle", args=[poll.pk, 1])).content.decode()
    wrong = first.post(reverse("polls:bundle", args=[poll.pk, 1]), {"number": 1, "q1": "4"})
    assert (wrong.status_code, 'value="4"' in wrong.content.decode()) == (422, True)
    assert "Sheet 2 of 2" in send(first, poll, 1, "3")
    assert "Your part is done" in send(first, poll, 2, "x")
    blind = second.get(reverse("polls:bundle", args=[poll.pk, 1])).content.decode()
    assert ("Sheet 1 of 2" in blind, 'value="3"' in blind) == (True, False)
    send(second, poll, 1, "1")
    page = send(second, poll, 2, "")
    assert ("Type sheet 1 again" in page, ">Parking</td>" in page, ">Market</td>" in page) == (True, True, True)
    again = first.get(reverse("polls:bundle", args=[poll.pk, 1]), {"sheet": 1}).content.decode()
    assert "Sheet 1 of 2" in again
    assert "Both have read every sheet alike." in send(first, poll, 1, "1")
    page = first.post(reverse("polls:bundle_put_in", args=[poll.pk, 1]), follow=True).content.decode()
    assert ("Bundle 1 is in the boxes." in page, Ballot.objects.count()) == (True, 2)
    assert sorted(Ballot.objects.values_list("choice", flat=True)) == ['["o1"]', "[]"]


def test_sheet_of_every_kind_is_typed_in_numbers_and_printed_for_a_pen() -> None:
    organisation = make_organisation()
    poll = make_survey(
        consultation=make_consultation(organisation), mode="confidential", results="after_closing", breakdown="age",
        paper_until=timezone.now() + timedelta(days=6),
    )  # fmt: skip
    people = [make_person(role="organiser", organisation=organisation) for _ in range(2)]
    bundle = open_bundle(poll=poll, number=1, size=1, person=people[0])
    for person in people:
        client = sign_in(Client(), person)
        client.cookies["django_language"] = "en"
        path = reverse("polls:bundle", args=[poll.pk, 1])
        for wrong in ({"q1": "1 2"}, {"q2": "1 2 3"}, {"q4": "9 0 0"}, {"q5": "1 1 2"}, {"q5": "1 2"}, {"q7": "3 3 3"},
                      {"q9": "999"}, {"group": "5"}, {"q6": "1 2 3"}):  # fmt: skip
            assert client.post(path, TYPED | {"number": 1, **wrong}).status_code == 422, wrong
        assert client.post(path, TYPED | {"number": 1, "group": "4"}).status_code == 302
    assert put_in_bundle(bundle=bundle, person=people[0])
    found = dict(Ballot.objects.values_list("question__key", "choice"))
    assert found == PAPERS
    assert set(Ballot.objects.values_list("cell", "channel")) == {("from-60", "paper")}
    page = client.get(reverse("polls:paper_sheet", args=[poll.pk])).content.decode()
    boxes = page.count("ballot__box")
    assert (boxes - page.count("ballot__box--wide"), page.count("ballot__box--wide")) == (30, 10)
    assert (reverse("polls:qr", args=[poll.pk]) in page, "Put a cross into the box." in page) == (True, True)


def test_entering_paper_tells_no_result() -> None:
    """Two worlds with other papers: what everybody but the typists sees is the same, byte for byte."""
    from tests.polls.test_hidden_results import CHANGING, bodies, everybody

    poll, first, second = paper_poll()
    people, worlds = everybody(poll), []
    for keys in ("11112222233", "33332222211"):
        with transaction.atomic():
            whole_bundle(poll, first, second, keys)
            half = open_bundle(poll=poll, number=2, size=2, person=first)
            type_all(half, first, keys[:2])
            client = sign_in(Client(), people["organiser"])
            paths = [reverse("polls:paper", args=[poll.pk]), reverse("polls:bundle", args=[poll.pk, 2])]
            pages = [client.get(path) for path in paths]
            told = [CHANGING.sub("", page.content.decode()) for page in pages]
            worlds.append((bodies(Poll.objects.get(), people), told))
            transaction.set_rollback(True)
    assert worlds[0] == worlds[1]
    assert "11" in worlds[0][1][0]


def test_desk_takes_a_vote_and_keeps_nothing_of_it() -> None:
    poll, helper, _second = paper_poll(has_desk=True, breakdown="age")
    client = sign_in(Client(), helper)
    client.cookies["django_language"] = "en"
    path, before = reverse("polls:desk", args=[poll.pk]), dict(client.session)
    form = {"q1": "o2", "form_key": "k" * 22, "cell": "from-60"}
    assert client.post(path, form | {"q1": "o9"}).status_code == 422
    answer = client.post(path, form)
    assert (answer.status_code, "no-store" in answer["Cache-Control"], dict(client.session)) == (200, True, before)
    page = answer.content.decode()
    assert ("receipt__code" in page, "Park" in page, "Clean form for the next voter" in page) == (True, False, True)
    again = client.post(path, form)
    assert (again.status_code, "sent already" in again.content.decode()) == (409, True)
    clean = client.get(path).content.decode()
    assert ("checked" in clean, "receipt__code" in clean) == (False, False)
    (ballot,) = Ballot.objects.all()
    assert (ballot.channel, ballot.cell, ballot.voter, ballot.pseudonym) == ("desk", "from-60", None, None)
    assert list(AuditEntry.objects.filter(verb="poll.help").values_list("actor", "target", "facts")) == [
        (str(helper.key), f"poll:{poll.pk}", {})
    ]
    assert (Poll.objects.get().ballot_count, RollEntry.objects.count()) == (1, 0)
    assert Client().get(path).status_code == 403
    close(poll)
    assert client.post(path, form | {"form_key": "m" * 22}).status_code == 409


def invited(places: int = 12, **fields: Any) -> tuple[Poll, Participant, Participant, list[str]]:
    """A poll with a list that takes paper and has a desk, its two organisers, and the codes of the list."""
    poll, first, second = paper_poll(electorate="invited", has_desk=True, roll_size=places, **fields)
    Elector.objects.bulk_create(Elector(poll=poll, number=number) for number in range(1, places + 1))
    found = [slip.code for slip in issue_codes(poll=poll, person=first)]
    return poll, first, second, found


@pytest.mark.parametrize("mode", ["confidential", "detached"])
def test_who_votes_on_paper_cannot_vote_on_the_web_too(mode: str) -> None:
    poll, first, second, found = invited(mode=mode)
    bundle = open_bundle(poll=poll, number=1, size=10, person=first)
    type_all(bundle, first, "1231231231")
    type_all(bundle, second, "1231231231")
    web = make_person(guest=True)
    use_code(poll=poll, code=found[11], person=web)
    cast(poll, "o1", person=web)
    for code in found[:9]:
        enter_strip(bundle=bundle, code=code, person=first)
    for used in (found[0], found[11]):
        with pytest.raises(VoteRefused):
            enter_strip(bundle=bundle, code=used, person=first)
    with pytest.raises(CodeRefused):
        enter_strip(bundle=bundle, code="AAAA-BBBB-CCCC-DDDD", person=first)
    with pytest.raises(VoteRefused, match=r"10 .*9"):
        put_in_bundle(bundle=bundle, person=first)
    assert enter_strip(bundle=bundle, code=found[9], person=first) == 10
    assert put_in_bundle(bundle=bundle, person=first)
    late = make_person(guest=True)
    with pytest.raises(CodeRefused):
        use_code(poll=poll, code=found[0], person=late)
    assert (Poll.objects.get().ballot_count, RollEntry.objects.count()) == (11, 11)
    settle_poll(poll_id=over(poll).pk)
    assert Poll.objects.get().seed
    assert Ballot.objects.count() == 11
    call_command("verify", stdout=StringIO())
    assert set(RollEntry.objects.values_list("elector", flat=True)) == {None}


def test_code_used_on_the_web_without_a_vote_is_free_for_paper_and_then_closed_on_the_web() -> None:
    poll, first, _second, found = invited()
    web = make_person(guest=True)
    use_code(poll=poll, code=found[0], person=web)
    bundle = open_bundle(poll=poll, number=1, size=1, person=first)
    enter_strip(bundle=bundle, code=found[0], person=first)
    with pytest.raises(VoteRefused):
        cast(poll, "o1", person=web)


def test_strips_are_typed_apart_from_sheets_and_printed_on_ballots_once() -> None:
    poll, first, _second, found = invited()
    client = sign_in(Client(), first)
    client.cookies["django_language"] = "en"
    open_bundle(poll=poll, number=1, size=2, person=first)
    path = reverse("polls:strips", args=[poll.pk, 1])
    assert client.post(path, {"code": "nothing"}).status_code == 422
    page = client.post(path, {"code": found[0]}, follow=True).content.decode()
    assert ("Strips: 1, sheets: 2" in page, "Market" in page, found[0] in page) == (True, False, False)
    Elector.objects.filter(number__lte=2).update(code_hash=None)
    printed = client.post(reverse("polls:slips", args=[poll.pk]), {"ballots": "yes"}).content.decode()
    assert (printed.count('<article class="ballot">'), printed.count("ballot__strip")) == (2, 2)


def test_desk_uses_up_the_code_with_the_vote() -> None:
    poll, helper, _second, found = invited()
    client = sign_in(Client(), helper)
    path, form = reverse("polls:desk", args=[poll.pk]), {"q1": "o2", "form_key": "k" * 22}
    assert client.post(path, form).status_code == 422
    assert client.post(path, form | {"code": "AAAA-BBBB-CCCC-DDDD"}).status_code == 409
    assert (Ballot.objects.count(), Poll.objects.get().ballot_count) == (0, 0)
    assert client.post(path, form | {"code": found[3]}).status_code == 200
    assert client.post(path, form | {"code": found[3], "form_key": "m" * 22}).status_code == 409
    assert (Ballot.objects.get().channel, RollEntry.objects.get().voter, Poll.objects.get().ballot_count) == (
        "desk", None, 1,
    )  # fmt: skip


def test_desk_of_a_detached_poll_waits_for_its_batch_as_all_others() -> None:
    poll, helper, _second = paper_poll(mode="detached", has_desk=True)
    client = sign_in(Client(), helper)
    path = reverse("polls:desk", args=[poll.pk])
    for number in range(10):
        form = {"q1": "o2", "form_key": f"form-key-of-the-desk-{number}"}
        assert [client.post(path, form).status_code for _ in "12"] == [200, 409]
    assert (PendingPaper.objects.count(), Ballot.objects.count()) == (10, 0)
    keep_ledgers()
    assert (PendingPaper.objects.count(), Ballot.objects.filter(channel="desk").count()) == (0, 10)
    assert client.post(path, form).status_code == 409
    assert Poll.objects.get().ballot_count == 10


def test_fixed_roll_of_accounts_and_paper_do_not_go_together(client: Client) -> None:
    from tests.polls.test_preparing import form

    organisation = make_organisation()
    sign_in(client, make_person(role="organiser", organisation=organisation))
    path = reverse("polls:create", args=[make_consultation(organisation).slug])
    sent = form(has_desk="on")
    assert client.post(path, sent | {"fixes_roll": "on"}).status_code == 422
    assert client.post(path, sent | {"paper_until": "2001-01-01T10:00"}).status_code == 422
    assert client.post(path, sent | {"paper_until": sent["closes_at"]}).status_code == 302
    assert (Poll.objects.get().has_desk, Poll.objects.get().takes_paper) == (True, False)


@pytest.mark.parametrize("name", ["paper", "paper_sheet", "desk"])
def test_poll_on_the_web_alone_has_no_such_page(name: str) -> None:
    poll, first, _second = paper_poll(paper_until=None)
    assert sign_in(Client(), first).get(reverse(f"polls:{name}", args=[poll.pk])).status_code == 403


def test_who_typed_is_told_to_them_and_forgotten_with_them() -> None:
    from polls.privacy import erase, export

    poll, first, second = paper_poll()
    whole_bundle(poll, first, second, "123")
    title = poll.title
    assert export(second)["bundles"] == [{"poll": title, "number": 1, "part": "checked"}]
    erase(first)
    assert Bundle.objects.values_list("entered_by", "checked_by").get() == (None, second.pk)
