"""Proposals to set votes aside: one person proposes, another decides, neither sees a choice."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Participant
from polls.models.ballots import Aside
from polls.models.poll import Poll

KINDS = [
    (Aside.BURST.value, _("Many first votes in a short time")),
    (Aside.CODE.value, _("A code that somebody else used")),
]


class AsideProposalQuerySet(models.QuerySet["AsideProposal"]):
    """Adjectives of proposals."""

    def undecided(self) -> "AsideProposalQuerySet":
        return self.filter(decided_at=None)

    def by(self, person: Participant) -> "AsideProposalQuerySet":
        """Those that `person` made or decided on."""
        return self.filter(Q(proposed_by=person) | Q(decided_by=person))


class AsideProposal(models.Model):
    """Votes that somebody of the organisation wants out of the count, and what a second person decided.

    entries: keys of their roll entries, emptied when it is decided or the poll is unlinked. proposed, set_aside: how
    many votes it meant, and how many were set aside. Everybody reads the reasons.
    """

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="aside_proposals")
    kind = models.CharField(max_length=10, choices=KINDS)
    reason = models.CharField(_("why these votes should not count"), max_length=600)
    entries = models.JSONField(default=list)
    proposed = models.PositiveIntegerField()
    proposed_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="asides_proposed")
    proposed_at = models.DateTimeField(default=timezone.now)
    accepted = models.BooleanField(null=True)
    answer = models.CharField(_("reason of the decision"), max_length=600, blank=True)
    set_aside = models.PositiveIntegerField(default=0)
    decided_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="asides_decided")
    decided_at = models.DateTimeField(null=True)

    objects = AsideProposalQuerySet.as_manager()

    class Meta:
        ordering = ["proposed_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(proposed_by=None) | ~Q(decided_by=F("proposed_by")),
                name="aside_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, accepted=None) | Q(decided_at__isnull=False, accepted__isnull=False),
                name="aside_decided_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.reason

    @property
    def counts(self) -> bool:
        """Whether its numbers may be told: those of a single code would say whether its holder has voted."""
        return self.kind == Aside.BURST
