"""How allauth signs people in here: a guest becomes an account's person, and sockets hear of a logout."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.http import HttpRequest

from accounts import actions
from accounts.models import Level, User


class AccountAdapter(DefaultAccountAdapter):
    """allauth's defaults, and what Rembuk does when somebody comes, confirms an address, or leaves."""

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        actions.identify(request=request, user=user)

    def get_client_ip(self, request: HttpRequest) -> str:
        """As all limits here count visitors, or everybody behind a proxy would be one address to the sign-in."""
        return actions.address_of(request)

    def logout(self, request: HttpRequest) -> None:
        user = request.user
        super().logout(request)
        request.person = None
        if isinstance(user, User):
            actions.sign_out(user=user)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        confirmed = super().confirm_email(request, email_address)
        if confirmed:
            person, _made = actions.person_of(user=email_address.user)
            actions.raise_level(person=person, level=Level.EMAIL)
        return confirmed

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        user.language = getattr(request, "LANGUAGE_CODE", "")
        return super().save_user(request, user, form, commit)
