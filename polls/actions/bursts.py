"""Finds bursts: many first votes by people who were new here, within ten minutes of each other.

No ballot and no roll entry has a time or an address. What there is: when accounts and guests were made, and for a day
how many guests voted behind one address. Refuses to judge (a village hall that votes together looks the same), to show
fewer than ten together, and to know anything of choices.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Spending
from methods.smallcells import LIMIT
from polls.models import Poll, RollEntry

SPAN = timedelta(minutes=10)  # the window in which visitors' votes behind one address are counted
MOST = 20  # bursts on one page, the largest first


@dataclass(frozen=True)
class Burst:
    """Votes of people who were new in the ten minutes from `start`. guests: those without an account. fastest: most in
    one minute. crowd: most guests' votes behind one address then; None where that is not known any more.

    The first three are full tens: whoever looks again and again does not see a single person vote.
    """

    start: datetime
    votes: int
    guests: int
    fastest: int
    crowd: int | None

    @property
    def key(self) -> str:
        """What a form names it by."""
        return str(int(self.start.timestamp()))

    @property
    def name(self) -> str:
        """When it began and how many they are, in words."""
        moment = date_format(timezone.localtime(self.start), "SHORT_DATETIME_FORMAT")
        return _("%(moment)s: %(votes)s votes or more") % {"moment": moment, "votes": self.votes}


def find_bursts(poll: Poll) -> list[Burst]:
    """The bursts in `poll`, the largest first. Two queries."""
    people: dict[int, list[tuple[datetime, bool]]] = {}
    for at, account in _newcomers(poll).values_list("voter__created_at", "voter__user"):
        people.setdefault(int(at.timestamp()) // span() * span(), []).append((at, account is None))
    large = sorted((start for start, found in people.items() if len(found) >= LIMIT), key=lambda s: -len(people[s]))
    guests = Spending.objects.filter(key__startswith="guest-vote:a", window__in=large[:MOST])
    crowds = dict(guests.values_list("window").annotate(Max("count")).order_by())
    return [_burst(start, people[start], crowds.get(start)) for start in large[:MOST]]


def entries_in(poll: Poll, start: int) -> QuerySet[RollEntry]:
    """Roll entries of the burst that begins at `start` (seconds since 1970)."""
    begin = datetime.fromtimestamp(start, UTC)
    return _newcomers(poll).filter(voter__created_at__gte=begin, voter__created_at__lt=begin + SPAN)


def span() -> int:
    """The length of a window in seconds."""
    return int(SPAN.total_seconds())


def _newcomers(poll: Poll) -> QuerySet[RollEntry]:
    return RollEntry.objects.filter(poll=poll, voter__created_at__gte=poll.opens_at)


def _burst(start: int, people: list[tuple[datetime, bool]], crowd: int | None) -> Burst:
    minutes = Counter(int(at.timestamp()) // 60 for at, _guest in people)
    guests = sum(guest for _at, guest in people)
    votes, guests, fastest = (number // LIMIT * LIMIT for number in (len(people), guests, max(minutes.values())))
    return Burst(datetime.fromtimestamp(start, UTC), votes, guests, fastest, crowd)
