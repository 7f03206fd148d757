"""The electoral roll: its list, its codes, who is let in, and that its size and hash stand in the ledger."""

import json
import logging
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import Area
from accounts.privacy import rooms
from methods import ledger
from moderation.models import AuditEntry
from polls import codes
from polls.actions import (
    close_polls,
    edit_poll,
    keep_ledgers,
    list_electors,
    publish_poll,
    strike_elector,
    use_code,
)  # fmt: skip
from polls.actions.verifying import verify_poll
from polls.forms import ElectorsForm
from polls.models import Ballot, Elector, LedgerEntry, Poll, RollEntry
from polls.privacy import erase, export
from polls.promises import rules_in_words
from polls.rules import CodeRefused, PollFrozen, RollRefused, TwoPlaces, VoteRefused, may_vote, stands_on_roll
from tests.factories import make_consultation, make_organisation, make_person, sign_in
from tests.polls.factories import cast, close, make_poll, make_roll
from tests.polls.test_preparing import form

pytestmark = pytest.mark.django_db
SLIP = re.compile(r'class="receipt__code">([0-9A-Z-]{19})<')


@pytest.fixture
def organiser(client: Client) -> Any:
    organisation = make_organisation()
    sign_in(client, make_person(role="organiser", organisation=organisation))
    client.cookies["django_language"] = "en"
    return organisation


def invited(organisation: Any = None, **fields: Any) -> Poll:
    consultation = make_consultation(organisation) if organisation else None
    return make_poll(consultation, **{"electorate": "invited", "level": 3, "mode": "confidential"} | fields)


def test_wizard_makes_an_invited_poll_whose_rules_say_so(client: Client, organiser: Any) -> None:
    consultation = make_consultation(organiser)
    sent = form(electorate="invited", level="0", fixes_roll="on")
    answer = client.post(reverse("polls:create", args=[consultation.slug]), sent, follow=True)
    poll = Poll.objects.get()
    assert (poll.is_invited, poll.has_fixed_roll, poll.level, poll.fixes_roll) == (True, True, 3, False)
    assert answer.redirect_chain[-1][0] == reverse("polls:roll", args=[poll.pk])
    assert "people on a list. Each place on it has a code" in " ".join(rules_in_words(poll))
    page = client.get(poll.get_absolute_url()).content.decode()
    assert ("The roll needs at least 10 places, and has 0" in page, "Nobody can object" in page) == (True, True)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"electorate": "area"}, "id_area"),
        ({"electorate": "area", "area": "999"}, "id_area"),
        ({"electorate": "aliens"}, "id_electorate"),
        ({"electorate": "invited", "objections_until": "2090-01-01T10:00"}, "id_objections_until"),
    ],
)
def test_wrong_electorate_is_told_beside_its_field(
    client: Client, organiser: Any, changes: dict[str, Any], field: str
) -> None:
    consultation = make_consultation(organiser)
    answer = client.post(reverse("polls:create", args=[consultation.slug]), form(**changes))
    assert (answer.status_code, Poll.objects.count()) == (422, 0)
    assert f'href="#{field}"' in answer.content.decode()


def test_list_is_pasted_and_uploaded(client: Client, organiser: Any) -> None:
    poll = invited(organiser, state="draft")
    file = SimpleUploadedFile("roll.csv", '\ufeffname,email\n"House 3, Sari",SARI@example.org\nHouse 4\n'.encode())
    pasted = "House 1 | budi@example.org\n\n House 2 ; \n"
    answer = client.post(reverse("polls:roll", args=[poll.pk]), {"lines": pasted, "file": file}, follow=True)
    assert "The roll has 4 places now." in answer.content.decode()
    assert list(Elector.objects.values_list("number", "label", "email")) == [
        (1, "House 1", "budi@example.org"), (2, "House 2", ""), (3, "House 3, Sari", "sari@example.org"),
        (4, "House 4", ""),
    ]  # fmt: skip
    assert Poll.objects.get().roll_size == 4


