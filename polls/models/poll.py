"""Polls. Whether a poll is open follows from its dates, never from a flag."""

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Area, Level, Participant, Role
from consultations.models import Consultation
from moderation.models import Space
from polls.models.breakdowns import AgeGroup, Breakdown

LOT_PATIENCE = timedelta(days=14)

if TYPE_CHECKING:
    from polls.models.questions import Question


class BallotMode(models.TextChoices):
    """Who can see which vote is whose."""

    OPEN = "open", _("open: names stand beside votes")
    CONFIDENTIAL = "confidential", _("confidential: unlinked from names when the poll closes")
    DETACHED = (
        "detached",
        _("detached: unlinked in tens while people vote"),
    )


class Results(models.TextChoices):
    """When the result may be seen."""

    LIVE = "live", _("while people vote")
    AFTER_VOTE = "after_vote", _("after one's own vote")
    AFTER_CLOSING = "after_closing", _("after closing")


class Publication(models.TextChoices):
    """What of the ballots everybody may read after closing."""

    FULL = "full", _("every ballot, without names: anybody can count again")
    SEALED = "sealed", _("every ballot to named observers only: they can count again")
    WITHHELD = "withheld", _("sums only: nobody else can count again")


class Electorate(models.TextChoices):
    """Who may vote."""

    EVERYONE = "everyone", _("everybody of whom enough is known")
    AREA = "area", _("people of one area, of whom enough is known")
    INVITED = "invited", _("people on a list, each with a code that is used once")


class PollQuerySet(models.QuerySet["Poll"]):
    """Adjectives of polls."""

    def published(self) -> "PollQuerySet":
        now = timezone.now()
        return self.filter(published_at__lte=now, consultation__published_at__lte=now)

    def visible_to(self, person: Participant | None) -> "PollQuerySet":
        """Published polls of published consultations, and all of organisations where the person is an organiser."""
        now = timezone.now()
        public = Q(published_at__lte=now, consultation__published_at__lte=now)
        own = person.organisations_as(Role.ORGANISER) if person else []
        return self.filter(public | Q(consultation__organisation__in=own)) if own else self.filter(public)

    def open(self) -> "PollQuerySet":
        now = timezone.now()
        return self.published().filter(opens_at__lte=now, closes_at__gt=now)

    def complete(self) -> "PollQuerySet":
        """Those into which no ballot can come any more."""
        return self.filter(published_at__isnull=False).filter(
            Q(paper_until=None, closes_at__lte=timezone.now()) | Q(paper_until__lte=timezone.now())
        )

    def closed(self) -> "PollQuerySet":
        return self.published().filter(closes_at__lte=timezone.now())


