"""A passkey is made and used in a real browser, with an authenticator that the browser pretends to have."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.urls import reverse
from playwright.sync_api import Page, expect, sync_playwright

from accounts.models import User
from tests.needs import CHROMIUM

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def sign_in_by_password(page: Page, address: str, email: str, password: str) -> None:
    page.goto(address + reverse("account_login"))
    page.locator("main details summary").click()
    page.fill("#id_login", email)
    page.fill("#id_password", password)
    page.locator("main details form button").click()
    expect(page.locator("details.menu")).to_be_visible()


def test_passkey_is_made_and_signs_in(live_server, settings, monkeypatch):
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's loop runs in this thread
    user = User.objects.create_user("siti@example.org", "kalimat sandi yang panjang")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(locale="id-ID")
        page.set_default_timeout(8000)
        devices = page.context.new_cdp_session(page)
        devices.send("WebAuthn.enable")
        devices.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
        sign_in_by_password(page, live_server.url, user.email, "kalimat sandi yang panjang")
        page.goto(live_server.url + reverse("mfa_add_webauthn"))
        if "reauthenticate" in page.url:  # what concerns the safety of an account is asked for once more
            page.fill("#id_password", "kalimat sandi yang panjang")
            page.locator("main form button").first.click()
        page.fill("#id_name", "Telepon saya")
        page.check("#id_passwordless")
        page.click("#mfa_webauthn_add")
        expect(page.get_by_text("Kunci keamanan ditambahkan")).to_be_visible()
        page.context.clear_cookies()
        page.goto(live_server.url + reverse("account_login"))
        page.click("#passkey_login")
        expect(page.locator("details.menu")).to_be_visible()
        browser.close()
    assert Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).count() == 1
