"""Results by group and by channel: fixed at opening, told before voting, and never about fewer than ten ballots."""

import csv
import io
import json
from collections import Counter
from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Area
from polls.actions import cast_ballot, read_result, settle_poll
from polls.actions.breakdowns import thin_marks, too_fine
from polls.models import Ballot, PackageFile, Poll, Question
from polls.promises import not_protected, rules_in_words
from polls.rules import InvalidChoice
from tests.factories import make_consultation, make_organisation, make_person, sign_in
from tests.polls.factories import cast, close, make_poll
from tests.polls.test_preparing import form

pytestmark = pytest.mark.django_db
CELLS = [["33.1", "Melati"], ["33.2", "Wetan"], ["33.3", "Utara"]]


def by_area(**fields: Any) -> Poll:
    return make_poll(mode="confidential", results="after_closing", breakdown="area", cells=CELLS, **fields)


def fill(poll: Poll, ballots: dict[tuple[str, str, str], int]) -> None:
    """Ballots by option, channel and cell, as if they had been cast."""
    for (key, channel, cell), number in ballots.items():
        for _ in range(number):
            cast(poll, key, cell=cell)
            Ballot.objects.filter(channel="web").update(channel=channel)


def settled(poll: Poll) -> Poll:
    settle_poll(poll_id=close(poll).pk)
    return Poll.objects.get(pk=poll.pk)


@pytest.fixture
def town() -> Any:
    """An organisation whose area has three districts, and a hamlet in the first of them."""
    home = Area.objects.create(name="Town", code="33")
    parts = [Area.objects.create(name=name, code=code, parent=home) for code, name in CELLS]
    organisation = make_organisation()
    organisation.area = home
    organisation.save()
    return organisation, Area.objects.create(name="Hamlet", code="33.1.1", parent=parts[0])


def test_organiser_chooses_a_breakdown_and_it_is_frozen(client: Client, town: Any) -> None:
    organisation, _hamlet = town
    client.cookies["django_language"] = "en"
    sign_in(client, make_person(role="organiser", organisation=organisation))
    consultation = make_consultation(organisation)
    answer = client.post(reverse("polls:create", args=[consultation.slug]), form(breakdown="area"), follow=True)
    poll = Poll.objects.get()
    page = answer.content.decode()
    assert (poll.breakdown, poll.cells) == ("area", CELLS)
    assert ("With your ballot we keep: your district" in page, "may be too fine" in page) == (True, True)
    other = make_consultation(make_organisation())
    assert client.post(reverse("polls:create", args=[other.slug]), form(breakdown="area")).status_code == 403
    settled(by_area())
    rules = json.loads(bytes(PackageFile.objects.get(name="rules.json").content))
    assert rules["breakdown"] == {"by": "area", "cells": dict(CELLS)}


def test_warning_of_too_many_groups_goes_by_the_roll_or_by_earlier_polls() -> None:
    assert too_fine(make_poll()) == []
    assert [len(too_fine(by_area(roll_size=size))) for size in (None, 29, 30)] == [1, 1, 0]
    poll = by_area()
    make_poll(poll.consultation, ballot_count=30)
    assert too_fine(poll) == []


def test_breakdown_by_district_needs_an_area_with_districts(client: Client) -> None:
    organisation = make_organisation()
    sign_in(client, make_person(role="organiser", organisation=organisation))
    consultation = make_consultation(organisation)
    answer = client.post(reverse("polls:create", args=[consultation.slug]), form(breakdown="area"))
    assert (answer.status_code, Poll.objects.count(), "What should the square be?" in answer.content.decode()) == (
        422, 0, True,
    )  # fmt: skip


def test_voter_is_told_and_may_keep_silent(client: Client, town: Any) -> None:
    _organisation, hamlet = town
    poll, voter = by_area(), make_person(area=hamlet)
    client.cookies["django_language"] = "en"
    page = sign_in(client, voter).get(poll.get_absolute_url()).content.decode()
    assert '<option value="33.1" selected>Melati</option>' in page
    assert "With your ballot we keep: your district, if you say it." in page
    sent = {"q1": "o1", "form_key": "f" * 22, "replaces": ""}
    for cell, status in (("33.9", 422), ("", 200)):
        assert client.post(reverse("polls:vote", args=[poll.pk]), sent | {"cell": cell}).status_code == status
    assert list(Ballot.objects.values_list("channel", "cell")) == [("web", "")]


def test_changed_vote_has_the_group_that_was_said_last() -> None:
    poll, voter = by_area(), make_person()
    cast(poll, "o1", person=voter, cell="33.1")
    assert Ballot.objects.get().cell == "33.1"
    cast(poll, "o2", person=voter, cell="33.2")
    assert list(Ballot.objects.values_list("choice", "cell")) == [('["o2"]', "33.2")]
    with pytest.raises(InvalidChoice):
        cast_ballot(poll=poll, person=voter, answers={"q1": ["o1"]}, cell="from-60")
    with pytest.raises(InvalidChoice):
        cast(make_poll(), "o1", cell="33.1")


def test_ordinary_ballot_keeps_nothing_of_its_voter(client: Client, town: Any) -> None:
    poll = make_poll()
    page = sign_in(client, make_person(area=town[1])).get(poll.get_absolute_url()).content.decode()
    assert ('name="cell"' in page, [line for line in rules_in_words(poll) if "group" in line]) == (False, [])
    rules = {len(not_protected(by_area())), len(not_protected(make_poll(mode="confidential")))}
    assert len(rules) == 2