class Poll(models.Model):
    """One or more questions that people answer together by voting in `[opens_at, closes_at)`.

    `pending` and `released` are sums of ballots ({"count": n, "sums": {question key: {choice: n}}}), kept for
    secret polls that show results while people vote: `released` is what may be seen, `pending` follows it when
    ten more have voted. `ballot_count` is how many voted: each box holds as many ballots. `cells` are the districts of
    a breakdown by area: [code, name] each.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="polls")
    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="polls")
    title = models.CharField(_("title"), max_length=240)
    mode = models.CharField(
        _("who can see the votes"), max_length=12, choices=BallotMode.choices, default=BallotMode.CONFIDENTIAL
    )
    results = models.CharField(_("result shown"), max_length=13, choices=Results.choices, default=Results.AFTER_CLOSING)
    electorate = models.CharField(
        _("who may vote"), max_length=8, choices=Electorate.choices, default=Electorate.EVERYONE
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("area"))
    level = models.PositiveSmallIntegerField(
        _("what must be known of them"), choices=Level.choices, default=Level.EMAIL
    )
    allows_change = models.BooleanField(_("a vote can be changed until closing"), default=True)
    asks_remark = models.BooleanField(_("ask why"), default=False)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    published_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    ballot_count = models.PositiveIntegerField(default=0, editable=False)
    pending = models.JSONField(default=dict, editable=False)
    released = models.JSONField(default=dict, editable=False)
    key_name = models.UUIDField(default=uuid.uuid4, editable=False)  # names the key's file; the key is never here
    publication = models.CharField(
        _("ballots after closing"), max_length=8, choices=Publication.choices, default=Publication.FULL
    )
    breakdown = models.CharField(
        _("kept with each ballot"), max_length=4, choices=Breakdown.choices, default=Breakdown.NONE, blank=True
    )
    cells = models.JSONField(default=list, editable=False)
    paper_until = models.DateTimeField(_("paper ballots are entered until"), null=True, blank=True)
    has_desk = models.BooleanField(_("help at a desk"), default=False)
    lot_source = models.CharField(_("public value for the lot"), max_length=200, blank=True)
    lot_fallback = models.CharField(_("what takes its place"), max_length=200, blank=True)
    rules = models.TextField(blank=True, editable=False)  # `rules.json`, from the opening of the ledger on
    seed = models.CharField(max_length=200, blank=True, editable=False)  # of the lot, once the poll is counted
    fixes_roll = models.BooleanField(_("draw up the electoral roll when the poll is published"), default=False)
    roll_size = models.PositiveIntegerField(null=True, blank=True, editable=False)  # None: nobody knows how many may
    objections_until = models.DateTimeField(_("objections to the roll until"), null=True, blank=True)
    requirements = models.JSONField(default=dict, editable=False)  # quorum and majority, as in `rules.json`
    undecided_asides = models.PositiveIntegerField(default=0, editable=False)  # proposals that the closing waits for
    left_over = models.PositiveIntegerField(default=0, editable=False)  # papers that only the closing released
    unlinked_at = models.DateTimeField(null=True, blank=True, editable=False)  # the key was destroyed then

    objects = PollQuerySet.as_manager()

    class Meta:
        ordering = ["closes_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="poll_closes_after_opening"),
            models.CheckConstraint(
                condition=Q(paper_until=None) | Q(paper_until__gte=F("closes_at")), name="paper_until_closing_or_later"
            ),
            models.CheckConstraint(
                condition=~Q(electorate="area") | Q(area__isnull=False), name="poll_by_area_has_one"
            ),
            models.CheckConstraint(
                condition=Q(objections_until=None) | Q(objections_until__lte=F("opens_at")),
                name="poll_objections_before_opening",
            ),
        ]
        indexes = [models.Index(fields=["closes_at"], name="poll_closing")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("polls:poll", args=[self.pk])

    @property
    def topic(self) -> str:
        """What everybody may hear: how many voted."""
        return f"poll.{self.pk}"

    @property
    def results_topic(self) -> str:
        """What those may hear who may see the result."""
        return f"poll.results.{self.pk}"

    @cached_property
    def sheet(self) -> list["Question"]:
        """The questions in their order, read once per object."""
        return list(self.questions.all())

    @property
    def boxes(self) -> list["Question"]:
        """The questions whose answers are ballots."""
        return [question for question in self.sheet if question.has_box]

    def question(self, key: str) -> "Question":
        """The question with this key. Raises KeyError."""
        return {question.key: question for question in self.sheet}[key]

    @property
    def is_published(self) -> bool:
        return self.published_at is not None and self.published_at <= timezone.now()

    @property
    def has_opened(self) -> bool:
        """Published, and the first vote could have been cast: what counts is frozen from here on."""
        return self.is_published and self.opens_at <= timezone.now()

    @property
    def is_closed(self) -> bool:
        return self.closes_at <= timezone.now()

    @property
    def complete_at(self) -> datetime:
        """When the last ballot can come: paper is entered for a while after closing, and the count waits for it."""
        return self.paper_until or self.closes_at

    @property
    def is_complete(self) -> bool:
        return self.complete_at <= timezone.now()

    @property
    def takes_paper(self) -> bool:
        """Whether paper ballots can be entered now."""
        return bool(self.paper_until) and self.has_opened and not self.is_complete

    @property
    def shows_channels(self) -> bool:
        """Whether ballots come in more than one way, so that the ways are shown apart."""
        return self.paper_until is not None or self.has_desk

    @property
    def groups(self) -> list[tuple[str, str]]:
        """Key and name of each group of the breakdown, in the active language."""
        if self.breakdown == Breakdown.AGE:
            return [(value, str(label)) for value, label in AgeGroup.choices]
        return [(key, name) for key, name in self.cells] if self.breakdown else []

    @property
    def is_open(self) -> bool:
        return self.has_opened and not self.is_closed and self.consultation.is_published

    @property
    def state(self) -> str:
        """ "draft", "planned", "open" or "closed"."""
        if not self.is_published:
            return "draft"
        if self.is_closed:
            return "closed"
        return "open" if self.has_opened else "planned"

    @property
    def lot_until(self) -> datetime:
        """Until then counting waits for the announced value of the lot; afterwards the closing head alone decides."""
        return self.closes_at + LOT_PATIENCE

    @property
    def is_secret(self) -> bool:
        """Confidential or detached: no name beside a vote, and no figure that concerns fewer than ten."""
        return self.mode != BallotMode.OPEN

    @property
    def is_detached(self) -> bool:
        """Votes are unlinked from voters in batches while people vote."""
        return self.mode == BallotMode.DETACHED

    @property
    def is_invited(self) -> bool:
        """Whether people vote with a code of a list."""
        return self.electorate == Electorate.INVITED

    @property
    def has_fixed_roll(self) -> bool:
        """Whether it is known beforehand who may vote, one by one: electors are rows."""
        return self.is_invited or self.fixes_roll

    @property
    def takes_objections(self) -> bool:
        """Whether people can say now that somebody is missing on the roll, or is on it wrongly."""
        until = self.objections_until
        return self.has_fixed_roll and self.is_published and until is not None and timezone.now() < until
