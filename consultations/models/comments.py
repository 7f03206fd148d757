"""Comments on clauses or on the whole, with a stance, replies and support."""

import secrets
from datetime import timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Participant
from consultations.models.consultation import Consultation
from consultations.models.draft import Clause
from moderation.models import Decision, Moderated, ModeratedQuerySet
from realtime.actions import publish

EDITABLE = timedelta(minutes=15)
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without letters that are easily misread


def make_receipt() -> str:
    """A receipt code of 12 characters, such as `K7QM-2XPA-94TD`: 60 random bits, readable over the telephone."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))
    return "-".join(groups)


class Stance(models.TextChoices):
    """What a comment thinks of the clause. It is asked, never guessed."""

    SUPPORT = "support", _("I support this")
    CHANGES = "changes", _("I support it with changes")
    OPPOSE = "oppose", _("I oppose this")
    UNSURE = "unsure", _("I am not sure")
    QUESTION = "question", _("I have a question")


class CommentQuerySet(ModeratedQuerySet):
    """Adjectives of comments."""

    def visible_to(self, person: Participant | None) -> Self:
        visible = Consultation.objects.visible_to(person)
        return super().visible_to(person).filter(consultation__in=visible)


class Comment(Moderated):
    """What somebody says about a clause (or about the whole, without one), or in reply to another comment."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="comments")
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, null=True, blank=True, related_name="comments")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replies")
    root = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="thread")
    stance = models.CharField(_("what you think of it"), max_length=10, choices=Stance.choices, blank=True)
    support_count = models.PositiveIntegerField(default=0)
    reply_count = models.PositiveIntegerField(default=0)  # shown replies in the thread that starts here
    receipt = models.CharField(max_length=14, unique=True, default=make_receipt, editable=False)
    fingerprint = models.CharField(max_length=64, unique=True, null=True, editable=False)  # one row for a double press

    # What `discussion.read` adds for the reader who asks; no columns.
    mine: bool
    readable: bool
    erased: bool
    supported: bool
    official: bool
    editable: bool
    decision: Decision | None
    answers: "Comment | None"
    said_about: int | None
    first_replies: "list[Comment]"
    more_replies: int

    objects: ClassVar[Any] = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["clause", "parent", "-id"], name="comment_page"),
            models.Index(fields=["clause", "parent", "-support_count", "-id"], name="comment_by_support"),
            models.Index(fields=["root", "id"], name="comment_thread"),
            models.Index(fields=["consultation", "-created_at"], name="comment_newest"),
        ]

    def context(self) -> dict[str, Any]:
        where = f"{self.consultation.title} · {self.clause}" if self.clause else self.consultation.title
        return {
            "where": where,
            "url": self.get_absolute_url(),
            "parent": self.parent.body if self.parent else "",
        }

    def get_absolute_url(self) -> str:
        return reverse("consultations:comment", args=[self.pk])

    def after_decision(self) -> None:
        """Counts anew the shown replies of the thread and the shown comments of the clause; publishes both topics."""
        if self.root_id:
            shown = Comment.objects.filter(root=self.root_id).shown().count()
            Comment.objects.filter(pk=self.root_id).update(reply_count=shown)
        if self.clause_id:
            shown = Comment.objects.filter(clause=self.clause_id).shown().count()
            Clause.objects.filter(pk=self.clause_id).update(comment_count=shown)
        publish(*self.topics())

    def topics(self) -> list[str]:
        """What hears of this comment: the consultation, and the clause in each published version."""
        clauses = self.clause.lineage().values_list("pk", flat=True) if self.clause else []
        return [self.consultation.topic, *(f"clause.{clause}" for clause in clauses)]

    @property
    def is_fresh(self) -> bool:
        """Whether its author may still change it, as far as the row tells: young, without support and replies."""
        young = timezone.now() < self.created_at + EDITABLE
        return young and self.hidden_at is None and not self.support_count and not self.reply_count

    @property
    def is_erased(self) -> bool:
        """Whether the author took the text back by erasing themselves; its place in the thread stays."""
        return not self.body


class Support(models.Model):
    """A participant says: this comment speaks for me too."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="supports")
    person = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="supports")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "person"], name="support_once")]

    def __str__(self) -> str:
        return f"{self.person} → {self.comment_id}"