def test_each_wrong_line_is_named_and_nothing_typed_is_lost(client: Client, organiser: Any) -> None:
    poll = invited(organiser, state="draft")
    make_roll(poll, 1)
    lines = "House 2\nhouse 1\n | a@example.org\nHouse 2\nHouse 5 | not@mail\n" + "x" * 121
    answer = client.post(reverse("polls:roll", args=[poll.pk]), {"lines": lines})
    page = answer.content.decode()
    assert (answer.status_code, Elector.objects.count()) == (422, 1)
    assert re.findall(r"Line (\d+):", page[: page.index("</ul>")]) == ["2", "3", "4", "5", "6"]
    assert "House 5 | not@mail" in page


def test_uploaded_wrong_file_is_kept_in_the_field_or_refused() -> None:
    poll = invited(state="draft")
    wrong = ElectorsForm(poll, {}, {"file": SimpleUploadedFile("roll.csv", b"House 1,nobody@\nHouse 2\n")})
    assert (wrong.is_valid(), wrong["lines"].value()) == (False, "House 1,nobody@\nHouse 2\n")
    assert not ElectorsForm(poll, {}, {"file": SimpleUploadedFile("roll.xlsx", b"PK\x03\x04\xff\xfe")}).is_valid()
    assert not ElectorsForm(poll, {"lines": " \n"}).is_valid()
    assert not ElectorsForm(poll, {"lines": f"House 1 | {'a' * 60}@{'b.' * 110}org"}).is_valid()
    assert not ElectorsForm(poll, {"lines": ", " * 500_000 + "x" * 500_000}).is_valid()  # one line, read at once


def test_slips_show_each_code_once_and_nothing_keeps_it(
    client: Client, organiser: Any, caplog: pytest.LogCaptureFixture
) -> None:
    poll = invited(organiser, state="planned")
    make_roll(poll, 2)
    list_electors(poll=poll, electors=[Elector(label="House 9")])
    with caplog.at_level(logging.DEBUG):
        answer = client.post(reverse("polls:slips", args=[poll.pk]))
        (code,) = SLIP.findall(answer.content.decode())
        again = client.post(reverse("polls:slips", args=[poll.pk]), follow=True)
        client.post(reverse("polls:code", args=[poll.pk]), {"code": code})
    assert "no-store" in answer["Cache-Control"]
    assert "Every place has its code already" in again.content.decode()
    assert Elector.objects.get(label="House 9").code_hash == codes.hashed(codes.read(code))
    rows = str(list(Elector.objects.values_list())) + str(list(AuditEntry.objects.values_list())) + caplog.text
    assert [one for one in (code, codes.read(code)) if one in rows] == []


def test_qr_code_keeps_the_code_behind_the_hash_sign_and_pages_have_no_referrer(client: Client, organiser: Any) -> None:
    poll = invited(organiser, state="planned")
    list_electors(poll=poll, electors=[Elector(label="House 9")])
    page = client.post(reverse("polls:slips", args=[poll.pk]))
    assert f"{reverse('polls:code', args=[poll.pk])} " in page.content.decode()  # the printed address holds no code
    assert page["Referrer-Policy"] == "same-origin"


def test_codes_are_read_as_people_type_them() -> None:
    poll = invited()
    code = make_roll(poll, 1)[0]
    person = make_person(guest=True)
    for typed in (code.lower(), code.replace("-", " "), f" {code.replace('-', '')} ", code.replace("0", "O")):
        assert use_code(poll=poll, code=typed, person=person).number == 1
    assert codes.read("ilo0" * 4) == "1100" * 4
    assert (len(codes.SIGNS), codes.LENGTH * 5) == (32, 80)


def test_guest_with_a_code_votes_changes_the_vote_and_nobody_else_may(client: Client) -> None:
    poll = invited()
    code = make_roll(poll)[0]
    page = client.get(poll.get_absolute_url()).content.decode()
    assert (reverse("polls:code", args=[poll.pk]) in page, 'id="vote"' in page) == (True, False)
    assert client.post(reverse("polls:vote", args=[poll.pk]), {"q1": "o1"}).status_code == 409
    answer = client.post(reverse("polls:code", args=[poll.pk]), {"code": code, "form_key": "k" * 20}, follow=True)
    assert 'id="vote"' in answer.content.decode()
    for choice in ("o1", "o2"):
        page = client.get(poll.get_absolute_url()).content.decode()
        sent = dict(re.findall(r'name="(form_key|replaces)" value="([^"]*)"', page)) | {"q1": choice}
        assert client.post(reverse("polls:vote", args=[poll.pk]), sent).status_code == 200
    assert list(Ballot.objects.values_list("choice", flat=True)) == ['["o2"]']
    other = Client()
    other.cookies["django_language"] = "en"
    refused = other.post(reverse("polls:code", args=[poll.pk]), {"code": code})
    assert (refused.status_code, "This code has been used already." in refused.content.decode()) == (422, True)
    assert RollEntry.objects.count() == 1


