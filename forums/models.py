"""Boards, threads, posts, the tags of threads, and support for posts."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.managers import TaggableManager

from accounts.models import Participant, Role
from consultations.models import Consultation, TaggedThing, make_receipt
from moderation.models import Moderated, ModeratedQuerySet, Space
from realtime.actions import publish

PAGE = 20


class BoardQuerySet(models.QuerySet["Board"]):
    """Adjectives of boards."""

    def visible_to(self, person: Participant | None) -> "BoardQuerySet":
        """Boards of consultations that the person can see."""
        return self.filter(consultation__in=Consultation.objects.visible_to(person))


class Board(models.Model):
    """The forum of a consultation."""

    consultation = models.OneToOneField(Consultation, on_delete=models.PROTECT, related_name="board")
    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="boards")
    title = models.CharField(gettext_lazy("title"), max_length=160)
    intro = models.TextField(gettext_lazy("what is discussed here"), blank=True)

    objects = BoardQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("forums:board", args=[self.consultation.slug])


class ThreadQuerySet(models.QuerySet["Thread"]):
    """Adjectives of threads."""

    def visible_to(self, person: Participant | None) -> "ThreadQuerySet":
        """Threads whose first post is shown, one's own, and all where the person moderates; on visible boards."""
        seen = ~Q(listed_at=None)
        if person is not None:
            moderated = person.organisations_as(Role.MODERATOR)
            seen |= Q(author=person) | Q(board__space__organisation__in=moderated)
        return self.filter(seen, board__consultation__in=Consultation.objects.visible_to(person))

    def newest(self) -> "ThreadQuerySet":
        return self.order_by("-created_at", "-id")

    def active(self) -> "ThreadQuerySet":
        return self.order_by(Coalesce("last_post_at", "created_at").desc(), "-id")

    def supported(self) -> "ThreadQuerySet":
        return self.order_by("-support_count", "-id")


class Thread(models.Model):  # type: ignore[django-manager-missing]  # taggit has no types
    """A matter that somebody raised on a board. Its first post (number 1) says what it is about.

    `listed_at` follows the first post: None while that is held or hidden, because the title belongs to it.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="threads")
    title = models.CharField(gettext_lazy("title"), max_length=140)
    author = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="threads")
    created_at = models.DateTimeField(default=timezone.now)
    listed_at = models.DateTimeField(null=True, blank=True)
    pinned_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    last_number = models.PositiveIntegerField(default=0)  # the number of the newest post, shown or not
    post_count = models.PositiveIntegerField(default=0)  # shown posts
    support_count = models.PositiveIntegerField(default=0)  # support of the first post
    last_post_at = models.DateTimeField(null=True, blank=True)
    tags = TaggableManager(through="forums.ThreadTag", blank=True)

    tag_list: list[tuple[str, str]]  # names and keys of the tags, where a list of threads has read them

    objects = ThreadQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["board", "-created_at"], name="thread_newest"),
            models.Index(fields=["board", "-last_post_at"], name="thread_active"),
            models.Index(fields=["board", "-support_count"], name="thread_supported"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("forums:thread", args=[self.board.consultation.slug, self.pk])

    @property
    def topic(self) -> str:
        return f"thread.{self.pk}"

    @property
    def last_page(self) -> int:
        return max(1, -(-self.last_number // PAGE))


class ThreadTag(TaggedThing):
    """A tag on a thread."""

    content_object = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="tag_items")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="thread_tag_once")]


class PostQuerySet(ModeratedQuerySet):
    """Adjectives of posts."""

    def visible_to(self, person: Participant | None) -> Self:
        """What moderation lets the person see, in threads that they can see."""
        return super().visible_to(person).filter(thread__in=Thread.objects.visible_to(person))

    def on_page(self, page: int) -> Self:
        """The posts whose numbers belong to `page` (from 1). Numbers never change, so neither do pages."""
        return self.filter(number__gt=(page - 1) * PAGE, number__lte=page * PAGE)


class Post(Moderated):
    """What somebody says in a thread, perhaps in reply to another post of it. Numbers count from 1 in each thread."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="posts")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replies")
    number = models.PositiveIntegerField()
    support_count = models.PositiveIntegerField(default=0)
    receipt = models.CharField(max_length=14, unique=True, default=make_receipt, editable=False)
    fingerprint = models.CharField(max_length=64, unique=True, null=True, editable=False)  # one row for a double press

    objects: ClassVar[Any] = PostQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = gettext_lazy("forum post")
        constraints = [models.UniqueConstraint(fields=["thread", "number"], name="post_number")]
        indexes = [models.Index(fields=["thread", "-support_count", "number"], name="post_supported")]

    @property
    def page(self) -> int:
        return (self.number - 1) // PAGE + 1

    def get_absolute_url(self) -> str:
        page = f"?page={self.page}" if self.page > 1 else ""
        return f"{self.thread.get_absolute_url()}{page}#post-{self.number}"

    @classmethod
    def joins(cls) -> list[str]:
        return ["author", "space", "parent", "thread__board__consultation"]

    def context(self) -> dict[str, Any]:
        where = _("%(board)s · thread “%(thread)s”") % {"board": self.thread.board, "thread": self.thread}
        return {"where": where, "url": self.get_absolute_url(), "parent": self.parent.body if self.parent else ""}

    def after_decision(self) -> None:
        """Counts anew the shown posts of the thread, lists or unlists it by its first post; publishes `thread.<id>`."""
        recount(self.thread_id)
        publish(f"thread.{self.thread_id}")


def recount(thread_id: int) -> None:
    """Set what a thread counts of its shown posts, from its posts."""
    shown = Post.objects.filter(thread=thread_id).shown()
    facts = shown.aggregate(posts=models.Count("pk"), last=models.Max("created_at"))
    first = list(shown.filter(number=1).values_list("created_at", "support_count"))
    listed_at, support = first[0] if first else (None, 0)
    Thread.objects.filter(pk=thread_id).update(
        post_count=facts["posts"], last_post_at=facts["last"], listed_at=listed_at, support_count=support
    )


class PostSupport(models.Model):
    """A participant says: this post speaks for me too."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="supports")
    person = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="post_supports")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "person"], name="post_support_once")]

    def __str__(self) -> str:
        return f"{self.person} → {self.post_id}"
