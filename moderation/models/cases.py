"""Cases: one open case per item, merging all reports; and the decisions that close them."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Participant, Role
from moderation.models.items import Moderated, kinds_of_text
from moderation.models.spaces import HouseRule, Space

CLAIM = timedelta(minutes=10)


class FlagReason(models.TextChoices):
    """Why somebody reports a text."""

    OFFENSIVE = "offensive", _("insulting or hateful")
    PRIVATE = "private", _("tells private things about somebody")
    FALSE = "false", _("false or misleading")
    SPAM = "spam", _("advertising or repeated")
    OFF_TOPIC = "off_topic", _("does not belong here")
    ILLEGAL = "illegal", _("illegal content")


class Hint(models.TextChoices):
    """Why the machine put a text before a moderator."""

    BEFORE = "before", _("this space is read before publication")
    GUEST = "guest", _("written by somebody without an account")
    COPY = "copy", _("nearly the same as another text of its author")


class Outcome(models.TextChoices):
    """What a moderator decides."""

    APPROVE = "approve", _("shown")
    HIDE = "hide", _("hidden")


class CaseQuerySet(models.QuerySet["Case"]):
    """Adjectives of cases."""

    def open(self) -> "CaseQuerySet":
        return self.filter(closed_at=None)

    def visible_to(self, person: Participant | None) -> "CaseQuerySet":
        """Cases in the organisations where the person is a moderator."""
        return self.filter(space__organisation__in=person.organisations_as(Role.MODERATOR)) if person else self.none()

    def free_for(self, person: Participant, held_since: datetime) -> "CaseQuerySet":
        """Open ones that `person` may decide now: not by themselves, and not claimed by others after `held_since`."""
        free = Q(claimed_by=None) | Q(claimed_by=person) | Q(claimed_at__lte=held_since)
        return self.open().visible_to(person).filter(free).exclude(author=person)

    def with_items(self) -> "CaseQuerySet":
        """With their texts, reports and people: one query for each kind of text, whatever the number of cases."""
        kinds = [model._base_manager.select_related(*model.joins()) for model in kinds_of_text()]
        return self.select_related("space__organisation", "author", "claimed_by", "content_type").prefetch_related(
            GenericPrefetch("item", kinds), "flags"
        )


class Case(models.Model):
    """Something that a moderator should look at, and why."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    item = GenericForeignKey()
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="cases")
    held = models.BooleanField(default=False)  # opened because it waits for publication, not because it was reported
    hint = models.CharField(max_length=20, choices=Hint.choices, blank=True)
    author = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="cases")
    opened_at = models.DateTimeField(default=timezone.now)
    claimed_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    claimed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["opened_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"], condition=Q(closed_at=None), name="case_open_once"
            )
        ]
        indexes = [models.Index(fields=["space", "closed_at", "opened_at"], name="case_queue")]

    def __str__(self) -> str:
        return f"{self.content_type.model}:{self.object_id}"

    @property
    def holder(self) -> Participant | None:
        """The moderator who has claimed the case and still holds it."""
        return self.claimed_by if self.claimed_at and timezone.now() < self.claimed_at + CLAIM else None

    @property
    def where(self) -> str:
        """Where the text stands, in words; empty when it is gone."""
        return str(self.item.context()["where"]) if self.item else ""

    @property
    def reports(self) -> list[tuple[str, int]]:
        """The reasons of the reports and how often each was given, the most frequent first."""
        counts = Counter(report.reason for report in self.flags.all())
        return [(str(FlagReason(reason).label), number) for reason, number in counts.most_common()]

    @property
    def is_illegal(self) -> bool:
        """Whether somebody reports illegal content."""
        return any(report.reason == FlagReason.ILLEGAL for report in self.flags.all())


class Flag(models.Model):
    """A report by a participant. Reports of one item are merged in its open case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="flags")
    person = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="flags")
    reason = models.CharField(_("reason"), max_length=20, choices=FlagReason.choices)
    note = models.CharField(_("what is wrong"), max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="flag_once")]

    def __str__(self) -> str:
        return f"{self.case}: {self.reason}"


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Adjectives of decisions."""

    def standing(self) -> "DecisionQuerySet":
        """Those that were not taken back."""
        return self.filter(undone_at=None)

    def latest_for(self, items: Iterable[Moderated]) -> dict[str, "Decision"]:
        """The newest standing decision of each of `items` (of any kinds), by `source_key`, in one query."""
        keys: dict[tuple[int, int], str] = {}
        wanted = Q()
        for item in items:
            kind = ContentType.objects.get_for_model(item)
            keys[kind.pk, item.pk] = item.source_key
        for kind_id in {kind_id for kind_id, _pk in keys}:
            ids = [pk for kind, pk in keys if kind == kind_id]
            wanted |= Q(case__content_type=kind_id, case__object_id__in=ids)
        if not keys:
            return {}
        found: dict[str, Decision] = {}
        for decision in self.standing().filter(wanted).select_related("case", "rule").order_by("decided_at", "id"):
            found[keys[decision.case.content_type_id, decision.case.object_id]] = decision
        return found


class Decision(models.Model):
    """A moderator's decision with its rule and statement of reasons; told to the author, logged without names."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="decisions")
    author = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="decisions_about"
    )
    moderator = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="decisions_made"
    )
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    rule = models.ForeignKey(HouseRule, on_delete=models.PROTECT, null=True, blank=True)
    reasons = models.TextField(_("statement of reasons"), blank=True)
    decided_at = models.DateTimeField(default=timezone.now, db_index=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    held_before_at = models.DateTimeField(null=True, blank=True)  # how the text stood, for taking the decision back
    hidden_before_at = models.DateTimeField(null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_at", "-id"]

    def __str__(self) -> str:
        return f"{self.case}: {self.outcome}"
