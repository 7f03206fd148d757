"""Gathers what everybody may read of a consultation: comments, posts, answers in polls, statements.

Refuses to hand out a text that is held, hidden or withdrawn: of those only the key and the reason leave this module.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from django.db.models import Count, Q, QuerySet, TextField
from django.db.models.functions import Cast, Substr
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consultations.models import Comment, Consultation
from forums.models import Post
from moderation.models import Moderated
from opinions.models import Statement
from polls.models import Remark
from summaries.models import Kind, Reason

CHUNK = 500  # keys in one question to the database; SQLite takes 999 at least


@dataclass(frozen=True)
class Contribution:
    """Something that was said in public. `author` is a participant's id (None: without a name), `stance` a Stance."""

    source_key: str
    body: str
    html: str
    language: str
    author: int | None
    stance: str
    kind: str
    where: str | Promise
    created_at: datetime
    row: Any = field(repr=False, compare=False)  # the Moderated text itself
    clause: tuple[int, str] | None = None

    @property
    def url(self) -> str:
        """Where it was said; worked out when it is asked for, which a build of thousands does not."""
        return str(self.row.get_absolute_url())


@dataclass(frozen=True)
class Heard:
    """All contributions of a consultation in order of their keys, and what was left out: key → Reason."""

    contributions: list[Contribution]
    left_out: dict[str, str] = field(default_factory=dict)

    @property
    def reasons(self) -> dict[str, int]:
        """How many were left out for which reason."""
        return dict(sorted(Counter(self.left_out.values()).items()))

    def input_hash(self, method: str) -> str:
        """SHA-256 over the sorted keys, with a hash of each text and what is counted of it; `method` names the version.

        Equal hashes promise an equal summary.
        """
        digest = sha256(method.encode())
        for one in self.contributions:
            text = sha256(one.body.encode("utf-8", "surrogatepass")).hexdigest()
            digest.update(f"\n{one.source_key} {text} {one.language} {one.stance} {one.author or ''}".encode())
        for key, reason in sorted(self.left_out.items()):
            digest.update(f"\n{key} {reason}".encode())
        return digest.hexdigest()


@dataclass(frozen=True)
class Standing:
    """A text as it is now: why it is left out (a Reason; empty when everybody may read it), and its words."""

    reason: str
    body: str


@dataclass(frozen=True)
class _Source:
    """How one kind is read: its rows in a consultation, what else is read with them, when its place is public."""

    kind: Kind
    model: type[Moderated]
    inside: str  # the consultation, seen from the row
    joins: tuple[str, ...]
    public: Callable[[], Q]
    where: Callable[[Any], str | Promise]

    def rows(self, consultation: Consultation) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model._default_manager.filter(self.public(), **{self.inside: consultation})
        return rows.order_by("pk")


def _comment_where(comment: Any) -> str | Promise:
    return str(comment.clause) if comment.clause else _("the whole draft")


SOURCES = (
    _Source(Kind.COMMENT, Comment, "consultation", ("clause", "consultation"), Q, _comment_where),
    _Source(
        Kind.POST,
        Post,
        "thread__board__consultation",
        ("thread__board__consultation",),
        Q,
        lambda post: str(post.thread.title),
    ),
    _Source(
        Kind.REMARK,
        Remark,
        "poll__consultation",
        ("poll", "question"),
        lambda: Q(poll__published_at__lte=timezone.now()),
        lambda remark: str(remark.question or remark.poll),
    ),
    _Source(
        Kind.STATEMENT,
        Statement,
        "conversation__consultation",
        ("conversation__consultation",),
        lambda: Q(conversation__published_at__lte=timezone.now()),
        lambda statement: str(statement.conversation.question),
    ),
)


def gather(consultation: Consultation) -> Heard:
    """Everything that was said in `consultation`: what everybody may read, and the keys of what was left out."""
    found: list[Contribution] = []
    left_out: dict[str, str] = {}
    for source in SOURCES:
        for item in source.rows(consultation).select_related(*source.joins).iterator(chunk_size=2000):
            reason = _reason(item)
            if reason:
                left_out[item.source_key] = reason
            else:
                found.append(_contribution(source, item))
    return Heard(sorted(found, key=lambda one: one.source_key), left_out)


