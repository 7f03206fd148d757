"""Consultations and their phases. What phase it is follows from the dates, never from a flag."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Area, Organisation, Participant, Role
from moderation.models import Space


class PhaseKind(models.TextChoices):
    """What a phase is for. Each allows its acts (see `rules`)."""

    DRAFT = "draft", _("in preparation")
    OPEN = "open", _("open for comments and votes")
    DELIBERATION = "deliberation", _("being considered")
    CLOSED = "closed", _("closed")
    ANSWERED = "answered", _("answered")


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    """Adjectives of consultations."""

    def published(self) -> "ConsultationQuerySet":
        return self.filter(published_at__lte=timezone.now())

    def visible_to(self, person: Participant | None) -> "ConsultationQuerySet":
        """Published ones, and drafts of organisations in which the person has any role."""
        public = Q(published_at__lte=timezone.now())
        own = person.organisations_as(*Role.values) if person else []
        return self.filter(public | Q(organisation__in=own)) if own else self.filter(public)

    def in_phase(self, *kinds: str, at: datetime | None = None) -> "ConsultationQuerySet":
        """Those that stand in a phase of one of `kinds` at the time `at` (now)."""
        at = at or timezone.now()
        phases = Phase.objects.filter(kind__in=kinds, starts_at__lte=at).filter(Q(ends_at=None) | Q(ends_at__gt=at))
        return self.filter(pk__in=phases.values("consultation"))

    def with_present_phase(self) -> "ConsultationQuerySet":
        """Reads with each the phase in which it stands now, for lists; its `schedule` then holds no other."""
        now = timezone.now()
        present = Phase.objects.filter(starts_at__lte=now).filter(Q(ends_at=None) | Q(ends_at__gt=now))
        return self.prefetch_related(models.Prefetch("phases", queryset=present, to_attr="schedule"))


class Consultation(models.Model):  # type: ignore[django-manager-missing]  # taggit has no types
    """A policy put before the people: what is decided, what can still change, until when, and who answers by when."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="consultations")
    space = models.OneToOneField(Space, on_delete=models.PROTECT, related_name="consultation")
    area = models.ForeignKey(Area, on_delete=models.SET_NULL, null=True, blank=True, verbose_name=_("area"))
    title = models.CharField(_("title"), max_length=160)
    slug = models.SlugField(_("short name in addresses"), max_length=80, unique=True)
    language = models.CharField(_("language"), max_length=5, default="id")
    question = models.CharField(_("the question in one sentence"), max_length=240)
    decided = models.TextField(_("what is decided"))
    changeable = models.TextField(_("what can still change"))
    legal_basis = models.CharField(_("legal basis"), max_length=240, blank=True)
    responsible = models.CharField(_("who answers"), max_length=160)
    contact = models.EmailField(_("contact address"), blank=True)
    answer_due_at = models.DateTimeField(_("answer due"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("consultations:show", args=[self.slug])

    @property
    def topic(self) -> str:
        return f"consultation.{self.pk}"

    @cached_property
    def schedule(self) -> list["Phase"]:
        """All phases in order of time, read once per object."""
        return list(self.phases.all())

    def phase(self, at: datetime | None = None) -> "Phase | None":
        """The phase at the time `at` (now); None in a gap or before the first."""
        at = at or timezone.now()
        return next((phase for phase in self.schedule if phase.covers(at)), None)

    def participation(self) -> "Phase | None":
        """The phase in which people take part: the present one, else the next, else the last one."""
        now = timezone.now()
        open_phases = [phase for phase in self.schedule if phase.kind == PhaseKind.OPEN]
        coming = (phase for phase in open_phases if phase.ends_at is None or phase.ends_at > now)
        return next(coming, open_phases[-1] if open_phases else None)

    @property
    def is_published(self) -> bool:
        return self.published_at is not None and self.published_at <= timezone.now()

    @property
    def is_open(self) -> bool:
        """Published, and in a phase in which people take part."""
        phase = self.phase()
        return self.is_published and phase is not None and phase.kind == PhaseKind.OPEN


class Phase(models.Model):
    """A stretch of time `[starts_at, ends_at)` of a consultation; without an end it lasts."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="phases")
    kind = models.CharField(_("kind"), max_length=20, choices=PhaseKind.choices)
    title = models.CharField(_("title"), max_length=120, blank=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=models.F("starts_at")),
                name="phase_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return self.title or self.get_kind_display()

    @property
    def word(self) -> str:
        """What it is for; `get_kind_display` takes six times as long, which lists would feel."""
        return str(PhaseKind(self.kind).label)

    @property
    def is_over(self) -> bool:
        return self.ends_at is not None and self.ends_at <= timezone.now()

    def covers(self, at: datetime) -> bool:
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)
