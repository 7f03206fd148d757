"""Asks the other rooms what happened, and compares it with the notices that are there. Reads only."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from django.db.models import QuerySet

from accounts.models import Participant
from notifications import affairs, answers, texts
from notifications.models import Notice
from notifications.scope import Event, Scope, of_person

SOURCES = (
    texts.decisions, texts.replies, answers.answers, answers.disputes, affairs.openings, affairs.jobs,
)  # fmt: skip
TOGETHER = 400  # keys in one question to the database


@dataclass
class News:
    """What is not noted yet: `new` notices, `grown` ones (there is more to know), and `gone` keys (taken back)."""

    new: list[Notice] = field(default_factory=list)
    grown: list[Notice] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    @property
    def unread(self) -> list[Notice]:
        """New and grown ones, newest first."""
        return sorted([*self.new, *self.grown], key=lambda one: one.created_at, reverse=True)


def news(scope: Scope) -> News:
    """What happened in the scope and is not noted yet. The notices are not saved."""
    events = {(event.person, event.key): event for event in chain.from_iterable(find(scope) for find in SOURCES)}
    found = News(gone=[key for (_person, key), event in events.items() if event.gone])
    for chunk in _chunks([which for which, event in events.items() if not event.gone]):
        stored = {(one.person_id, one.key): one for one in _stored(chunk)}
        for which in chunk:
            event, old = events[which], stored.get(which)
            if old is None:
                found.new.append(_notice(event))
            elif int(event.facts.get("mark", 0)) > old.mark:
                old.facts, old.url, old.created_at, old.read_at, old.mailed_at = (
                    event.facts, event.url, event.at, None, None,
                )  # fmt: skip
                found.grown.append(old)
    return found


def news_of(person: Participant | None) -> News:
    """What concerns `person` and is not noted yet; nothing for somebody unknown."""
    return news(of_person(person)) if person else News()


def _notice(event: Event) -> Notice:
    return Notice(
        person_id=event.person, kind=event.kind, key=event.key, url=event.url, facts=event.facts, created_at=event.at
    )


def _chunks(keys: list[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    return (keys[at : at + TOGETHER] for at in range(0, len(keys), TOGETHER))


def _stored(chunk: list[tuple[int, str]]) -> QuerySet[Notice]:
    people, keys = {person for person, _key in chunk}, {key for _person, key in chunk}
    return Notice.objects.filter(person__in=people, key__in=keys)
