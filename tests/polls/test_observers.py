"""Sealed ballots: observers named beforehand count again, everybody else checks all but the count."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actions import erase_person
from moderation.models import AuditEntry
from polls.forms import PollForm
from polls.models import Observer, Poll
from polls.promises import rules_in_words
from tests.factories import make_consultation, make_organisation, make_person, sign_in
from tests.polls.factories import cast, make_poll
from tests.polls.test_ledger import recount, settled
from tests.polls.test_preparing import form

pytestmark = pytest.mark.django_db


def sealed() -> tuple[Poll, Any]:
    """A counted poll with sealed ballots, and the observer who was named."""
    observer = make_person()
    poll = make_poll(mode="confidential", results="after_closing", publication="sealed")
    Observer.objects.create(poll=poll, name="Village council", email=observer.user.email)
    for number in range(12):
        cast(poll, "o1" if number < 7 else "o2")
    return settled(poll), observer


def test_observers_count_again_and_others_check_the_rest(client: Client, tmp_path: Path) -> None:
    poll, observer = sealed()
    address = reverse("polls:observers_zip", args=[poll.pk])
    public = recount(poll, tmp_path)
    assert (public.returncode, "12 ballots are not opened" in public.stdout) == (2, True), public.stdout
    sign_in(client, observer)
    assert address in client.get(reverse("polls:ledger", args=[poll.pk])).content.decode()
    opened = tmp_path / "opened"
    zipfile.ZipFile(io.BytesIO(client.get(address).content)).extractall(opened)
    command = [sys.executable, "-I", "recount.py"]
    done = subprocess.run(command, cwd=opened, capture_output=True, text=True, timeout=60)
    assert (done.returncode, "12 ballots were counted again" in done.stdout) == (0, True), done.stdout + done.stderr
    assert AuditEntry.objects.filter(verb="poll.observe").count() == 1
    assert Client().get(address).status_code == 403
    assert sign_in(Client(), make_person()).get(address).status_code == 403


def test_nothing_is_opened_before_the_count_nor_for_an_address_that_is_not_confirmed() -> None:
    observer = make_person()
    poll = make_poll(mode="confidential", results="after_closing", publication="sealed")
    Observer.objects.create(poll=poll, name="Village council", email=observer.user.email)
    address = reverse("polls:observers_zip", args=[poll.pk])
    assert sign_in(Client(), observer).get(address).status_code == 403
    poll, observer = sealed()
    observer.level = 0
    observer.save()
    assert sign_in(Client(), observer).get(reverse("polls:observers_zip", args=[poll.pk])).status_code == 403


def test_names_are_frozen_and_told_and_addresses_are_not(client: Client) -> None:
    poll, observer = sealed()
    assert json.loads(poll.rules)["observers"] == ["Village council"]
    assert any("Village council" in line for line in rules_in_words(poll))
    assert observer.user.email not in poll.rules
    erase_person(person=observer)
    assert not Observer.objects.exists()


@pytest.mark.parametrize(
    ("publication", "typed", "found"),
    [
        ("sealed", "Ani, ani@example.org\n\nBudi Santoso, S.H., BUDI@example.org", 2),
        ("sealed", "", None),
        ("full", "Ani, ani@example.org", None),
        ("sealed", "Ani ani@example.org", None),
        ("sealed", ", ani@example.org", None),
        ("sealed", "Ani, ani@example.org\nAni, Ani@example.org", None),
        ("sealed", "\n".join(f"A{n}, a{n}@example.org" for n in range(51)), None),
    ],
)
def test_observers_are_named_with_sealed_ballots_and_only_then(publication: str, typed: str, found: int | None) -> None:
    consultation = make_consultation(make_organisation())
    asked = PollForm(form(publication=publication, observers=typed), consultation=consultation)
    assert asked.is_valid() == (found is not None), asked.errors
    if found:
        assert asked.values()["observers"][-1] == ("Budi Santoso, S.H.", "budi@example.org")
    else:
        assert list(asked.errors) == ["observers"]
