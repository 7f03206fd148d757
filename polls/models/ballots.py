"""The roll says who voted, a ballot says what was voted. Neither has a time or a serial number.

An open poll's ballot names its voter. A confidential one's carries a keyed pseudonym until the poll closes. A detached
one's comes from `polls.models.pending` with at least nine others, and nothing but its voter's code finds it.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Participant
from polls.models.poll import Poll
from polls.models.questions import Question
from polls.models.roll import Elector


class RollEntry(models.Model):
    """This participant has voted in this poll: the constraint that gives each person one vote.

    elector: their place where the electoral roll is fixed; it too has one vote, whoever stood in it before.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="roll")
    voter = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="roll_entries")
    elector = models.OneToOneField(Elector, on_delete=models.SET_NULL, null=True, related_name="entry")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "voter"], name="one_person_one_vote")]

    def __str__(self) -> str:
        return f"{self.poll_id}: {self.id}"


class Aside(models.TextChoices):
    """Why a ballot stays in its box and does not count."""

    ACCOUNT = "account", _("the account was deleted while people could vote")
    BURST = "burst", _("many first votes in a short time, as two people found")
    CODE = "code", _("the code was used by somebody else, as two people found")


class Channel(models.TextChoices):
    """How a ballot came into its box."""

    WEB = "web", _("on the web")
    PAPER = "paper", _("on paper")
    DESK = "desk", _("at a desk, with help")


class BallotQuerySet(models.QuerySet["Ballot"]):
    """Adjectives of ballots."""

    def of(self, poll: Poll) -> "BallotQuerySet":
        """Those in all boxes of `poll`."""
        return self.filter(question__poll=poll)

    def counted(self) -> "BallotQuerySet":
        """Those that were not set aside."""
        return self.filter(set_aside="")


class Ballot(models.Model):
    """One paper in the box of a question: canonical JSON ("[]" when it was not answered), its nonce (256 bit, hex), and
    the commitment to both that the receipt shortens.

    `channel` and `cell` say how it came and of which group its voter is, as coarsely as was told before voting.
    `voter` (open polls), `pseudonym` and `form_hash` find the ballot again while the poll is open, so that a vote
    can be changed and a repeated form gives the same receipt; `code_hash` does so in detached polls, for whoever has
    the change code. The closing task empties the last three.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="ballots")
    choice = models.TextField()
    nonce = models.CharField(max_length=64)
    commitment = models.CharField(max_length=64)
    voter = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="open_ballots")
    pseudonym = models.CharField(max_length=64, null=True)  # NULL, because "" would have to be unique
    form_hash = models.CharField(max_length=64, null=True)
    code_hash = models.CharField(max_length=64, null=True)
    channel = models.CharField(max_length=5, choices=Channel.choices, default=Channel.WEB, blank=True)
    cell = models.CharField(max_length=20, blank=True)  # a key of the poll's breakdown
    listed = models.BooleanField(default=False)  # its commitment stands in a batch of the ledger
    set_aside = models.CharField(max_length=10, choices=Aside.choices, blank=True)

    objects = BallotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "voter"], name="open_paper_once"),
            models.UniqueConstraint(fields=["question", "pseudonym"], name="confidential_paper_once"),
            models.UniqueConstraint(fields=["question", "form_hash"], name="paper_form_once"),
            models.UniqueConstraint(
                fields=["question", "code_hash"], condition=Q(code_hash__isnull=False), name="detached_code_once"
            ),
            models.CheckConstraint(
                condition=Q(set_aside="") | Q(voter=None, pseudonym=None), name="aside_has_no_voter"
            ),
            models.CheckConstraint(condition=Q(voter=None) | Q(pseudonym=None), name="ballot_voter_or_pseudonym"),
        ]
        indexes = [models.Index(fields=["question"], condition=Q(listed=False), name="ballot_waits_for_a_batch")]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.commitment[:12]}"
