"""Search over what everybody may see: consultations, clauses, comments, polls, threads and posts.

Up to twenty of each kind, newest first; every word must occur. Each kind asks its own `visible_to`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Participant
from consultations.models import Clause, Comment, Consultation
from forums.models import Post, Thread
from opinions.models import Statement
from polls.models import Poll

LONGEST, WORDS, EACH = 200, 8, 20


@dataclass(frozen=True)
class Found:
    """What was found of one kind."""

    title: Promise | str
    rows: list[dict[str, Any]]  # url, title, text, language, at
    more: bool


def search(person: Participant | None, query: str) -> list[Found]:
    """What `person` may see that holds every word of `query`; one query for each kind."""
    words = query[:LONGEST].split()[:WORDS]
    if not words:
        return []
    kinds: list[tuple[Promise, QuerySet[Any], tuple[str, ...], Callable[[Any], dict[str, Any]]]] = [
        (_("Consultations"), _consultations(person), ("title", "question", "decided"), _consultation_row),
        (_("Clauses of drafts"), _clauses(person), ("heading", "body"), _clause_row),
        (_("Comments"), _comments(person), ("body",), _text_row),
        (_("Polls"), _polls(person), ("title", "questions__text"), _poll_row),
        (_("Threads"), _threads(person), ("title",), _thread_row),
        (_("Posts"), _posts(person), ("body",), _text_row),
        (_("Statements"), _statements(person), ("body",), _text_row),
    ]
    results = []
    for title, rows, fields, describe in kinds:
        hits = list(_with(rows, fields, words)[: EACH + 1])
        if hits:
            results.append(Found(title, [describe(hit) for hit in hits[:EACH]], len(hits) > EACH))
    return results


def _with(rows: QuerySet[Any], fields: tuple[str, ...], words: list[str]) -> QuerySet[Any]:
    for word in words:
        condition = Q()
        for field in fields:
            condition |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(condition)
    return rows


def _consultations(person: Participant | None) -> QuerySet[Any]:
    return Consultation.objects.visible_to(person).order_by("-published_at", "-id")


def _clauses(person: Participant | None) -> QuerySet[Any]:
    seen = Clause.objects.filter(
        version__published_at__lte=timezone.now(),
        version__document__consultation__in=Consultation.objects.visible_to(person),
    )
    return seen.select_related("version__document__consultation").order_by("-version__published_at", "position")


def _comments(person: Participant | None) -> QuerySet[Any]:
    return Comment.objects.visible_to(person).order_by("-created_at", "-id")


def _polls(person: Participant | None) -> QuerySet[Any]:
    return Poll.objects.visible_to(person).select_related("consultation").order_by("-opens_at", "-id").distinct()


def _threads(person: Participant | None) -> QuerySet[Any]:
    return Thread.objects.visible_to(person).select_related("board__consultation").order_by("-created_at", "-id")


def _posts(person: Participant | None) -> QuerySet[Any]:
    return Post.objects.visible_to(person).order_by("-created_at", "-id")


def _statements(person: Participant | None) -> QuerySet[Any]:
    return Statement.objects.visible_to(person).select_related("conversation").order_by("-created_at", "-id")


def _row(thing: Any, title: str, text: str, language: str, at: Any) -> dict[str, Any]:
    return {"url": thing.get_absolute_url(), "title": title, "text": text, "language": language, "at": at}


def _consultation_row(one: Consultation) -> dict[str, Any]:
    return _row(one, one.title, one.question, one.language, one.published_at)


def _clause_row(one: Clause) -> dict[str, Any]:
    document = one.version.document
    return _row(one, f"{one} · {document.consultation.title}", one.body, document.language, one.version.published_at)


def _poll_row(one: Poll) -> dict[str, Any]:
    return _row(one, one.title, one.consultation.title, one.consultation.language, one.opens_at)


def _thread_row(one: Thread) -> dict[str, Any]:
    return _row(one, one.title, one.board.consultation.title, one.board.consultation.language, one.created_at)


def _text_row(one: Any) -> dict[str, Any]:
    return _row(one, "", one.body, one.language, one.created_at)
