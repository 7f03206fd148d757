"""Spaces: where people write, who moderates there, before or after publication, by which rules."""

from django.db import models
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation


class Mode(models.TextChoices):
    """When a moderator looks."""

    AFTER = "after", _("shown at once, reviewed when reported")
    BEFORE = "before", _("shown after a moderator has read it")


class Space(models.Model):
    """A place of an organisation where people write. Consultations and boards point down to it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="spaces")
    name = models.CharField(_("name"), max_length=200)
    mode = models.CharField(_("moderation"), max_length=10, choices=Mode.choices, default=Mode.AFTER)

    def __str__(self) -> str:
        return self.name


class HouseRule(models.Model):
    """A numbered rule of an organisation, in each language of the site, which decisions refer to."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="house_rules")
    number = models.PositiveSmallIntegerField(_("number"))
    title_id = models.CharField(_("title in Indonesian"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120)
    text_id = models.TextField(_("text in Indonesian"))
    text_en = models.TextField(_("text in English"))
    statement_id = models.TextField(_("usual statement of reasons in Indonesian"), blank=True)
    statement_en = models.TextField(_("usual statement of reasons in English"), blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["organisation", "number"], name="house_rule_number")]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def title(self) -> str:
        return self.title_en if translation.get_language() == "en" else self.title_id

    @property
    def text(self) -> str:
        return self.text_en if translation.get_language() == "en" else self.text_id

    def statement(self, language: str) -> str:
        """What an author is told by default when this rule was broken, in their `language`."""
        own = self.statement_en if language == "en" else self.statement_id
        if own:
            return own
        with translation.override("en" if language == "en" else "id"):
            facts = {"number": self.number, "title": self.title, "text": self.text}
            return (
                gettext(
                    "We hid your text because of rule %(number)d, “%(title)s”: %(text)s "
                    "You may write it again so that it keeps the rule."
                )
                % facts
            )
