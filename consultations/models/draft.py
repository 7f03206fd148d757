"""Draft documents, their versions, and clauses with keys that stay the same from version to version."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Participant
from consultations.models.consultation import Consultation
from methods.anchoring import heading_words


class Document(models.Model):
    """A draft text of a consultation."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="documents")
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=5, default="id")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title

    def current(self) -> "Version | None":
        """The newest published version."""
        return self.versions.filter(published_at__lte=timezone.now()).order_by("-number").first()


class Version(models.Model):
    """One version of a document; `source` is the Markdown that was pasted."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    source = models.TextField(_("text (Markdown)"))
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    created_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="version_number")]

    def __str__(self) -> str:
        return f"{self.document} v{self.number}"


class ClauseKind(models.TextChoices):
    """How deep a clause stands in the draft."""

    CHAPTER = "chapter", _("chapter")
    ARTICLE = "article", _("article")
    PARAGRAPH = "paragraph", _("paragraph")


class Change(models.TextChoices):
    """What became of a clause since the version before."""

    FIRST = "first", _("first version")
    SAME = "same", _("unchanged")
    MOVED = "moved", _("moved, same wording")
    REWORDED = "reworded", _("wording changed")
    NEW = "new", _("new")


class Clause(models.Model):
    """A piece of a version that can be commented on. `key` stays the same when the wording changes."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="clauses")
    key = models.CharField(max_length=80)
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=ClauseKind.choices)
    number = models.CharField(max_length=20, blank=True)  # as printed in the margin, such as "3" or "3.2"
    heading = models.CharField(max_length=240, blank=True)
    name = models.CharField(max_length=300, blank=True, editable=False)  # of a paragraph: "Pasal 3. Halte, ayat (2)"
    body = models.TextField(blank=True)
    html = models.TextField(blank=True, editable=False)
    change = models.CharField(max_length=10, choices=Change.choices, default=Change.FIRST)
    difference = models.JSONField(default=list, blank=True)  # [["same" | "gone" | "new", words], …] when reworded
    comment_count = models.PositiveIntegerField(default=0)  # shown comments and replies on this clause

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="clause_key")]

    def __str__(self) -> str:
        """What it is called: a paragraph with its article ("Pasal 3. Halte, ayat (2)"), others by their heading.

        The number stands before the heading unless the heading says it already ("Pasal 3. Halte").
        """
        if self.name:
            return self.name
        told = heading_words(self.heading, self.number) != self.heading
        return " ".join(part for part in ("" if told else self.number, self.heading) if part) or self.key

    @property
    def text(self) -> str:
        """Heading and wording together, as comments speak of them."""
        return f"{self.heading}\n{self.body}".strip()

    @property
    def mark(self) -> str:
        """The number of a paragraph as law prints it: "3.2" is "(2)". Empty for what has none."""
        return f"({self.number.rpartition('.')[2]})" if self.number else ""

    def get_absolute_url(self) -> str:
        return reverse("consultations:clause", args=[self.pk])

    def article(self) -> "Clause | None":
        """The article that a paragraph belongs to; None for what stands alone."""
        if self.kind != ClauseKind.PARAGRAPH:
            return None
        before = Clause.objects.filter(version=self.version_id, position__lt=self.position)
        above = before.exclude(kind=ClauseKind.PARAGRAPH).order_by("-position").first()
        return above if above and above.kind == ClauseKind.ARTICLE else None

    def paragraphs(self) -> models.QuerySet["Clause"]:
        """The paragraphs of an article, in order; none for chapters and paragraphs."""
        if self.kind != ClauseKind.ARTICLE:
            return Clause.objects.none()
        after = Clause.objects.filter(version=self.version_id, position__gt=self.position)
        end = after.exclude(kind=ClauseKind.PARAGRAPH).order_by("position").first()
        return (after.filter(position__lt=end.position) if end else after).order_by("position")

    @property
    def topic(self) -> str:
        return f"clause.{self.pk}"

    def lineage(self) -> models.QuerySet["Clause"]:
        """The clause in all published versions of its document, oldest first; always with itself."""
        published = models.Q(version__published_at__lte=timezone.now())
        same = Clause.objects.filter(version__document=self.version.document_id, key=self.key)
        return same.filter(published | models.Q(pk=self.pk)).order_by("version__number")
