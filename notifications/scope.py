"""Whose events are gathered, and since when: of one person, or of everybody with an account."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.models import Participant
from notifications.models import Gathering, Kind

HORIZON = timedelta(days=90)  # what is older is no news
OVERLAP = timedelta(minutes=5)  # a transaction may commit a while after the time that it wrote


@dataclass(frozen=True)
class Event:
    """Something that concerns the participant `person`; see `Notice` for key, facts and mark."""

    person: int
    kind: Kind
    key: str
    url: str
    at: datetime
    facts: dict[str, Any] = field(default_factory=dict)
    gone: bool = False  # it was taken back: who was told is told no longer


@dataclass(frozen=True)
class Scope:
    """What to look at: events since `since`, of `person` (None: of everybody who has an account)."""

    since: datetime
    person: Participant | None = None
    until: datetime = field(default_factory=timezone.now)

    def of(self, path: str) -> Q:
        """Rows whose field `path` leads to somebody in the scope."""
        if self.person is not None:
            return Q(**{path: self.person})
        return Q(**{f"{path}__user__isnull": False})

    def recent(self, path: str) -> Q:
        """Rows whose time `path` lies in the scope."""
        return Q(**{f"{path}__gte": self.since, f"{path}__lte": self.until})

    @property
    def is_short(self) -> bool:
        """Whether it is about what has just happened."""
        return self.until - self.since <= timedelta(days=1)

    @property
    def day(self) -> datetime:
        """The beginning of the day in which the scope begins: what is counted by day is counted whole."""
        return timezone.localtime(self.since).replace(hour=0, minute=0, second=0, microsecond=0)


def of_person(person: Participant) -> Scope:
    """What concerns `person` and the clock has not seen yet: of the last ninety days, or since the clock's last look.

    The clock looks for people with accounts only, so for guests it is always ninety days.
    """
    clock = Gathering.objects.filter(pk=1).first() if person.user_id else None
    horizon = timezone.now() - HORIZON
    return Scope(max(horizon, clock.until - OVERLAP) if clock else horizon, person)
