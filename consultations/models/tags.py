"""Tags with a normalised unique key, and the base of plain through models (taggit's default is generic)."""

import unicodedata
from typing import ClassVar

from django.db import models
from taggit.models import ItemBase, TagBase

from consultations.models.consultation import Consultation


def normalise_tag(name: str) -> str:
    """One key for all spellings of a tag: NFKC, case folded, single spaces, no NUL (PostgreSQL keeps none)."""
    return " ".join(unicodedata.normalize("NFKC", name.replace("\x00", "")).casefold().split())


class Tag(TagBase):
    """A word by which consultations and threads are found. `slug` is its normalised key."""

    slug = models.CharField(max_length=100, unique=True)

    def slugify(self, tag: str, i: int | None = None) -> str:
        return normalise_tag(tag) if i is None else f"{normalise_tag(tag)} {i}"


class TaggedThing(ItemBase):
    """Base of the through models of consultations and threads."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="%(app_label)s_%(class)s_items")

    class Meta:
        abstract = True


class TaggedConsultation(TaggedThing):
    """A tag on a consultation."""

    content_object = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="tag_items")

    objects: ClassVar[models.Manager["TaggedConsultation"]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="consultation_tag_once")]
