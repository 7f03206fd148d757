"""`Moderated`: what every kind of text that people write has in common."""

from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Participant, Role
from moderation.models.spaces import Space


class ModeratedQuerySet(models.QuerySet[Any]):
    """Adjectives of moderated texts."""

    def shown(self) -> Self:
        """Neither held for review nor hidden: what everybody may see."""
        return self.filter(held_at=None, hidden_at=None)

    def visible_to(self, person: Participant | None) -> Self:
        """What is shown, one's own, and everything in spaces that the person moderates."""
        if person is None:
            return self.shown()
        moderated = person.organisations_as(Role.MODERATOR)
        return self.filter(Q(held_at=None, hidden_at=None) | Q(author=person) | Q(space__organisation__in=moderated))


class Moderated(models.Model):
    """A text by a participant in a space. State follows from times: held, hidden, or shown.

    `body` is what was typed (Markdown), `html` what `moderation.richtext.render` made of it when it was saved.
    """

    author = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="%(class)ss")
    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="%(class)ss")
    body = models.TextField()
    html = models.TextField(editable=False)
    language = models.CharField(max_length=5, blank=True)
    origin = models.CharField(max_length=120, blank=True)  # where an import took it from
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)

    objects = ModeratedQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.body[:60]

    @property
    def source_key(self) -> str:
        """How summaries cite it, such as `comment:12`."""
        return f"{self._meta.model_name}:{self.pk}"

    @property
    def is_shown(self) -> bool:
        return self.held_at is None and self.hidden_at is None

    @classmethod
    def joins(cls) -> list[str]:
        """What `context()` reads, for lists of many texts: all rows that this one points to, or what a kind says."""
        return [field.name for field in cls._meta.concrete_fields if field.many_to_one]

    def context(self) -> dict[str, Any]:
        """Where it stands, for a moderator: `where` (words), `url` (its place in its page), `parent` (text or "")."""
        raise TypeError(f"{type(self).__name__} must say where it stands.")

    def after_decision(self) -> None:
        """Called inside the transaction of a decision, after `held_at` and `hidden_at` have changed.

        Rooms recount here what they count of visible texts, and publish their topics.
        """
        raise TypeError(f"{type(self).__name__} must say what follows from a decision.")


def kinds_of_text() -> list[type[Moderated]]:
    """Every kind of text that the rooms hold."""
    return [model for model in apps.get_models() if issubclass(model, Moderated)]


def find_kind(name: str) -> type[Moderated] | None:
    """The kind of text called `name` (`comment`, `post`, …), or None. Names are those of `source_key`."""
    return next((kind for kind in kinds_of_text() if kind._meta.model_name == name), None)