def test_result_by_group_on_page_in_table_interface_and_package(client: Client) -> None:
    poll = by_area()
    fill(poll, {("o1", "web", "33.1"): 12, ("o2", "web", "33.1"): 3, ("o2", "web", "33.2"): 11,
                ("o3", "web", "33.3"): 4, ("o1", "web", ""): 7})  # fmt: skip
    client.cookies["django_language"] = "en"
    before = client.get(reverse("polls:results", args=[poll.pk])).content.decode()
    assert "Melati" not in before
    closed = close(poll)
    assert read_result(closed).questions[0].splits == []
    poll = settled(poll)
    (split,) = read_result(poll).questions[0].splits
    assert [(part.key, part.ballots, part.winners, part.alike) for part in split.parts] == [
        ("33.1", 15, ["Market"], False), ("33.2", 11, ["Park"], True),
    ]  # fmt: skip
    assert split.rest == 11
    assert Counter(Ballot.objects.values_list("cell", flat=True)) == {"33.1": 15, "33.2": 11, "": 11}
    page = client.get(reverse("polls:results", args=[poll.pk])).content.decode()
    for words in ("“Market”: Melati (15); “Park”: Wetan (11).", "11 ballots are not shown apart", "80.0",
                  "it is known how each of them voted: Wetan"):  # fmt: skip
        assert words in page, words
    assert "Utara" not in page
    rows = list(csv.reader(io.StringIO(client.get(reverse("polls:results_csv", args=[poll.pk])).content.decode())))
    assert rows[-4:] == [
        ["by area", "ballots", "first", "Market", "Park", "Parking"], ["Melati", "15", "“Market”", "12", "3", "0"],
        ["Wetan", "11", "“Park”", "0", "11", "0"], ["not shown apart", "11"],
    ]  # fmt: skip
    told = client.get(f"/api/v1/polls/{poll.pk}/result/").json()["questions"][0]["splits"]
    assert [(one["by"], one["rest"], [part["totals"] for part in one["parts"]]) for one in told] == [
        ("area", 11, [{"o1": 12, "o2": 3, "o3": 0}, {"o1": 0, "o2": 11, "o3": 0}])
    ]
    files = {file.name: bytes(file.content).decode() for file in PackageFile.objects.all()}
    official = json.loads(files["result.json"])["questions"]["q1"]
    assert {key: part["rounds"][0]["totals"] for key, part in official["cell"].items()} == {
        part["key"]: part["totals"] for part in told[0]["parts"]
    }
    assert "channel" not in official


def test_groups_of_every_kind_of_question_are_shown(client: Client) -> None:
    from tests.polls.kinds import SENT, make_survey

    poll = make_survey(mode="confidential", results="after_closing", breakdown="age")
    for number in range(24):
        age = "to-30" if number % 2 else "from-60"
        sent = {**SENT, "form_key": f"form-key-{number:012}", "replaces": "", "cell": age}
        answer = sign_in(Client(), make_person()).post(reverse("polls:vote", args=[poll.pk]), sent)
        assert answer.status_code == 200
    poll = settled(poll)
    client.cookies["django_language"] = "en"
    page = client.get(reverse("polls:results", args=[poll.pk]))
    assert page.status_code == 200
    assert page.content.decode().count("By age") >= 9
    assert client.get(f"/api/v1/polls/{poll.pk}/result/").status_code == 200
    assert client.get(reverse("polls:results_csv", args=[poll.pk])).status_code == 200


def test_nothing_is_shown_apart_below_ten_ballots() -> None:
    poll = by_area()
    fill(poll, {("o1", "web", "33.1"): 9})
    poll = settled(poll)
    assert read_result(poll).questions[0].splits == []
    assert set(Ballot.objects.values_list("cell", flat=True)) == {""}


def test_reading_a_result_needs_no_more_queries_without_marks(django_assert_num_queries: Any) -> None:
    plain, marked = make_poll(mode="confidential"), by_area()
    for poll in (plain, marked):
        for _ in range(10):
            cast(poll, "o1")
    plain, marked = settled(plain), settled(marked)
    with django_assert_num_queries(2):
        read_result(plain)
    with django_assert_num_queries(3):
        read_result(marked)


counts = st.dictionaries(
    st.tuples(st.sampled_from(["web", "paper", "desk"]), st.sampled_from(["", "33.1", "33.2"])),
    st.integers(1, 16), min_size=1, max_size=6,
)  # fmt: skip


@given(counts)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_published_figures_differ_by_fewer_than_ten_ballots(marks: dict[tuple[str, str], int]) -> None:
    """All that is published - the whole, each channel, each group, and both together in ballots.csv - is a set of
    ballots; neither a set, nor what two share, nor what one has beyond another or two others, has one to nine."""
    poll = by_area(has_desk=True)
    box = Question.objects.get(poll=poll)
    Ballot.objects.bulk_create(
        Ballot(question=box, choice='["o1"]', nonce="00" * 32, commitment=f"{at:064x}", channel=channel, cell=cell)
        for at, (channel, cell) in enumerate(mark for mark, number in marks.items() for _ in range(number))
    )
    thin_marks(poll=poll)
    left = list(Ballot.objects.values_list("pk", "channel", "cell"))
    thin_marks(poll=poll)
    assert sorted(left) == sorted(Ballot.objects.values_list("pk", "channel", "cell"))
    groups: dict[Any, set[Any]] = {"all": {pk for pk, _channel, _cell in left}}
    for pk, channel, cell in left:
        for name in (("channel", channel), ("cell", cell), (channel, cell)):
            groups.setdefault(name, set()).add(pk)
    sets = list(groups.values())
    told = {len(one - other - third) for one, other, third in product(sets, repeat=3)} | {
        len(one & other) for one, other in product(sets, repeat=2)
    }
    assert min(told - {0}) >= min(10, len(left))
    Ballot.objects.all().delete()
