"""Words that people write beside a summary, and those a language model may suggest: always marked whose they are."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Participant
from consultations.models import Consultation
from summaries.models.builds import Build
from summaries.models.citations import Citation
from summaries.models.themes import Theme


class EasyRead(models.Model):
    """The summary of a consultation in easy language, written by a person. `html` is made when it is saved."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="easy_reads")
    language = models.CharField(max_length=8)
    body = models.TextField(_("text in easy language"))
    html = models.TextField(blank=True)
    written_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["language"]
        constraints = [models.UniqueConstraint(fields=["consultation", "language"], name="easy_read_once")]

    def __str__(self) -> str:
        return f"{self.consultation} ({self.language})"


class Translation(models.Model):
    """A quote in another language. `machine` names the model that made it; empty: a person did."""

    citation = models.ForeignKey(Citation, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=8)
    text = models.TextField()
    machine = models.CharField(max_length=80, blank=True)
    made_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["citation", "language"], name="translated_once")]

    def __str__(self) -> str:
        return f"{self.citation} ({self.language})"


class Suggested(models.TextChoices):
    """What a language model may suggest."""

    TITLE = "title", _("a title")
    MERGE = "merge", _("merging two themes")
    PLAIN = "plain", _("plain language")
    TRANSLATION = "translation", _("a translation")


class Suggestion(models.Model):
    """What a language model suggested until a person takes or refuses it. `facts` names the ids and quotes it cites."""

    build = models.ForeignKey(Build, on_delete=models.CASCADE, related_name="suggestions")
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, null=True, blank=True, related_name="suggestions")
    kind = models.CharField(max_length=12, choices=Suggested.choices)
    text = models.TextField()
    facts = models.JSONField(default=dict)
    machine = models.CharField(max_length=80)
    made_at = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind}: {self.text[:40]}"
