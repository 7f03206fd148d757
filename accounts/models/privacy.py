"""Versions of the privacy notice, and who agreed to which."""

from django.db import models
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.models.people import Participant


class PrivacyNoticeQuerySet(models.QuerySet["PrivacyNotice"]):
    """Adjectives of notices."""

    def in_force(self) -> "PrivacyNotice | None":
        return self.filter(published_at__lte=timezone.now()).order_by("-version").first()


class PrivacyNotice(models.Model):
    """One version of the notice, in each language of the site. The newest published one is in force."""

    version = models.PositiveIntegerField(unique=True)
    text_id = models.TextField(_("text in Indonesian (Markdown)"))
    text_en = models.TextField(_("text in English (Markdown)"))
    published_at = models.DateTimeField(default=timezone.now)

    objects = PrivacyNoticeQuerySet.as_manager()

    @property
    def text(self) -> str:
        return self.text_en if translation.get_language() == "en" else self.text_id

    def __str__(self) -> str:
        return f"v{self.version}"


class Consent(models.Model):
    """A participant agreed to a version of the privacy notice."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="consents")
    notice = models.ForeignKey(PrivacyNotice, on_delete=models.PROTECT)
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["participant", "notice"], name="consent_once")]

    def __str__(self) -> str:
        return f"{self.participant} · {self.notice}"
