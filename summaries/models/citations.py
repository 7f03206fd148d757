"""The ledger of coverage: where each contribution stands, and the words that are quoted from it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Participant
from summaries.models.builds import Build
from summaries.models.themes import Theme


class Kind(models.TextChoices):
    """In which way something was contributed; the name of its model."""

    COMMENT = "comment", _("comment")
    POST = "post", _("forum post")
    REMARK = "remark", _("answer in a poll")
    STATEMENT = "statement", _("statement")


class Place(models.TextChoices):
    """Where a contribution stands. Each stands in exactly one place, so the numbers add up."""

    THEMED = "themed", _("in a theme")
    UNASSIGNED = "unassigned", _("in no theme")
    LEFT_OUT = "left_out", _("left out")


class Reason(models.TextChoices):
    """Why a contribution was left out."""

    HIDDEN = "hidden", _("hidden by a moderator")
    HELD = "held", _("waiting for a moderator")
    WITHDRAWN = "withdrawn", _("withdrawn by its author")
    EMPTY = "empty", _("without text")
    NO_WORDS = "no_words", _("without words")


class Lens(models.TextChoices):
    """Why something that is in no theme deserves a look of its own."""

    ALONE = "alone", _("says what nobody else says")
    FAR = "far", _("is far from every theme")


class Citation(models.Model):
    """One contribution in one theme, or in none. `source_key` names the text (`comment:12`), which is not copied here.

    A contribution in several themes has several rows; the row with `rank` 0 is its place in the ledger. `quote` holds
    the exact words `body[start:end]` where it is quoted, in the order of `quote_rank` (1, 2, …). A copy stands where
    its original stands and names it in `copy_of`. Of what is left out nothing but key, kind and reason is kept.
    The method put it there while `assigned_at` is empty, a person since then.
    """

    build = models.ForeignKey(Build, on_delete=models.CASCADE, related_name="citations")
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, null=True, blank=True, related_name="citations")
    source_key = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    rank = models.PositiveSmallIntegerField(default=0)
    place = models.CharField(max_length=10, choices=Place.choices)
    reason = models.CharField(max_length=10, choices=Reason.choices, blank=True)
    copy_of = models.CharField(max_length=40, blank=True)
    lens = models.CharField(max_length=10, choices=Lens.choices, blank=True)
    person = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="citations")
    assigned_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    assigned_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(max_length=8, blank=True)
    stance = models.CharField(max_length=10, blank=True)
    quote = models.TextField(blank=True)
    quote_rank = models.PositiveSmallIntegerField(null=True, blank=True)  # stays when the quote was taken out
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["build", "source_key", "rank"], name="citation_once"),
            models.CheckConstraint(
                condition=Q(theme=None, place__in=["unassigned", "left_out"]) | Q(theme__isnull=False, place="themed"),
                name="citation_in_one_place",
            ),
            models.CheckConstraint(
                condition=Q(place="left_out", quote="") & ~Q(reason="") | ~Q(place="left_out") & Q(reason=""),
                name="citation_left_out_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["build", "rank", "place", "id"], name="citation_ledger"),
            models.Index(fields=["theme", "quote_rank"], name="citation_quotes"),
        ]

    def __str__(self) -> str:
        return f"{self.source_key} → {self.theme or self.place}"
