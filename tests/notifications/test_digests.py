"""At most one e-mail a day, in the person's language, never empty, ended by one press."""

import smtplib
from datetime import timedelta
from email.utils import parseaddr

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone

from notifications import actions, digests
from notifications.models import Mailing, Notice
from tests.factories import make_comment, make_consultation, make_person
from tests.notifications.test_gathering import hide

pytestmark = pytest.mark.django_db


def make_reader(language="en", *, verified=True, **fields):
    """Somebody with a confirmed address whose comment was hidden, and answered before that."""
    person = make_person(**fields)
    if person.user:
        person.user.language = language
        person.user.save()
        EmailAddress.objects.create(user=person.user, email=person.user.email, verified=verified, primary=True)
    comment = make_comment(make_consultation(title="Bus"), author=person, body="You are all fools.")
    make_comment(parent=comment)
    hide(comment)
    actions.gather(person=person)
    return person


def test_digest_tells_decisions_and_not_replies_by_default():
    person = make_reader(name="Sari")
    assert digests.send_all() == 1
    (letter,) = mail.outbox
    assert letter.to == [person.user.email]
    assert letter.subject == "Rembuk: 1 notice for you"
    assert "Hello Sari," in letter.body
    assert "A moderator hid your text in “Bus”: rule 1, Respect others." in letter.body
    assert "It insults a neighbour." in letter.body
    assert "reply to what you wrote" not in letter.body
    assert "&" not in letter.body
    assert "\n\n\n\n" not in letter.body


def test_digest_of_everything_holds_replies_too_newest_first():
    person = make_reader()
    actions.choose_amount(person=person, amount="all")
    digests.send_all()
    assert mail.outbox[0].subject == "Rembuk: 2 notices for you"
    body = mail.outbox[0].body
    assert body.index("A moderator hid") < body.index("1 reply to what you wrote")


def test_digest_speaks_the_language_of_the_account():
    make_reader("id")
    digests.send_all()
    assert "Moderator menyembunyikan tulisan Anda" in mail.outbox[0].body


def test_nothing_is_sent_twice_or_empty():
    person = make_reader()
    assert [digests.send_all(), digests.send_all()] == [1, 0]
    hide(make_comment(author=person))
    actions.gather(person=person)
    assert digests.send_all() == 0
    Mailing.objects.update(sent_at=timezone.now() - timedelta(days=1))
    assert [digests.send_all(), len(mail.outbox)] == [1, 2]
    assert "1 notice for you" in mail.outbox[1].subject


@pytest.mark.parametrize("why", ["read", "unwanted", "unconfirmed", "banned", "guest", "old"])
def test_who_gets_none(why):
    person = make_reader(verified=why != "unconfirmed", guest=why == "guest")
    if why == "read":
        actions.mark_all_read(person=person)
    elif why == "unwanted":
        actions.choose_amount(person=person, amount="none")
    elif why == "banned":
        person.user.is_active = False
        person.user.save()
    elif why == "old":
        Notice.objects.update(created_at=timezone.now() - timedelta(days=30))
    assert digests.send_all() == 0
    assert mail.outbox == []


def test_what_the_server_refused_is_sent_later(monkeypatch):
    make_reader()

    def refuse(*_args, **_options):
        raise smtplib.SMTPServerDisconnected

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
        assert digests.send_all() == 0
    assert digests.send_all() == 1


def test_one_press_ends_digests_without_signing_in():
    person = make_reader()
    digests.send_all()
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = "/" + headers["List-Unsubscribe"].strip("<>").split("/", 3)[3]
    assert link in mail.outbox[0].body
    client = Client(enforce_csrf_checks=True)
    assert client.get(link).status_code == 200
    assert Mailing.objects.get(person=person).amount == "important"
    assert client.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Mailing.objects.get(person=person).amount == "none"


@pytest.mark.parametrize("change", [lambda token: token[:-1] + "x", lambda token: "0" * 32 + token[32:], lambda _: "x"])
def test_forged_links_end_nothing(change):
    person = make_reader()
    client = Client()
    assert client.post(f"/inbox/unsubscribe/{change(digests.token_of(person))}/").status_code == 404
    assert Mailing.objects.count() == 0


def test_names_cannot_add_headers():
    person = make_reader(name="Sari\nBcc: all@example.org")
    digests.send_all()
    message = mail.outbox[0].message()
    assert parseaddr(message["To"])[1] == person.user.email
    assert message["Bcc"] is None


@pytest.mark.parametrize(("hour", "expected"), [(3, False), (7, True), (19, True), (22, False)])
def test_nobody_gets_email_at_night(monkeypatch, hour, expected):
    now = timezone.localtime().replace(hour=hour)
    monkeypatch.setattr("notifications.digests.timezone.localtime", lambda: now)
    assert digests.is_time() is expected
