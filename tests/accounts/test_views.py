"""Signing in and one's own account, as pages."""

import json
import re

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from accounts.models import Participant, User
from tests.factories import make_comment, make_person, sign_in

pytestmark = pytest.mark.django_db


def code_in(text: str) -> str:
    """The code in an e-mail."""
    return re.search(r"^([A-Z0-9]{4}-[A-Z0-9]{4})$", text, re.M)[1]


def test_sign_up_by_code_makes_a_person_with_consent(client, mailoutbox):
    answer = client.post(
        reverse("account_signup"), {"email": "baru@example.org", "name": "Warga Baru", "consent": "on"}
    )
    assert answer.status_code == 302
    code = code_in(mailoutbox[0].body)
    answer = client.post(reverse("account_email_verification_sent"), {"code": code})
    assert answer.status_code == 302
    person = Participant.objects.get(name="Warga Baru")
    assert person.user.email == "baru@example.org"
    assert person.level == 1


def test_sign_up_without_consent_keeps_what_was_typed(client):
    answer = client.post(reverse("account_signup"), {"email": "baru@example.org", "name": "Warga Baru"})
    assert answer.status_code == 200
    assert "Warga Baru" in answer.content.decode()
    assert not User.objects.exists()


def test_sign_in_by_code_hands_over_the_guest(client, mailoutbox):
    guest = make_person("Tamu", guest=True)
    comment = make_comment(author=guest)
    sign_in(client, guest)
    user = User.objects.create_user("siti@example.org")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client.post(reverse("account_request_login_code"), {"email": "siti@example.org"})
    code = code_in(mailoutbox[0].body)
    answer = client.post(reverse("account_confirm_login_code"), {"code": code})
    assert answer.status_code == 302
    comment.refresh_from_db()
    assert comment.author.user == user


def test_unknown_address_gets_the_same_answer(client, mailoutbox):
    user = User.objects.create_user("siti@example.org")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    known = client.post(reverse("account_request_login_code"), {"email": "siti@example.org"})
    client.cookies.clear()
    unknown = client.post(reverse("account_request_login_code"), {"email": "tidakada@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_profile_changes_name_and_language(client):
    person = make_person("Lama")
    sign_in(client, person)
    answer = client.post(reverse("accounts:profile"), {"name": "Baru", "language": "en", "area": ""})
    assert answer.status_code == 302
    person.refresh_from_db()
    assert (person.name, person.user.language) == ("Baru", "en")
    assert 'lang="en"' in client.get(reverse("accounts:profile")).content.decode()


def test_deceiving_profile_name_keeps_what_was_typed(client):
    sign_in(client, make_person("Lama"))
    answer = client.post(reverse("accounts:profile"), {"name": "Сiti", "language": "id"})
    assert answer.status_code == 400
    assert "Сiti" in answer.content.decode()
    assert Participant.objects.get().name == "Lama"


def test_download_is_complete_and_by_post_only(client):
    person = make_person("Siti")
    make_comment(author=person, body="Halte di depan pasar")
    sign_in(client, person)
    assert client.get(reverse("accounts:download")).status_code == 405
    answer = client.post(reverse("accounts:download"))
    assert answer["Cache-Control"] == "no-store"
    assert "Halte di depan pasar" in json.dumps(json.loads(answer.content), ensure_ascii=False)


def test_erasing_asks_for_the_word(client):
    person = make_person("Siti")
    sign_in(client, person)
    assert client.post(reverse("accounts:erase"), {"word": "yes"}).status_code == 400
    assert User.objects.count() == 1
    assert client.post(reverse("accounts:erase"), {"word": "hapus"}).status_code == 302
    assert User.objects.count() == 0


def test_visitor_is_led_to_sign_in(client):
    for name in ("accounts:profile", "accounts:consent", "accounts:erase"):
        answer = client.get(reverse(name))
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("account_login"))


def test_reading_makes_no_guest_and_no_session(client):
    client.get(reverse("pages:home"))
    assert Participant.objects.count() == 0
    assert "sessionid" not in client.cookies


def test_sign_in_by_password_or_without_one(client, mailoutbox):
    user = User.objects.create_user("siti@example.org", "a long sentence for tests")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    wrong = client.post(reverse("account_login"), {"login": "siti@example.org", "password": "something else"})
    assert wrong.status_code == 200
    assert "_auth_user_id" not in client.session
    client.post(reverse("account_login"), {"login": "siti@example.org", "password": "a long sentence for tests"})
    assert client.session["_auth_user_id"] == str(user.pk)
    client.logout()
    answer = client.post(reverse("account_login"), {"login": "siti@example.org", "password": ""})
    assert answer.url == reverse("account_confirm_login_code")
    assert code_in(mailoutbox[0].body)
