"""Conversations, statements and votes. Whether people may vote follows from dates, never from a flag."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Participant, Role
from consultations.models import Consultation
from moderation.models import Moderated, ModeratedQuerySet, Space
from realtime.actions import publish

PAGE = 20


class Value(models.IntegerChoices):
    """What somebody thinks of a statement; the signs are those of pol.is exports."""

    AGREE = 1, gettext_lazy("Agree")
    DISAGREE = -1, gettext_lazy("Disagree")
    PASS = 0, gettext_lazy("Pass")


COUNTERS: dict[int, str] = {Value.AGREE: "agree_count", Value.DISAGREE: "disagree_count", Value.PASS: "pass_count"}


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """Adjectives of conversations."""

    def visible_to(self, person: Participant | None) -> "ConversationQuerySet":
        """Published ones of published consultations, and all of organisations where the person is an organiser."""
        now = timezone.now()
        public = Q(published_at__lte=now, consultation__published_at__lte=now)
        own = person.organisations_as(Role.ORGANISER) if person else []
        return self.filter(public | Q(consultation__organisation__in=own)) if own else self.filter(public)


class Conversation(models.Model):
    """A question to which people write statements and say whether they agree, in `[opens_at, closes_at)`.

    Without dates of its own it is open while its consultation is. `voter_count` counts people who voted at least once.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="conversations")
    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="conversations")
    question = models.CharField(gettext_lazy("question"), max_length=240)
    intro = models.TextField(gettext_lazy("what people should know first"), blank=True)
    opens_at = models.DateTimeField(gettext_lazy("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(gettext_lazy("closes"), null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    origin = models.CharField(max_length=120, blank=True, editable=False)  # where an import took it from
    last_number = models.PositiveIntegerField(default=0, editable=False)  # of the newest statement, shown or not
    voter_count = models.PositiveIntegerField(default=0, editable=False)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="conversation_closes_after_opening",
            ),
            models.UniqueConstraint(
                fields=["consultation", "origin"], condition=~Q(origin=""), name="conversation_origin_once"
            ),
        ]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return reverse("opinions:conversation", args=[self.pk])

    @property
    def topic(self) -> str:
        return f"conversation.{self.pk}"

    @property
    def is_published(self) -> bool:
        return self.published_at is not None and self.published_at <= timezone.now()

    @property
    def state(self) -> str:
        """ "draft", "planned", "open" or "closed"."""
        now = timezone.now()
        if not self.is_published or not self.consultation.is_published:
            return "draft"
        if self.opens_at is None and self.closes_at is None:
            return self._state_of_consultation()
        if self.opens_at is not None and now < self.opens_at:
            return "planned"
        return "open" if self.closes_at is None or now < self.closes_at else "closed"

    @property
    def is_open(self) -> bool:
        return self.state == "open"

    @property
    def ends_at(self) -> Any:
        """Until when people can vote: its own date, else the end of the consultation's open phase; or None."""
        if self.opens_at or self.closes_at:
            return self.closes_at
        phase = self.consultation.participation()
        return phase.ends_at if phase else None

    def _state_of_consultation(self) -> str:
        phase = self.consultation.participation()
        if self.consultation.is_open:
            return "open"
        return "planned" if phase is not None and phase.starts_at > timezone.now() else "closed"


class StatementQuerySet(ModeratedQuerySet):
    """Adjectives of statements."""

    def visible_to(self, person: Participant | None) -> Self:
        """What moderation lets the person see, in conversations that they can see."""
        return super().visible_to(person).filter(conversation__in=Conversation.objects.visible_to(person))

    def for_voting(self, person: Participant | None) -> Self:
        """Shown ones that the person did not write: what they are asked about."""
        return self.shown().exclude(author=person) if person else self.shown()

    def unanswered_by(self, person: Participant | None) -> Self:
        """Those asked of the person that they have not answered; fewest answers first, so that each gets its share."""
        asked = self.for_voting(person)
        if person is not None:
            asked = asked.exclude(pk__in=Vote.objects.filter(person=person).values("statement"))
        return asked.order_by(F("agree_count") + F("disagree_count") + F("pass_count"), "number")


class Statement(Moderated):
    """One claim that people agree or disagree with. Numbers count from 1 in each conversation and never change."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="statements")
    number = models.PositiveIntegerField()
    agree_count = models.PositiveIntegerField(default=0)
    disagree_count = models.PositiveIntegerField(default=0)
    pass_count = models.PositiveIntegerField(default=0)

    objects: ClassVar[Any] = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = gettext_lazy("statement")
        constraints = [
            models.UniqueConstraint(fields=["conversation", "number"], name="statement_number"),
            models.UniqueConstraint(
                fields=["conversation", "origin"], condition=~Q(origin=""), name="statement_origin_once"
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("opinions:statement", args=[self.conversation_id, self.number])

    @property
    def answers(self) -> int:
        """How many people answered: the denominator of its shares."""
        return self.agree_count + self.disagree_count + self.pass_count

    @classmethod
    def joins(cls) -> list[str]:
        return ["author", "space", "conversation__consultation"]

    def context(self) -> dict[str, Any]:
        question = Truncator(self.conversation.question).chars(80)
        where = _("%(consultation)s · statements on “%(question)s”") % {
            "consultation": self.conversation.consultation.title,
            "question": question,
        }
        return {"where": where, "url": self.get_absolute_url(), "parent": ""}

    def after_decision(self) -> None:
        """Publishes `conversation.<id>`: a statement came or went. Votes stay with their statement."""
        publish(self.conversation.topic)


class Vote(models.Model):
    """What one person thinks of one statement; the last answer counts."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="votes")
    person = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="votes")
    value = models.SmallIntegerField(choices=Value.choices)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "person"], name="vote_once"),
            models.CheckConstraint(condition=Q(value__in=[-1, 0, 1]), name="vote_value"),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id}: {self.value:+d}"