def test_wrong_codes_get_clear_answers_and_make_no_guest(client: Client) -> None:
    poll, elsewhere = invited(), invited(title="Another")
    foreign = make_roll(elsewhere)[0]
    client.cookies["django_language"] = "en"
    told = {}
    for name, typed in {"short": "K7QM", "unknown": codes.written(codes.new()), "foreign": foreign}.items():
        answer = client.post(reverse("polls:code", args=[poll.pk]), {"code": typed})
        assert typed in answer.content.decode()
        told[name] = re.findall(r'href="#id_code">Code: ([^<]*)<', answer.content.decode())[0]
    assert told == {
        "short": "A code has 16 letters and digits, such as K7QM-2X04-9HRT-1B8N. Please type it again.",
        "unknown": "This code is not known. Please compare it with your slip. Of several slips only the newest counts.",
        "foreign": "This code belongs to another poll: Another.",
    }
    assert "guest" not in client.session
    own = make_roll(poll)[0]
    with pytest.raises(CodeRefused, match="expired"):
        use_code(poll=close(poll), code=own, person=make_person())


def test_codes_are_guessed_no_faster_than_sign_in(client: Client) -> None:
    poll = invited()
    sign_in(client, make_person())
    statuses = [client.post(reverse("polls:code", args=[poll.pk]), {"code": "A" * 16}).status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]


def test_second_code_on_one_device_is_another_person_and_both_votes_stay(client: Client) -> None:
    poll = invited()
    first, second, *_ = make_roll(poll)
    path, client.cookies["django_language"] = reverse("polls:code", args=[poll.pk]), "en"
    client.post(path, {"code": first})
    client.post(reverse("polls:vote", args=[poll.pk]), {"q1": "o1"})
    answer = client.post(path, {"code": second})
    assert (answer.status_code, 'name="another"' in answer.content.decode()) == (422, True)
    assert client.post(path, {"code": second, "another": "on"}).status_code == 302
    client.post(reverse("polls:vote", args=[poll.pk]), {"q1": "o2"})
    assert sorted(Ballot.objects.counted().values_list("choice", flat=True)) == ['["o1"]', '["o2"]']
    other, account = invited(), make_person()
    one, two = make_roll(other, 2)
    use_code(poll=other, code=one, person=account)
    with pytest.raises(TwoPlaces):
        use_code(poll=other, code=two, person=account)


def test_new_code_kills_the_old_one_and_its_use_but_never_a_vote(client: Client, organiser: Any) -> None:
    poll = invited(organiser)
    lost, voted, *_ = make_roll(poll)
    thief, voter, owner = (make_person(guest=True) for _ in range(3))
    use_code(poll=poll, code=lost, person=thief)
    use_code(poll=poll, code=voted, person=voter)
    cast(poll, "o1", person=voter)
    fresh = []
    for number in ("1", "2"):
        page = client.post(reverse("polls:slips", args=[poll.pk]), {"elector": number})
        fresh += SLIP.findall(page.content.decode())
    assert page.status_code == 200
    with pytest.raises(CodeRefused, match="not known"):
        use_code(poll=poll, code=lost, person=owner)
    assert (bool(may_vote(thief, poll)), bool(may_vote(voter, poll))) == (False, True)
    use_code(poll=poll, code=fresh[0], person=owner)
    cast(poll, "o2", person=owner)
    with pytest.raises(CodeRefused, match="used already"):
        use_code(poll=poll, code=fresh[1], person=make_person(guest=True))
    asked = Client()
    asked.cookies["django_language"] = "en"
    said = asked.get(reverse("polls:may_vote", args=[poll.pk])).content.decode()
    assert "New codes given out for lost slips: 2." in said
    facts = [entry.facts for entry in AuditEntry.objects.filter(verb="poll.code_replaced")]
    assert facts == [{"place": pk.hex} for pk in Elector.objects.filter(codes_replaced=1).values_list("pk", flat=True)]


