"""Notices: what a person should know, with facts and no words of other people; and how much of it goes by e-mail."""

from datetime import timedelta

from django.db import models
from django.db.models import ExpressionWrapper, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Participant
from polls.models import Reminder


class Kind(models.TextChoices):
    """What happened."""

    DECISION = "decision", _("decisions about what you wrote")
    ANSWER = "answer", _("what became of what you said")
    OFFICIAL = "official", _("replies by those who consult")
    REPLY = "reply", _("replies by other people")
    POLL = "poll", _("new polls where you took part")
    PHASE = "phase", _("new phases where you took part")
    JOB = "job", _("work that has ended")


class Amount(models.TextChoices):
    """How much of it somebody wants by e-mail, once a day at most."""

    NONE = "none", _("nothing")
    IMPORTANT = "important", _("only answers to me and decisions about what I wrote")
    ALL = "all", _("everything")


MAILED = {
    Amount.NONE: (),
    Amount.IMPORTANT: (Kind.DECISION, Kind.ANSWER, Kind.OFFICIAL),
    Amount.ALL: tuple(kind for kind in Kind if kind != Kind.JOB),
}

FRESH = timedelta(days=7)


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Adjectives of notices."""

    def visible_to(self, person: Participant | None) -> "NoticeQuerySet":
        """One's own; no role sees another's."""
        return self.filter(person=person) if person else self.none()

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)

    def to_mail(self) -> "NoticeQuerySet":
        """Unread ones that were not mailed; older ones wait in the inbox."""
        return self.unread().filter(mailed_at=None, created_at__gte=timezone.now() - FRESH)

    def unread_first(self) -> "NoticeQuerySet":
        """What was not read yet, then the rest, each newest first."""
        was_read = ExpressionWrapper(Q(read_at__isnull=False), output_field=models.BooleanField())
        return self.order_by(was_read.asc(), "-created_at", "-pk")


class Notice(models.Model):
    """One thing that concerns one person. `key` names the event, so that gathering again adds nothing.

    `facts` are what its words are made from, in the reader's language, when it is read; `facts["mark"]` grows when
    there is more to know (another reply on the same day, a new decision), and the notice is unread again.
    """

    person = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    key = models.CharField(max_length=80)
    facts = models.JSONField(default=dict)
    url = models.CharField(max_length=300)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="notice_once")]
        indexes = [
            models.Index(fields=["person", "-created_at"], name="notice_newest"),
            models.Index(fields=["person"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(fields=["created_at"], condition=Q(mailed_at=None, read_at=None), name="notice_to_mail"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.key}"

    @property
    def mark(self) -> int:
        return int(self.facts.get("mark", 0))


class Mailing(models.Model):
    """How much somebody wants by e-mail; without a row it is what is important."""

    person = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="mailing")
    amount = models.CharField(_("by e-mail"), max_length=10, choices=Amount.choices, default=Amount.IMPORTANT)
    sent_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.person_id}: {self.amount}"


class ReminderClaim(models.Model):
    """Somebody has had this reminder: `key` is the opaque key of a place on the roll, or the hash of an address.

    Only until it has gone out to everybody: it tells who had not voted.
    """

    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, related_name="claims")
    key = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reminder", "key"], name="reminder_once")]

    def __str__(self) -> str:
        return f"{self.reminder_id}: {self.key[:8]}"


class Gathering(models.Model):
    """One row: until when the clock has gathered what happened."""

    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.until:%Y-%m-%d %H:%M}"
