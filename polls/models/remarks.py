"""What voters write: answers to "Why?" and to questions that ask for a text, and reasons of objections.

Kept apart from ballots; in confidential polls without author or hour.
"""

import uuid
from typing import Any, ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Participant
from moderation.models import Moderated, ModeratedQuerySet
from polls.models.poll import Poll
from polls.models.questions import Question


class RemarkQuerySet(ModeratedQuerySet):
    """Adjectives of remarks."""

    def visible_to(self, person: Participant | None) -> Self:
        return super().visible_to(person).filter(poll__in=Poll.objects.visible_to(person))


class Remark(Moderated):
    """Why somebody voted as they did, or what they answered to `question`, shown after review."""

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="remarks")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, null=True, blank=True, related_name="remarks")

    objects: ClassVar[Any] = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark on a vote")

    def context(self) -> dict[str, Any]:
        return {"where": str(self.question or self.poll), "url": self.get_absolute_url(), "parent": ""}

    def get_absolute_url(self) -> str:
        return f"{reverse('polls:results', args=[self.poll_id])}#remark-{self.pk}"

    def after_decision(self) -> None:
        """Nothing counts remarks: their page reads them."""


class WaitingRemark(models.Model):
    """A remark that would tell of votes too early: it waits for the poll to close, in secret polls unnamed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="waiting_remarks")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, null=True, related_name="waiting_remarks")
    author = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="waiting_remarks")
    body = models.TextField()
    language = models.CharField(max_length=5, blank=True)
    shuffled = models.BooleanField(default=False)  # written anew with others: its place says nothing of its writer

    def __str__(self) -> str:
        return self.body[:60]
