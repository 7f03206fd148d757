"""`manage.py seed`: plants the worked stories for trying Rembuk out, and prints who can sign in. For trial servers."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from consultations.models import Consultation
from demo.actions import plant, planted
from demo.stories import STORIES, burlington, town


class Command(BaseCommand):
    help = "Plant the worked stories (once) and print the sign-ins of all roles. Refused unless DEBUG is on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there is any consultation")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError(
                "The stories are for trial servers: everybody knows their password. Set DEBUG=1 to plant them."
            )
        there = planted()
        if options["if_empty"] and not there and Consultation.objects.exists():
            self.stdout.write("There are consultations already, so no stories were planted.")
            return
        made = plant()
        if there:
            self.stdout.write("The stories are here already; nothing was changed.")
        else:
            self.stdout.write(
                f"Planted {made.consultations} consultations, {made.comments} comments, {made.polls} polls and "
                f"{made.threads} threads by {made.people} people."
            )
        self._sign_ins()

    def _sign_ins(self) -> None:
        """Every role with its address, the password, and where to go."""
        places = {story.key: story.slug for story in STORIES}
        width = max(len(one.email) for one in town.SIGN_INS)
        self.stdout.write(f"\nSign in at /account/login/ with the password: {town.PASSWORD}\n")
        for one in town.SIGN_INS:
            where = one.place.format(**places)
            self.stdout.write(f"  {one.role:<10} {one.email:<{width}}  {where}  ({one.what})")
        self.stdout.write(f"\nThree rules, three winners: /consultations/{burlington.SLUG}/")