def find(consultation: Consultation, keys: Iterable[str]) -> dict[str, Contribution]:
    """Those of `keys` that everybody may read now. The number of queries depends on the number of kinds only."""
    rows = _rows(consultation, keys)
    return {item.source_key: _contribution(source, item) for source, item in rows if not _reason(item)}


def standings(consultation: Consultation, keys: Iterable[str]) -> dict[str, Standing]:
    """How those of `keys` stand that still exist, readable or not: for actions only, never for a page."""
    return {item.source_key: Standing(_reason(item), item.body) for _source, item in _rows(consultation, keys)}


def _rows(consultation: Consultation, keys: Iterable[str]) -> Iterator[tuple[_Source, Any]]:
    wanted: dict[str, list[int]] = {}
    for key in keys:
        kind, number = key.split(":")
        wanted.setdefault(kind, []).append(int(number))
    for source in SOURCES:
        ids = wanted.get(source.kind, [])
        for chunk in (ids[at : at + CHUNK] for at in range(0, len(ids), CHUNK)):
            rows = source.rows(consultation).filter(pk__in=chunk).select_related(*source.joins)
            yield from ((source, item) for item in rows)


def public_keys(consultation: Consultation) -> set[str]:
    """The keys of all that everybody may read now, without reading the texts."""
    return {key for source in SOURCES for key in _keys(source, consultation)}


def days_of(consultation: Consultation, *, until: datetime) -> dict[date, int]:
    """How many of the contributions that everybody may read now were made on each day before `until`.

    Counted by tens of minutes in UTC, as both databases write them, then by day here: SQLite would ask Python for the
    day of each row.
    """
    days: Counter[date] = Counter()
    spelled = Substr(Cast("created_at", TextField()), 1, len("2026-05-03 14:0"))
    for source in SOURCES:
        shown = _shown(source, consultation).filter(created_at__lte=until).order_by()
        for tens, count in shown.annotate(tens=spelled).values_list("tens").annotate(count=Count("pk")):
            at = datetime.fromisoformat(f"{tens}0").replace(tzinfo=UTC)
            days[timezone.localtime(at).date()] += count
    return dict(sorted(days.items()))


def has_changed_since(consultation: Consultation, at: datetime) -> bool:
    """Whether something that stood in `consultation` at `at` was hidden, held, withdrawn or edited since."""
    after = Q(hidden_at__gt=at) | Q(held_at__gt=at) | Q(edited_at__gt=at)
    return any(source.rows(consultation).filter(after, created_at__lte=at).exists() for source in SOURCES)


def _keys(source: _Source, consultation: Consultation) -> Iterator[str]:
    shown = _shown(source, consultation)
    return (f"{source.kind}:{pk}" for pk in shown.values_list("pk", flat=True).iterator(chunk_size=5000))


def _shown(source: _Source, consultation: Consultation) -> QuerySet[Any]:
    """The rows of one kind that everybody may read now."""
    shown = source.rows(consultation).filter(held_at=None, hidden_at=None).exclude(body="")
    return shown.exclude(thread__listed_at=None) if source.kind == Kind.POST else shown


def _reason(item: Any) -> str:
    """Why `item` is left out; empty when everybody may read it. A post's thread is public with its first post."""
    if not item.body.strip():
        return Reason.WITHDRAWN if item.hidden_at else Reason.EMPTY
    if item.hidden_at:
        return Reason.HIDDEN
    if item.held_at:
        return Reason.HELD
    return Reason.HIDDEN if isinstance(item, Post) and item.thread.listed_at is None else ""


def _contribution(source: _Source, item: Any) -> Contribution:
    clause = getattr(item, "clause", None)
    return Contribution(
        source_key=item.source_key,
        body=item.body,
        html=item.html,
        language=item.language,
        author=item.author_id,
        stance=getattr(item, "stance", ""),
        kind=source.kind,
        where=source.where(item),
        created_at=item.created_at,
        row=item,
        clause=(clause.pk, str(clause)) if clause else None,
    )
