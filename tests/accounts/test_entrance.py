"""The pages by which people come in: a code first, then the password; where they were going is kept."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse

from tests import factories

ENGLISH, INDONESIAN = {"Accept-Language": "en"}, {"Accept-Language": "id"}


@pytest.fixture
def citizen(db):
    return factories.make_person("Ibu Sari")


def test_sign_in_asks_for_a_code_first_then_a_password_then_a_passkey(client, db):
    page = client.get("/account/login/?next=/polls/", headers=INDONESIAN).content.decode()
    acts = ["Kirim kode ke surel saya", "Buat akun", "Masuk dengan kata sandi", "Masuk dengan kunci sandi"]
    places = [page.index(act) for act in acts]
    assert places == sorted(places)
    assert page.count("button--primary") == 1
    assert page.count('href="/account/signup/?next=%2Fpolls%2F"') == 1


def test_code_by_email_signs_in_and_goes_on_to_where_one_was_going(client, citizen):
    EmailAddress.objects.create(user=citizen.user, email=citizen.user.email, verified=True, primary=True)
    asked = client.post("/account/login/code/", {"email": citizen.user.email, "next": "/polls/"}, headers=ENGLISH)
    page = client.get(asked.url, headers=ENGLISH).content.decode()
    code = re.search(r"^\s*([A-Z0-9-]{6,})\s*$", mail.outbox[0].body, re.MULTILINE)
    answer = client.post(reverse("account_confirm_login_code"), {"code": code[1], "next": "/polls/"})
    assert citizen.user.email in page
    assert (answer.status_code, answer.url) == (302, "/polls/")


def test_wrong_password_keeps_the_form_open_with_what_was_typed(client, citizen):
    fields = {"login": citizen.user.email, "password": "not this one"}
    page = client.post("/account/login/", fields, headers=INDONESIAN).content.decode()
    assert page.count("<details open>") == 1
    assert (page.count("tidak cocok") >= 1, f'value="{citizen.user.email}"' in page) == (True, True)


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_request_login_code"])
def test_indonesian_pages_say_surel_and_nothing_inside_the_fields(client, db, name):
    main = client.get(reverse(name), headers=INDONESIAN).content.decode().split("<main")[1]
    words = [word for word in ("Email<", "E-mail", "e-mail", "placeholder") if word in main]
    assert (words, main.count("<h1")) == ([], 1)


@pytest.mark.parametrize(
    "name",
    ["account_email", "account_change_password", "account_set_password", "account_logout", "mfa_index"],
)
def test_pages_of_the_account_have_one_heading(client, citizen, name):
    page = factories.sign_in(client, citizen).get(reverse(name), follow=True).content.decode()
    assert page.count("<h1") == 1
