"""The lot with a public value: counting waits for it, it is entered once, and anybody finds it in the package."""

import json
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from moderation.models import AuditEntry
from polls.actions import close_polls, read_result, settle_poll
from polls.actions.ledger import lines
from polls.actions.lots import enter_lot_value
from polls.models import LotValue, PackageFile, Poll
from polls.promises import rules_in_words
from polls.rules import LotRefused
from tests.factories import make_consultation, make_organisation, make_person, sign_in
from tests.polls.factories import cast, close, make_poll
from tests.polls.test_ledger import kinds, recount

pytestmark = pytest.mark.django_db
LOT = {"lot_source": "First prize of the lottery on 3 May", "lot_fallback": "The one on 10 May"}


def tied(client: Client) -> tuple[Poll, Any]:
    """A closed poll whose run-off ends in a tie, its ledger closed; its organiser is signed in."""
    organisation = make_organisation()
    organiser = make_person(role="organiser", organisation=organisation)
    sign_in(client, organiser)
    poll = make_poll(make_consultation(organisation), kind="ranking", **LOT)
    cast(poll, "o1")
    cast(poll, "o2")
    settle_poll(poll_id=close(poll).pk)
    client.cookies["django_language"] = "en"
    return Poll.objects.get(pk=poll.pk), organiser


def test_count_waits_for_the_announced_value_and_the_lot_falls_by_it(client: Client, tmp_path: Path) -> None:
    poll, _organiser = tied(client)
    assert (kinds(poll)[-1], poll.seed) == ("closed", "")
    assert close_polls() == 0
    assert "First prize of the lottery" in read_result(poll).sentence
    page = client.get(reverse("polls:ledger", args=[poll.pk])).content.decode()
    assert "The files follow when the value of the lot is public" in page
    address = reverse("polls:lot", args=[poll.pk])
    assert json.loads(lines(poll)[-1])["hash"] in client.get(address).content.decode()
    assert client.post(address, {"value": "", "place": "x"}).status_code == 422
    client.post(address, {"value": "84 512", "place": "Newspaper of 4 May"})
    assert close_polls() == 1
    poll = Poll.objects.get()
    head = json.loads(lines(poll)[-2])["hash"]
    assert poll.seed == f"{head}|84 512"
    best = min(("o1", "o2"), key=lambda one: sha256(f"poll-{poll.pk}/q1|{one}|{poll.seed}".encode()).digest())
    result = json.loads(bytes(PackageFile.objects.get(name="result.json").content))
    assert result["questions"]["q1"]["official"]["winners"] == [best]
    page = client.get(reverse("polls:results", args=[poll.pk])).content.decode()
    assert ("drawn with the value 84 512" in page, "Newspaper of 4 May" in page) == (True, True)
    done = recount(poll, tmp_path)
    assert (done.returncode, "84 512" in done.stdout) == (0, True), done.stdout + done.stderr
    assert AuditEntry.objects.filter(verb="poll.lot").count() == 1


def test_value_is_entered_once_by_organisers_and_only_after_the_closing_head(client: Client) -> None:
    poll, organiser = tied(client)
    early = make_poll(poll.consultation, **LOT)
    plain = make_poll(poll.consultation, state="closed")
    facts = {"value": "1", "place": "here", "fell_back": False}
    for other, person in ((early, organiser), (plain, organiser), (poll, make_person())):
        with pytest.raises(LotRefused):
            enter_lot_value(poll=other, person=person, **facts)
    enter_lot_value(poll=poll, person=organiser, **facts)
    with pytest.raises(LotRefused, match=r"already|sudah"):
        enter_lot_value(poll=poll, person=organiser, **facts | {"value": "2"})
    assert LotValue.objects.get().value == "1"
    assert Client().post(reverse("polls:lot", args=[poll.pk]), facts).status_code == 403


def test_after_fourteen_days_the_closing_head_alone_decides(client: Client) -> None:
    poll, _organiser = tied(client)
    Poll.objects.update(opens_at=timezone.now() - timedelta(30), closes_at=timezone.now() - timedelta(14, 1))
    assert close_polls() == 1
    assert Poll.objects.get().seed.endswith("|")
    page = client.get(reverse("polls:results", args=[poll.pk])).content.decode()
    assert "whoever runs the server could have known how it falls" in page


def test_what_was_announced_is_told_before_voting_and_frozen(client: Client) -> None:
    poll, _organiser = tied(client)
    frozen = json.loads(poll.rules)["lot"]
    assert (frozen["source"], frozen["fallback"], frozen["until"]) == (*LOT.values(), poll.lot_until.isoformat())
    assert any(LOT["lot_source"] in line and LOT["lot_fallback"] in line for line in rules_in_words(poll))