def test_place_has_one_vote_whoever_stands_in_it() -> None:
    """Also where the second person got in before the first one's vote, which no look-up beforehand would see."""
    poll = invited()
    code = make_roll(poll)[0]
    first, second = make_person(guest=True), make_person(guest=True)
    place = use_code(poll=poll, code=code, person=first)
    cast(poll, "o1", person=first)
    Elector.objects.filter(pk=place.pk).update(voter=second)
    assert not may_vote(second, poll)
    with pytest.raises(VoteRefused):
        cast(poll, "o2", person=second)
    assert RollEntry.objects.count() == 1


def test_organisers_page_is_the_same_before_and_after_codes_and_votes(client: Client, organiser: Any) -> None:
    poll = invited(organiser)
    every = make_roll(poll)
    token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')

    def page() -> str:
        return token.sub("", client.get(reverse("polls:roll", args=[poll.pk])).content.decode())

    before = page()
    for code in every[:11]:
        person = make_person(guest=True)
        use_code(poll=poll, code=code, person=person)
        cast(poll, "o1", person=person)
    assert page() == before


def test_secret_poll_needs_ten_on_its_roll(client: Client, organiser: Any) -> None:
    poll = invited(organiser, state="draft")
    make_roll(poll, 9)
    answer = client.post(reverse("polls:publish", args=[poll.pk]), {"read": "yes"}, follow=True)
    assert "The roll needs at least 10 places, and has 9" in answer.content.decode()
    assert Poll.objects.get().published_at is None
    list_electors(poll=poll, electors=[Elector(label="House 10")])
    client.post(reverse("polls:publish", args=[poll.pk]), {"read": "yes"})
    poll = Poll.objects.get()
    assert poll.is_published
    Poll.objects.update(opens_at=poll.closes_at.replace(microsecond=1) - (poll.closes_at - poll.opens_at) / 9)
    with pytest.raises(RollRefused):
        strike_elector(poll=poll, elector=Elector.objects.first())
    empty = invited(mode="open", state="draft")
    with pytest.raises(RollRefused, match="at least 1 place"):
        publish_poll(poll=empty)


def test_roll_is_frozen_by_the_opening_and_more_ballots_than_people_are_found() -> None:
    poll = invited()
    every = make_roll(poll)
    with pytest.raises(PollFrozen):
        list_electors(poll=poll, electors=[Elector(label="House 99")])
    with pytest.raises(PollFrozen):
        strike_elector(poll=poll, elector=Elector.objects.first())
    keep_ledgers()
    opening = json.loads(LedgerEntry.objects.get().line)
    keys = [pk.hex for pk in Elector.objects.values_list("pk", flat=True)]
    assert opening["roll"] == {"size": 12, "hash": ledger.hash_of_roll(keys)}
    for code in every:
        person = make_person(guest=True)
        use_code(poll=poll, code=code, person=person)
        cast(poll, "o1", person=person)
    close(poll)
    assert (close_polls(), verify_poll(Poll.objects.get())) == (1, 4)
    files = {file.name: bytes(file.content) for file in Poll.objects.get().package.all()}
    assert ledger.check_package(files)[1]
    assert json.loads(files["rules.json"])["electorate"] == "invited"
    Elector.objects.create(poll=poll)
    with pytest.raises(ledger.Wrong, match="the roll changed"):
        verify_poll(Poll.objects.get())


def test_closing_leaves_only_the_keys_of_the_roll() -> None:
    poll = invited()
    every = make_roll(poll)
    Elector.objects.update(email="house@example.org")
    person = make_person(guest=True)
    use_code(poll=poll, code=every[0], person=person)
    cast(poll, "o1", person=person)
    keys = set(Elector.objects.values_list("pk", flat=True))
    close(poll)
    close_polls()
    assert set(Elector.objects.values_list("pk", flat=True)) == keys
    left = ("number", "label", "email", "code_hash", "voter", "codes_replaced", "mail_stopped_at")
    assert set(Elector.objects.values_list(*left)) == {(0, "", "", None, None, 0, None)}
    assert list(RollEntry.objects.values_list("elector", flat=True)) == [None]


