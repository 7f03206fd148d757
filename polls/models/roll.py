"""The electoral roll of a poll, where it is fixed: who may vote, one by one, before anybody does. And what is said
against it, and reminders to those on it.

It never says who has voted: that is the roll entry's. Refuses to keep a code: only its hash.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Participant
from polls.models.poll import Poll


class Elector(models.Model):
    """One place on the electoral roll. `id` is the opaque key that the ledger hashes.

    `label` and `email` are what the organiser wrote (a name, the number of a household). `code_hash`: of the code that
    is in force, NULL until one is printed and in rolls of accounts. `voter`: who stands in this place, from the use of
    the code on. After closing the key alone is left.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="electors")
    number = models.PositiveIntegerField(default=0)  # the line of the list, printed on the slip
    label = models.CharField(_("name or number"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    code_hash = models.CharField(max_length=64, null=True, unique=True)
    voter = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="electors")
    codes_replaced = models.PositiveSmallIntegerField(default=0)
    mail_stopped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number", "id"]
        constraints = [models.UniqueConstraint(fields=["poll", "voter"], name="one_place_on_the_roll")]

    def __str__(self) -> str:
        return self.label or f"#{self.number}"


class RollObjection(models.Model):
    """Somebody says that the roll is wrong: somebody is missing, or is on it who should not be."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="roll_objections")
    author = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="roll_objections")
    text = models.TextField(_("what is wrong with the roll"), max_length=1000)
    created_at = models.DateTimeField(default=timezone.now)
    accepted = models.BooleanField(null=True)
    reason = models.CharField(_("reason"), max_length=600, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, accepted=None) | Q(answered_at__isnull=False, accepted__isnull=False),
                name="objection_answered_whole",
            )
        ]

    def __str__(self) -> str:
        return f"{self.poll_id}: {self.pk}"


class Reminder(models.Model):
    """An e-mail or notice to everybody on the roll who has not voted when it goes out. Nobody is told how many."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="reminders")
    number = models.PositiveSmallIntegerField()  # 1 to MAX_REMINDERS of this poll
    due_at = models.DateTimeField(_("when"))
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["poll", "number"], name="reminder_number")]

    def __str__(self) -> str:
        return f"{self.poll_id}/{self.number}"
