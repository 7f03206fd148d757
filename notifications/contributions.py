"""What somebody wrote and took part in, by kind, with its state and what became of it: you said, we did. Reads only."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Participant
from consultations.models import Comment
from forums.models import Post
from moderation.models import Decision, Moderated
from opinions.models import Statement
from polls.models import Remark, RollEntry
from summaries.models import Build, Citation, Place, ThemeDecision

PER_PAGE = 20


@dataclass(frozen=True)
class Shelf:
    """One kind of contribution: its name in the address, its title, and how many there are."""

    name: str
    title: Promise
    count: int


@dataclass
class Written:
    """A text with its state: the moderator's standing decision, and the themes that it stands in."""

    item: Moderated
    consultation: Any
    decision: Decision | None = None
    citations: list[Citation] | None = None

    @property
    def left_out(self) -> bool:
        return bool(self.citations) and all(one.place == Place.LEFT_OUT for one in self.citations or [])


TITLES: dict[str, Promise] = {
    "comments": _("Comments"),
    "posts": _("Posts"),
    "statements": _("Statements"),
    "remarks": _("Answers in polls"),
    "votes": _("Polls in which you voted"),
}


def shelves(person: Participant | None) -> list[Shelf]:
    """All kinds, with how many there are. One query each."""
    return [Shelf(name, title, _rows(name, person).count()) for name, title in TITLES.items()]


def read(person: Participant | None, name: str, number: str | None) -> Page[Any]:
    """A page of one kind, newest first; each text as `Written`, each vote as its `RollEntry`."""
    page = Paginator(_rows(name, person), PER_PAGE).get_page(number)
    if name != "votes":
        page.object_list = _dress(list(page.object_list))
    return page


def _rows(name: str, person: Participant | None) -> QuerySet[Any]:
    if name == "votes":  # no time is kept of votes, so they stand in the order in which the polls close
        votes = RollEntry.objects.filter(voter=person) if person else RollEntry.objects.none()
        return votes.select_related("poll__consultation").order_by("-poll__closes_at", "-poll")
    model, joins = _KINDS[name]
    rows = model._default_manager.filter(author=person).exclude(body="") if person else model._default_manager.none()
    return rows.select_related(*joins).order_by("-pk")


_KINDS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "comments": (Comment, ("consultation", "clause")),
    "posts": (Post, ("thread__board__consultation",)),
    "statements": (Statement, ("conversation__consultation",)),
    "remarks": (Remark, ("poll__consultation",)),
}


def _consultation(item: Any) -> Any:
    if isinstance(item, Comment):
        return item.consultation
    if isinstance(item, Post):
        return item.thread.board.consultation
    return item.conversation.consultation if isinstance(item, Statement) else item.poll.consultation


def _dress(items: list[Any]) -> list[Written]:
    written = [Written(item, _consultation(item)) for item in items]
    decisions = Decision.objects.latest_for(items)
    places = _places({one.consultation.pk for one in written}, [item.source_key for item in items])
    for one in written:
        one.decision = decisions.get(one.item.source_key)
        one.citations = places.get(one.item.source_key)
    return written


def _places(consultations: set[int], keys: list[str]) -> dict[str, list[Citation]]:
    """Where texts stand in the newest published summary of their consultations."""
    published = Build.objects.published().filter(consultation__in=consultations).order_by("published_at", "pk")
    newest = dict(published.values_list("consultation", "pk"))
    decisions = Prefetch("theme__decisions", queryset=ThemeDecision.objects.select_related("clause"))
    rows = Citation.objects.filter(build__in=newest.values(), source_key__in=keys).order_by("rank")
    found: dict[str, list[Citation]] = {}
    for citation in rows.select_related("theme__build__consultation", "build").prefetch_related(decisions):
        found.setdefault(citation.source_key, []).append(citation)
    return found
