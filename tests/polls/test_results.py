"""Results in words, figures and files, and the rules on Burlington's ballots."""

import csv
import gzip
import io
import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from methods.counting.readers import read_blt
from polls.actions import read_result, settle_poll, tally
from polls.actions.sentences import percent
from polls.asking import spoken
from polls.models import Ballot, Poll
from polls.topics import results
from tests.factories import make_person, sign_in
from tests.polls.factories import cast, close, make_poll

pytestmark = pytest.mark.django_db


def test_sentence_begins_with_its_denominator() -> None:
    poll = make_poll()
    for key in ("o1", "o2", "o2"):
        cast(poll, key)
    with translation.override("en"):
        assert read_result(close(poll)).sentence == "Of 3 who voted, 2 (66.7%) chose “Park”, more than any other."


def test_a_counted_poll_is_counted_once_for_each_language(django_assert_num_queries: Any) -> None:
    poll = make_poll()
    for key in ("o1", "o2", "o2"):
        cast(poll, key)
    settle_poll(poll_id=close(poll).pk)
    poll = Poll.objects.get()
    with translation.override("en"):
        first = read_result(poll)
        with django_assert_num_queries(0):
            assert read_result(Poll(pk=poll.pk, seed=poll.seed)) == first
        assert read_result(poll).sentence == "Of 3 who voted, 2 (66.7%) chose “Park”, more than any other."
    with translation.override("id"):
        assert read_result(poll).sentence != first.sentence


def test_tie_is_called_a_tie() -> None:
    poll = make_poll()
    cast(poll, "o1")
    cast(poll, "o2")
    with translation.override("en"):
        sentence = read_result(close(poll)).sentence
    assert sentence == "Of 2 who voted, 1 each (50.0%) chose “Market” and “Park”: a tie."


def test_nobody_voted_says_so(client: Client) -> None:
    poll = make_poll(state="closed", mode="confidential")
    client.cookies["django_language"] = "en"
    assert "Nobody voted." in client.get(reverse("polls:results", args=[poll.pk])).content.decode()


def test_share_of_several_choices_is_of_people() -> None:
    poll = make_poll(kind="several", max_choices=2)
    cast(poll, "o1", "o2")
    cast(poll, "o1")
    assert [(row.text, row.votes, row.share) for row in read_result(close(poll)).questions[0].rows] == [
        ("Market", 2, 100.0), ("Park", 1, 50.0), ("Parking", 0, 0.0),
    ]  # fmt: skip


def test_numbers_are_written_as_in_the_language() -> None:
    with translation.override("id"):
        assert (spoken(1204), percent(1, 3)) == ("1.204", "33,3")
    with translation.override("en"):
        assert (spoken(1204), percent(1, 3)) == ("1,204", "33.3")


@pytest.mark.parametrize("rule", ["irv", "schulze"])
def test_ranking_page_shows_working_and_what_if(client: Client, rule: str) -> None:
    poll = make_poll(kind="ranking", rule=rule)
    for order in [("o1",)] * 4 + [("o2", "o3")] * 3 + [("o3", "o2")] * 2:
        cast(poll, *order)
    close(poll)
    client.cookies["django_language"] = "en"
    page = client.get(reverse("polls:results", args=[poll.pk])).content.decode()
    assert ("What if it had been counted otherwise" in page, "step by step" in page) == (True, True)
    assert ("Compared two by two" in page) == (rule == "schulze")
    assert ("Round by round" in page) == (rule == "irv")
    (result,) = read_result(Poll.objects.get()).questions
    assert result.winners == ["Park"]
    assert {(one.rule, *one.winners) for one in result.what_ifs if not one.same} == {
        (str(result.what_ifs[-1].rule), "Market")
    }


def test_snapshot_follows_each_vote_of_an_open_poll() -> None:
    poll = make_poll()
    cast(poll, "o2")
    cast(poll, "o2")
    facts = results(str(poll.pk))
    assert (facts["cast"], facts["counted"], [row["votes"] for row in facts["questions"][0]["rows"]]) == (
        2,
        2,
        [0, 2, 0],
    )
    assert [row["width"] for row in facts["questions"][0]["rows"]] == [0, 1000, 0]


