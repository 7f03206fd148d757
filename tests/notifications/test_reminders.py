"""Reminders of polls: to those on the roll who have not voted, once each, blind, ended by one press."""

import smtplib
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from notifications import actions, reminders
from notifications.models import Amount, Notice, ReminderClaim
from notifications.words import say
from polls.actions import plan_reminder, use_code
from polls.models import Elector, Poll, Reminder
from polls.rules import RollRefused
from tests.factories import make_consultation, make_organisation, make_person, sign_in
from tests.polls.factories import cast, make_poll, make_roll

pytestmark = pytest.mark.django_db


def invited(**fields: Any) -> Poll:
    """A poll of four places: one has voted, two share an address, one has none."""
    poll = make_poll(electorate="invited", title="The square?", **fields)
    codes = make_roll(poll, 4)
    for number, address in enumerate(("voted@example.org", "family@example.org", "family@example.org", ""), 1):
        Elector.objects.filter(poll=poll, number=number).update(email=address)
    voter = make_person(guest=True)
    use_code(poll=poll, code=codes[0], person=voter)
    cast(poll, "o1", person=voter)
    return poll


def addressed() -> list[str]:
    return [to for letter in mail.outbox for to in letter.to]


def test_those_who_have_not_voted_get_one_e_mail_an_address() -> None:
    plan_reminder(poll=invited())
    for _run in range(3):
        reminders.send_due()
    assert addressed() == ["family@example.org"]
    (letter,) = mail.outbox
    assert ("The square?" in letter.body, "House" in letter.body, "&" in letter.body) == (True, False, False)
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (Reminder.objects.get().sent_at is not None, ReminderClaim.objects.count()) == (True, 0)


def test_accounts_get_a_notice_and_an_e_mail_unless_they_want_none() -> None:
    poll = make_poll(fixes_roll=True, roll_size=3)
    people = [make_person() for _ in range(3)]
    for person in people:
        Elector.objects.create(poll=poll, voter=person)
        EmailAddress.objects.create(user=person.user, email=person.user.email, verified=True, primary=True)
    actions.choose_amount(person=people[1], amount=Amount.NONE)
    cast(poll, "o1", person=people[2])
    plan_reminder(poll=poll)
    reminders.send_due()
    assert addressed() == [people[0].user.email]
    assert set(Notice.objects.values_list("person", flat=True)) == {people[0].pk, people[1].pk}
    with translation.override("en"):
        assert say(Notice.objects.first()).title.startswith("You can still vote in")
    assert Notice.objects.to_mail().count() == 0


def test_interrupted_reminder_goes_on_and_nobody_gets_it_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    poll = invited()
    Elector.objects.filter(number=4).update(email="last@example.org")
    plan_reminder(poll=poll)
    send, tries = EmailMessage.send, []

    def away(message: EmailMessage, *args: Any) -> int:
        tries.append(message.to)
        if len(tries) == 2:
            raise smtplib.SMTPServerDisconnected
        return send(message, *args)

    monkeypatch.setattr(EmailMessage, "send", away)
    reminders.send_due()
    assert (len(mail.outbox), Reminder.objects.get().sent_at) == (1, None)
    reminders.send_due()
    assert sorted(addressed()) == ["family@example.org", "last@example.org"]


def test_refused_address_keeps_nobody_from_being_reminded(monkeypatch: pytest.MonkeyPatch) -> None:
    plan_reminder(poll=invited())

    def refused(message: EmailMessage, *args: Any) -> int:
        raise smtplib.SMTPRecipientsRefused({})

    monkeypatch.setattr(EmailMessage, "send", refused)
    reminders.send_due()
    assert Reminder.objects.get().sent_at is not None


def test_one_press_ends_the_reminders_of_a_poll_for_the_address() -> None:
    poll = invited()
    link = reverse("notifications:stop", args=[reminders.token_of(Elector.objects.get(number=2))])
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(link)
    assert (page.status_code, "<form" in page.content.decode()) == (200, True)
    assert Elector.objects.filter(mail_stopped_at=None).count() == 4
    assert browser.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    plan_reminder(poll=poll)
    reminders.send_due()
    assert mail.outbox == []
    assert browser.get(reverse("notifications:stop", args=["0" * 32 + ":forged"])).status_code == 404


def test_reminders_are_few_apart_and_within_the_time_of_voting() -> None:
    poll = invited()
    now = timezone.now()
    for days in (0, 1.5, 3):
        plan_reminder(poll=poll, due_at=now + timedelta(days=days))
    assert [one.number for one in Reminder.objects.all()] == [1, 2, 3]
    for wrong, at in ((poll, now + timedelta(days=4.5)), (invited(), now - timedelta(days=9)), (make_poll(), now)):
        with pytest.raises(RollRefused):
            plan_reminder(poll=wrong, due_at=at)
    close = invited()
    plan_reminder(poll=close)
    with translation.override("en"), pytest.raises(RollRefused, match="a day"):
        plan_reminder(poll=close)
    Poll.objects.update(opens_at=now - timedelta(days=3), closes_at=now - timedelta(days=1))
    reminders.send_due()
    assert mail.outbox == []


def test_organiser_presses_one_button_and_is_told_no_number() -> None:
    organisation = make_organisation()
    poll = invited(consultation=make_consultation(organisation))
    browser = sign_in(Client(), make_person(role="organiser", organisation=organisation))
    browser.cookies["django_language"] = "en"
    told = browser.post(reverse("polls:remind", args=[poll.pk]), follow=True).content.decode()
    assert "It goes to everybody on the roll who has not voted by then." in told
    reminders.send_due()
    page = browser.get(reverse("polls:roll", args=[poll.pk])).content.decode()
    assert "Sent to everybody on the roll who had not voted:" in page
    again = browser.post(reverse("polls:remind", args=[poll.pk]), {"reminder-due_at": "soon"})
    assert (again.status_code, 'value="soon"' in again.content.decode()) == (422, True)
