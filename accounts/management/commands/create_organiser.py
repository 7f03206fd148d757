"""`manage.py create_organiser EMAIL --name NAME --organisation NAME`: the first organiser in production."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.urls import reverse
from django.utils.text import slugify

from accounts.actions import make_organiser


class Command(BaseCommand):
    help = "Makes an account that may organise, moderate and analyse for an organisation."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", required=True, help="the name that others see")
        parser.add_argument("--organisation", required=True, help="the organisation's name; made where missing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["email"])
        except ValidationError as error:
            raise CommandError(f"{options['email']!r} is not an e-mail address. Nothing was made.") from error
        slug = slugify(options["organisation"])
        if not slug:
            raise CommandError("The organisation's name needs at least one letter. Nothing was made.")
        user, made = make_organiser(
            email=options["email"], name=options["name"], organisation=options["organisation"], slug=slug
        )
        self.stdout.write(f"{user.email}: {'made' if made else 'was there already'}; organiser, moderator and analyst.")
        self.stdout.write(
            f"Sign in with a code by e-mail: {settings.PUBLIC_URL}{reverse('account_request_login_code')}"
        )