def test_live_page_names_topic_fallback_and_fragment(client: Client) -> None:
    poll = make_poll()
    page = client.get(reverse("polls:results", args=[poll.pk])).content.decode()
    assert f'data-live="poll.results.{poll.pk}"' in page
    assert f'data-live-fallback="/live/poll.results.{poll.pk}.json"' in page
    assert client.get(f"/live/poll.results.{poll.pk}.json").json()["facts"]["counted"] == 0
    assert client.get(reverse("polls:results_live", args=[poll.pk])).status_code == 200


def test_csv_holds_the_figures_and_no_formula(client: Client) -> None:
    poll = make_poll(options=("=1+1", "Park"))
    cast(poll, "o1")
    close(poll)
    answer = client.get(reverse("polls:results_csv", args=[poll.pk]))
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert rows[-3:] == [["option", "round 1"], ["'=1+1", "1"], ["Park", "0"]]
    assert answer["Content-Disposition"].startswith("attachment")


def test_names_stand_beside_votes_in_open_polls_only(client: Client) -> None:
    poll, other = make_poll(), make_poll(mode="confidential", results="after_closing")
    person = make_person("Ani <b>")
    cast(poll, "o1", person=person)
    for _ in range(12):
        cast(other, "o1", person=make_person("Budi"))
    close(other)
    shown = client.get(reverse("polls:results", args=[poll.pk])).content.decode()
    hidden = client.get(reverse("polls:results", args=[other.pk])).content.decode()
    assert ("Ani &lt;b&gt;" in shown, "Budi" in hidden) == (True, False)


def test_receipts_are_listed_after_closing_and_not_before(client: Client) -> None:
    poll = make_poll(mode="confidential")
    sign_in(client, make_person())
    page = client.post(reverse("polls:vote", args=[poll.pk]), {"q1": "o1"}).content.decode()
    address = reverse("polls:receipts_csv", args=[poll.pk])
    client.raise_request_exception = False
    code = page.partition('class="receipt__code">')[2][:19]
    close(poll)
    assert client.get(address).content.decode().split() == ["question,receipt", f"q1,{code}"]


@pytest.mark.parametrize("count", [1, 3])
def test_results_page_needs_the_same_queries_for_one_and_three_voters(
    client: Client, count: int, django_assert_num_queries: Any
) -> None:
    poll = make_poll(asks_remark=True)
    for _ in range(count):
        cast(poll, "o1")
    close(poll)
    address = reverse("polls:results", args=[poll.pk])
    client.get(address)
    with django_assert_num_queries(8):
        client.get(address)


def test_qr_is_a_picture_of_the_address(client: Client) -> None:
    poll = make_poll()
    answer = client.get(reverse("polls:qr", args=[poll.pk]))
    text = answer.content.decode()
    assert (answer["Content-Type"], text.startswith("<svg"), "style=" in text) == ("image/svg+xml", True, False)


@pytest.mark.realdata
def test_burlington_has_three_winners_by_three_rules(realdata: Path, client: Client) -> None:
    with gzip.open(realdata / "ranked" / "2009-Burlington-Mayor.blt.gz", "rt", encoding="utf-8") as lines:
        election = read_blt(lines)
    keys = {one: f"o{number}" for number, one in enumerate(election.options, 1)}
    poll = make_poll(kind="ranking", options=list(election.options.values()))
    question = poll.question("q1")
    papers = []
    for ranking, weight in election.ballots:
        single = itertools.takewhile(lambda one: not isinstance(one, tuple), ranking)  # a shared rank ends a ballot
        places = [keys[one] for one in single if one]
        text = json.dumps(list(dict.fromkeys(places)), separators=(",", ":"))
        papers += [Ballot(question=question, choice=text, nonce="", commitment="") for _ in range(weight) if places]
    Ballot.objects.bulk_create(papers, batch_size=500)
    Poll.objects.update(ballot_count=len(papers))
    poll = close(poll)
    question = poll.question("q1")
    winners = {rule: question.names[tally(question, rule).winners[0]] for rule in ("plurality", "irv", "schulze")}
    assert {rule: name.split()[-1].split(",")[0] for rule, name in winners.items()} == {
        "plurality": "Wright", "irv": "Kiss", "schulze": "Montroll",
    }  # fmt: skip
    last = tally(question).rounds[-1]
    assert sorted(last.totals.values()) == [4060, 4313]
    assert client.get(reverse("polls:results", args=[poll.pk])).status_code == 200
