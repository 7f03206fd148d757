"""Papers of detached polls that wait for their batch. When ten wait they go into their boxes together, and nothing here
is left of them: see `polls.actions.detaching`.
"""

import uuid

from django.db import models
from django.db.models import Q

from polls.models.ballots import Aside, Channel
from polls.models.poll import Poll
from polls.models.questions import Question


class PendingQuerySet(models.QuerySet["PendingPaper"]):
    """Adjectives of papers that wait."""

    def of(self, poll: Poll) -> "PendingQuerySet":
        """Those for all boxes of `poll`."""
        return self.filter(question__poll=poll)


class PendingPaper(models.Model):
    """What becomes a `Ballot` with its batch, with the fields that have the same names there. `set_aside`: two people
    took it out of the count.

    Until then it is linked to its voter, by `pseudonym` (see `polls.keys`) and by the transaction and place that it
    shares with the roll entry. code_hash: of the change code, for this box. replaces: of a changed vote, what finds the
    released ballot that gives way, and tells nothing without the poll's key.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="pending_papers")
    choice = models.TextField()
    nonce = models.CharField(max_length=64)
    commitment = models.CharField(max_length=64)
    pseudonym = models.CharField(max_length=64)
    code_hash = models.CharField(max_length=64)
    replaces = models.CharField(max_length=64, null=True)  # NULL, because "" would have to be unique
    channel = models.CharField(max_length=5, choices=Channel.choices, default=Channel.WEB, blank=True)
    cell = models.CharField(max_length=20, blank=True)
    set_aside = models.CharField(max_length=10, choices=Aside.choices, blank=True)

    objects = PendingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "code_hash"], name="pending_code_once"),
            models.UniqueConstraint(fields=["question", "replaces"], name="pending_change_once"),
            models.UniqueConstraint(
                fields=["question", "pseudonym"], condition=Q(replaces=None), name="pending_paper_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.commitment[:12]}"


class DepartedVoter(models.Model):
    """Somebody whose released ballot stayed in a detached poll when they deleted their account.

    mark: of one of their addresses, keyed with the poll's key, so that the address cannot vote again with a new
    account. It goes when the poll is unlinked, with the key.
    """

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="departed_voters")
    mark = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "mark"], name="departed_once")]

    def __str__(self) -> str:
        return f"{self.poll_id}: {self.mark[:12]}"
