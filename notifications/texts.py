"""What happened to texts: moderators' decisions, and replies. Names and words of other people are never copied."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db.models import Prefetch, Q
from django.utils import timezone

from accounts.models import Membership, Participant
from consultations.models import Comment
from forums.models import Post
from moderation.models import Case, Decision, Moderated, Outcome
from notifications.models import Kind
from notifications.scope import Event, Scope
from opinions.models import Statement
from polls.models import Remark

Reply = tuple[Participant, Any, Any, Any]  # who is told, what was answered, the answer, its consultation
TEXTS: dict[Any, tuple[str, ...]] = {  # with what their addresses are made from
    Comment: (), Post: ("thread__board__consultation",), Remark: (), Statement: (),
}  # fmt: skip
SHORT = 160  # signs of one's own text, to know it again


def decisions(scope: Scope) -> Iterator[Event]:
    """Texts that were hidden, or shown after they had been held or hidden, with rule and reasons; or taken back since.

    Reports that led to nothing are not told: the author would only learn that somebody reported them.
    """
    changed = Q(outcome=Outcome.HIDE) | Q(held_before_at__isnull=False) | Q(hidden_before_at__isnull=False)
    kinds = GenericPrefetch(
        "item", [model._base_manager.select_related("space", *joins) for model, joins in TEXTS.items()]
    )
    cases = Prefetch("case", queryset=Case.objects.prefetch_related(kinds))
    found = Decision.objects.filter(changed, scope.of("author"), scope.recent("decided_at"))
    for row in found.select_related("rule").prefetch_related(cases).order_by("decided_at", "id"):
        item: Any = row.case.item
        if item is None or row.author_id is None:
            continue
        facts = {
            "text": item._meta.model_name,
            "where": item.space.name,
            "outcome": row.outcome,
            "reasons": row.reasons,
            "own": item.body[:SHORT],
            "language": item.language,
            "rule": {"number": row.rule.number, "id": row.rule.title_id, "en": row.rule.title_en} if row.rule else None,
        }
        key, url = f"decision:{row.pk}", item.get_absolute_url()
        yield Event(row.author_id, Kind.DECISION, key, url, row.decided_at, facts, gone=row.undone_at is not None)


def replies(scope: Scope) -> Iterator[Event]:
    """Replies to comments, and posts in threads: one notice for each text and day, with how many there are."""
    joins = ("parent__author__user", "consultation__organisation", "clause")
    yield from _grouped(
        (reply.parent.author, reply.parent, reply, reply.consultation)
        for reply in _shown(Comment, scope, scope.of("parent__author")).select_related(*joins)
    )
    heard = scope.of("parent__author") | scope.of("thread__author")
    joins = ("parent__author__user", "thread__author__user", "thread__board__consultation__organisation")
    posts = _shown(Post, scope, heard).exclude(thread__listed_at=None).exclude(number=1).select_related(*joins)
    yield from _grouped(_listeners(posts, scope))


def _listeners(posts: Iterable[Post], scope: Scope) -> Iterator[Reply]:
    """Who hears of each post: the author of what it answers, else of the thread."""
    for post in posts:
        answered = post.parent if post.parent is not None and post.parent.number > 1 else post.thread
        if answered.author is not None:
            yield answered.author, answered, post, post.thread.board.consultation


def _shown(model: Any, scope: Scope, mine: Q) -> Any:
    """Shown texts since the beginning of the day, and those that a moderator let through in the scope."""
    approved = Decision.objects.standing().filter(
        scope.recent("decided_at"), outcome=Outcome.APPROVE, case__content_type=ContentType.objects.get_for_model(model)
    )
    recent = Q(created_at__gte=scope.day) | Q(pk__in=approved.values("case__object_id"))
    return model.objects.shown().filter(mine, recent).exclude(body="").order_by("pk")


def _grouped(rows: Iterable[Reply]) -> Iterator[Event]:
    """One event for each listener, answered text, day and whether it is official."""
    found = [row for row in rows if row[2].author_id != row[0].pk]
    officials = _officials(row[2] for row in found)
    groups: dict[tuple[int, str], list[Reply]] = {}
    for person, answered, reply, consultation in found:
        kind = Kind.OFFICIAL if (reply.author_id, consultation.organisation_id) in officials else Kind.REPLY
        key = f"{kind}:{answered._meta.model_name}:{answered.pk}:{_day(reply.created_at)}"
        groups.setdefault((person.pk, key), []).append((person, answered, reply, consultation))
    for (pk, key), group in groups.items():
        _person, answered, newest, consultation = group[-1]
        facts = {
            "mark": len(group),
            "text": answered._meta.model_name,
            "where": str(answered) if answered._meta.model_name == "thread" else consultation.title,
            "organisation": consultation.organisation.name,
            "language": consultation.language,
        }
        url = newest.get_absolute_url()
        yield Event(pk, Kind(key.partition(":")[0]), key, url, newest.created_at, facts)


def _officials(replies: Iterable[Moderated]) -> set[tuple[int, int]]:
    """(participant, organisation) of those among the authors who act for an organisation."""
    authors = {reply.author_id for reply in replies}
    rows = Membership.objects.filter(user__participant__in=authors)
    return set(rows.values_list("user__participant", "organisation"))


def _day(at: datetime) -> str:
    return timezone.localtime(at).date().isoformat()