def test_poll_by_area_lets_in_those_who_live_in_it_or_below() -> None:
    town, other = (Area.objects.create(name=name, code=name) for name in ("Town", "Other"))
    village = Area.objects.create(name="Village", code="Town.1", parent=town)
    poll = make_poll(electorate="area", area=town)
    people = {area: make_person(area=area) for area in (town, village, other, None)}
    assert [bool(may_vote(person, poll)) for person in people.values()] == [True, True, False, False]
    assert [may_vote(person, poll).step for person in (people[other], people[None], None)] == [
        "area",
        "area",
        "sign_in",
    ]
    assert "people who live in Town" in " ".join(rules_in_words(poll))


def test_roll_of_accounts_is_drawn_up_at_publishing_and_drawn_anew_when_its_rules_change() -> None:
    poll = make_poll(state="draft", fixes_roll=True, mode="confidential")
    early = [make_person() for _ in range(10)]
    low = make_person(level=0)
    poll = publish_poll(poll=poll)
    late = make_person()
    Poll.objects.update(opens_at=poll.closes_at - (poll.closes_at - poll.opens_at) / 2)
    poll = Poll.objects.get()
    assert poll.roll_size == 10
    people = (early[0], low, late, None)
    assert [stands_on_roll(person, poll).step or bool(stands_on_roll(person, poll)) for person in people] == [
        True, False, False, "sign_in",
    ]  # fmt: skip
    poll = edit_poll(poll=poll, questions=[], level=0)
    assert poll.roll_size == 12


def test_guest_on_the_roll_signs_in_and_keeps_place_and_vote() -> None:
    poll = invited()
    every = make_roll(poll)
    guest, person = make_person(guest=True), make_person()
    use_code(poll=poll, code=every[0], person=guest)
    cast(poll, "o1", person=guest)
    for room in rooms():
        room.adopt(guest, person)
    guest.delete()
    assert may_vote(person, poll)
    cast(poll, "o2", person=person)
    assert list(Ballot.objects.counted().values_list("choice", flat=True)) == ['["o2"]']
    neighbour = make_person(guest=True)
    use_code(poll=poll, code=every[1], person=neighbour)
    cast(poll, "o3", person=neighbour)
    for room in rooms():
        room.adopt(neighbour, person)
    neighbour.delete()
    assert Ballot.objects.counted().count() == 2


def test_may_i_vote_answers_for_the_one_who_asks(client: Client) -> None:
    client.cookies["django_language"] = "en"
    poll = invited()
    good, spent, *_ = make_roll(poll)
    use_code(poll=poll, code=spent, person=make_person(guest=True))
    path = reverse("polls:may_vote", args=[poll.pk])
    assert "Please enter the code of your invitation first." in client.get(path).content.decode()
    assert "This code is good." in client.post(path, {"code": good}).content.decode()
    assert "This code is right, but it has been used." in client.post(path, {"code": spent}).content.decode()
    assert client.post(path, {"code": "nonsense"}).status_code == 422
    assert Elector.objects.filter(voter__isnull=False).count() == 1
    sign_in(client, make_person())
    for other, words in {
        make_poll(): "You may vote now.",
        make_poll(state="planned"): "You may vote as soon as the poll opens.",
        make_poll(level=5): "more must be known about who you are",
    }.items():
        assert words in client.get(reverse("polls:may_vote", args=[other.pk])).content.decode()


def test_export_and_erasure_of_a_place() -> None:
    poll = invited()
    code, person = make_roll(poll)[0], make_person()
    use_code(poll=poll, code=code, person=person)
    assert export(person)["rolls"] == [{"poll": poll.title, "label": "House 1", "email": ""}]
    erase(person)
    assert (Elector.objects.filter(voter=person).count(), Elector.objects.filter(label="House 1").count()) == (0, 0)
    assert Elector.objects.count() == 12
