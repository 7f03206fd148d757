"""How the posts of one page of a thread are read and set: one query whatever the length, values and not objects.

What a post looks like is a pure function of what it shows, so its HTML is made once and remembered.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q
from django.template import loader
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Participant
from accounts.rules import may_moderate
from forums.models import PAGE, Post, PostSupport, Thread
from forums.rules import EDITABLE

ALL = 200
DEEPEST = 3
REMEMBERED = 4096  # posts; about 2 kB each
FIELDS = [
    "pk", "number", "parent_id", "parent__number", "author_id", "author__name", "author__user_id", "author__erased_at",
    "html", "language", "created_at", "edited_at", "held_at", "hidden_at", "support_count",
]  # fmt: skip


class Frame(NamedTuple):
    """What all posts of a page have in common for one reader."""

    slug: str
    thread: int
    may_support: bool
    may_reply: bool
    by_support: bool
    language: str
    zone: str


class Facts(NamedTuple):
    """Everything that the HTML of one post shows, and nothing else."""

    pk: int
    number: int
    name: str
    html: str
    language: str
    created_at: datetime
    edited_at: datetime | None
    is_held: bool
    is_hidden: bool
    support_count: int
    is_supported: bool
    is_own: bool
    may_edit: bool
    answers: int  # the number that it replies to, where that does not stand right above it, else 0
    parent: int
    reason: str  # why it is hidden, for its author and for moderators

    @property
    def page(self) -> int:
        return (self.number - 1) // PAGE + 1

    @property
    def is_shown(self) -> bool:
        return not self.is_held and not self.is_hidden


@dataclass(slots=True)
class Entry:
    """A post and its place. `opens` and `closes` say where groups of replies begin before it and end after it."""

    facts: Facts
    parent_number: int
    opens: bool = False
    closes: range = range(0)
    depth: int = 0
    replies: list["Entry"] = field(default_factory=list)
    html: str = ""


def find_page(thread: Thread, wanted: str | None, whole: bool) -> Page[Any]:
    """The page `wanted` of numbers of posts: 20 a page, or 200 when the `whole` thread is asked for."""
    numbers: Any = range(1, thread.last_number + 1)
    return Paginator(numbers, ALL if whole else PAGE).get_page(wanted)


def read(thread: Thread, page: Page[Any], person: Participant | None, by_support: bool) -> list[Entry]:
    """The posts of `page` that `person` may see, in one query: replies under what they reply to, three deep.

    By support the order runs over the whole thread, and replies stand for themselves.
    """
    # What `Post.visible_to` says, for a thread that is known to be visible.
    posts = Post.objects.filter(thread=thread.pk)
    if not may_moderate(person, thread.board.space.organisation_id):
        shown = Q(held_at=None, hidden_at=None)
        posts = posts.filter(shown | Q(author=person) if person else shown)
    if by_support:
        first, last = page.start_index() - 1, page.end_index()
        posts = posts.order_by("-support_count", "number")[max(first, 0) : last]
    else:
        numbers = page.object_list
        posts = posts.filter(number__gte=numbers[0], number__lte=numbers[-1]) if numbers else posts.none()
        posts = posts.order_by("number")
    fields = list(FIELDS)
    if person is not None:
        mine = PostSupport.objects.filter(post=OuterRef("pk"), person=person)
        posts, fields = posts.annotate(supported=Exists(mine)), [*FIELDS, "supported"]
    now = timezone.now()
    entries = [_entry(row, person, thread, now) for row in posts.values_list(*fields)]
    return _flat(entries) if by_support else arrange(entries)


def draw(entries: list[Entry], frame: Frame, reasons: dict[int, str]) -> None:
    """Give each entry its HTML; `reasons` say why hidden posts are hidden, by post."""
    for entry in entries:
        facts = entry.facts
        if facts.pk in reasons:
            facts = facts._replace(reason=reasons[facts.pk])
        entry.html = post_html(facts, frame)


@lru_cache(REMEMBERED)
def post_html(facts: Facts, frame: Frame) -> str:
    """The HTML of one post, by template, for the language and zone that `frame` names (those of the reader)."""
    return loader.get_template("forums/_post.html").render({"post": facts, "frame": frame})


def make_frame(thread: Thread, *, may_support: bool, may_reply: bool, by_support: bool) -> Frame:
    """The frame of a page of `thread` for the present reader."""
    return Frame(
        slug=thread.board.consultation.slug,
        thread=thread.pk,
        may_support=may_support,
        may_reply=may_reply,
        by_support=by_support,
        language=get_language() or "",
        zone=timezone.get_current_timezone_name(),
    )


def arrange(entries: list[Entry]) -> list[Entry]:
    """Put replies under their posts where both are on the page, at most three deep; order otherwise as given."""
    known = {entry.facts.pk: entry for entry in entries}
    roots = []
    for entry in entries:
        parent = known.get(entry.facts.parent)
        if parent is None:
            _say_parent(entry)
            roots.append(entry)
            continue
        entry.depth = min(parent.depth + 1, DEEPEST)
        if parent.depth == DEEPEST:  # its replies stand beside it, and say so
            _say_parent(entry)
        parent.replies.append(entry)
    ordered = list(_walk(roots))
    depths = [0, *(entry.depth for entry in ordered), 0]
    for entry, before, after in zip(ordered, depths, depths[2:], strict=False):
        entry.opens = entry.depth > before
        entry.closes = range(max(0, entry.depth - after))
    return ordered


def _walk(entries: Iterable[Entry]) -> Iterable[Entry]:
    stack = list(entries)[::-1]
    while stack:
        entry = stack.pop()
        yield entry
        stack.extend(entry.replies[::-1])


def _flat(entries: list[Entry]) -> list[Entry]:
    for entry in entries:
        _say_parent(entry)
    return entries


def _say_parent(entry: Entry) -> None:
    if entry.parent_number:
        entry.facts = entry.facts._replace(answers=entry.parent_number)


def _entry(row: tuple[Any, ...], person: Participant | None, thread: Thread, now: datetime) -> Entry:
    pk, number, parent, parent_number, author, name, user, erased, html, language, made, edited, held, hidden = row[:14]
    own = person is not None and author == person.pk
    facts = Facts(
        pk=pk,
        number=number,
        name=_shown_name(author, name, user, erased),
        html=html,
        language=language,
        created_at=made,
        edited_at=edited,
        is_held=held is not None,
        is_hidden=hidden is not None,
        support_count=row[14],
        is_supported=row[15] if len(row) > 15 else False,
        is_own=own,
        may_edit=own and hidden is None and thread.closed_at is None and now < made + EDITABLE,
        answers=0,
        parent=parent or 0,
        reason="",
    )
    return Entry(facts, parent_number or 0)


def _shown_name(author: int | None, name: str | None, user: int | None, erased: datetime | None) -> str:
    if author is None or erased is not None:
        return _("Deleted account")
    return name or (_("Guest") if user is None else _("Participant"))
