"""A page of a discussion: comments with their first replies, read in a constant number of queries.

What a reader may not read leaves this module empty: its place in the thread stays, its words do not.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, Sum, Window
from django.db.models.functions import RowNumber

from accounts.models import Membership, Participant
from consultations.models.comments import Comment, CommentQuerySet, Stance, Support
from consultations.models.draft import Clause
from moderation.models import Decision

SIZE = 20
REPLIES = 3
SORTS = {"newest": ("-id",), "support": ("-support_count", "-id")}


@dataclass(frozen=True)
class Talk:
    """One page: `comments` (each with what `_dress` adds), the cursor of what follows (empty at the end)."""

    comments: list[Comment]
    more: str
    sort: str
    stances: dict[str, int] = field(default_factory=dict)

    @property
    def said(self) -> int:
        """How many took a stance."""
        return sum(self.stances.values())


def of_clause(clause: Clause, lineage: Sequence[Clause]) -> CommentQuerySet:
    """Comments on the clause in this and earlier versions."""
    until = clause.version.number
    return Comment.objects.filter(clause__in=[one.pk for one in lineage if one.version.number <= until])


def read(
    comments: CommentQuerySet, person: Participant | None, *, sort: str = "newest", after: str = "", size: int = SIZE
) -> Talk:
    """A page of the first comments of threads among `comments`. `after` is the cursor of the page before."""
    sort = sort if sort in SORTS else "newest"
    rows = comments.filter(parent=None).filter(_seen(person) | Q(reply_count__gt=0))
    rows = _beyond(rows, sort, after).order_by(*SORTS[sort]).select_related("author")[: size + 1]
    page = list(rows)
    more = _cursor(page[size - 1], sort) if len(page) > size else ""
    page = page[:size]
    replies = _first_replies([comment.pk for comment in page], person)
    _dress([*page, *replies], person)
    threads: dict[int, list[Comment]] = {}
    for reply in replies:
        threads.setdefault(reply.root_id or 0, []).append(reply)
    for comment in page:
        _attach(comment, threads.get(comment.pk, []))
    return Talk(page, more, sort)


def read_thread(root: Comment, person: Participant | None, *, after: str = "", size: int = SIZE) -> Talk:
    """A page of the replies to `root`, oldest first; `root` itself is dressed too."""
    rows = Comment.objects.filter(root=root).filter(_seen(person)).order_by("id")
    rows = rows.filter(pk__gt=int(after)) if is_number(after) else rows
    page = list(rows.select_related("author", "parent__author")[: size + 1])
    more = str(page[size - 1].pk) if len(page) > size else ""
    page = page[:size]
    _dress([root, *page], person)
    _attach(root, [])
    return Talk(page, more, "oldest")


def stances(comments: CommentQuerySet) -> dict[str, int]:
    """How many shown comments took each stance, zeros included."""
    found = dict(comments.shown().filter(parent=None).exclude(stance="").order_by().values_list("stance", Count("id")))
    return {stance: found.get(stance, 0) for stance in Stance.values}


def comments_by_key(document: int, until: int | None = None) -> dict[str, int]:
    """Shown comments and replies by key of clause, over the published versions (up to number `until`)."""
    rows = Clause.objects.filter(version__document=document, version__published_at__isnull=False, comment_count__gt=0)
    rows = rows if until is None else rows.filter(version__number__lte=until)
    return dict(rows.order_by().values_list("key").annotate(total=Sum("comment_count")))


def structure(comments: int, newest: int | None) -> str:
    """A value that differs when a discussion has more, or fewer, comments."""
    return f"{comments}-{newest or 0}"


def is_number(text: str) -> bool:
    """Whether `text`, from an address, is a number that an id can have."""
    return text.isascii() and text.isdecimal() and len(text) < 19


def _seen(person: Participant | None) -> Q:
    shown = Q(held_at=None, hidden_at=None)
    return shown | Q(author=person) if person else shown


def _beyond(rows: Any, sort: str, after: str) -> Any:
    """`rows` after the cursor; a cursor that is not one is no cursor."""
    parts = after.split("-")
    if not all(is_number(part) for part in parts) or len(parts) != len(SORTS[sort]):
        return rows
    numbers = [int(part) for part in parts]
    if sort == "newest":
        return rows.filter(pk__lt=numbers[0])
    return rows.filter(Q(support_count__lt=numbers[0]) | Q(support_count=numbers[0], pk__lt=numbers[1]))


def _cursor(comment: Comment, sort: str) -> str:
    return str(comment.pk) if sort == "newest" else f"{comment.support_count}-{comment.pk}"


def _first_replies(roots: list[int], person: Participant | None) -> list[Comment]:
    if not roots:
        return []
    nth = Window(RowNumber(), partition_by="root", order_by="id")
    rows = Comment.objects.filter(root__in=roots).filter(_seen(person)).annotate(nth=nth).filter(nth__lte=REPLIES)
    return list(rows.select_related("author", "parent__author").order_by("root", "id"))


def _dress(comments: list[Comment], person: Participant | None) -> None:
    """Adds to each comment: `readable`, `mine`, `supported`, `official`, and for the author `decision`, `editable`."""
    ids = [comment.pk for comment in comments]
    supported = (
        set(Support.objects.filter(person=person, comment__in=ids).values_list("comment", flat=True))
        if person and ids
        else set()
    )
    officials = _officials(comments)
    mine = [comment for comment in comments if person and comment.author_id == person.pk]
    decisions = Decision.objects.latest_for([comment for comment in mine if comment.hidden_at])
    for comment in comments:
        comment.mine = comment in mine
        comment.readable = comment.is_shown or (comment.mine and not comment.is_erased)
        comment.supported = comment.pk in supported
        comment.official = comment.author_id in officials
        comment.decision = decisions.get(comment.source_key) if comment.mine else None
        comment.editable = comment.mine and comment.is_fresh
        comment.answers = comment.parent if comment.parent_id != comment.root_id else None
        if not comment.readable:
            comment.erased = comment.is_erased
            comment.body = comment.html = comment.stance = ""
            comment.author = None


def _attach(comment: Comment, replies: list[Comment]) -> None:
    comment.first_replies = replies
    comment.more_replies = max(comment.reply_count - sum(reply.is_shown for reply in replies), 0)


def _officials(comments: list[Comment]) -> set[int]:
    """Who of the authors has a role in the organisation that consults."""
    authors = {comment.author_id for comment in comments if comment.author_id}
    if not authors:
        return set()
    spaces = {comment.space_id for comment in comments}
    members = Membership.objects.filter(organisation__spaces__in=spaces, user__participant__in=authors)
    return set(members.values_list("user__participant", flat=True))
