"""Keeps the vectors of what was said, made in the background, so that a build need not make them again.

Where the encoder keeps none (`Embedder.keeps`), nothing is made and nothing is kept.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from realtime.actions import atomic
from summaries.models import Vector
from summaries.sources import SOURCES

if TYPE_CHECKING:
    from methods.text import Embedder

BATCH = 256  # passages that are encoded and kept at once: what a killed worker loses at most
CHUNK = 500  # keys in one question to the database
UNUSED = timedelta(days=90)  # after which a vector is forgotten
DAY = timedelta(days=1)
Told = Callable[[float], None]


def keep_vectors(
    *, bodies: Iterable[str], encoder: "Embedder", tell: Told | None = None, most: int | None = None
) -> int:
    """Make and keep the vectors of `bodies` that are not kept yet, at most `most`; each batch is there for good.

    `tell(share)` hears how far it is and may raise to stop. Returns how many were made. Publishes nothing.
    """
    from methods.text import make_vectors, passage_keys

    wanted = passage_keys(bodies, encoder)
    known = {key for chunk in _chunks(list(wanted)) for key in _kept(chunk)}
    missing = [key for key in wanted if key not in known][:most]
    for at in range(0, len(missing), BATCH):
        if tell:
            tell(at / len(missing))
        keys = missing[at : at + BATCH]
        _write(keys, make_vectors([wanted[key] for key in keys], encoder))
    return len(missing)


def vectors_of(*, bodies: Iterable[str], encoder: "Embedder") -> dict[str, bytes]:
    """The kept vectors of `bodies` by key, and note that they were used."""
    from methods.text import passage_keys

    found: dict[str, bytes] = {}
    stale: list[str] = []
    now = timezone.now()
    for chunk in _chunks(list(passage_keys(bodies, encoder))):
        for key, data, used in Vector.objects.filter(pk__in=chunk).values_list("key", "data", "used_at"):
            found[key] = bytes(data)
            if now - used > DAY:
                stale.append(key)
    for chunk in _chunks(stale):
        Vector.objects.filter(pk__in=chunk).update(used_at=now)
    return found


def embed_recent(*, since: datetime, most: int) -> int:
    """Make the vectors of what was said or changed after `since` and may be read, at most `most`. Returns how many."""
    from methods.text import default_embedder

    encoder = default_embedder()
    return keep_vectors(bodies=_recent(since), encoder=encoder, most=most) if encoder.keeps else 0


@atomic()
def forget_vectors() -> int:
    """Delete vectors that no build has used for 90 days. Returns how many."""
    return Vector.objects.filter(used_at__lt=timezone.now() - UNUSED).delete()[0]


@atomic()
def _write(keys: Sequence[str], vectors: Sequence[bytes]) -> None:
    rows = [Vector(key=key, data=data) for key, data in zip(keys, vectors, strict=True)]
    Vector.objects.bulk_create(rows, ignore_conflicts=True)  # another worker may have been faster


def _recent(since: datetime) -> Iterator[str]:
    """Texts of all consultations that came or were edited after `since`, without those that nobody may read."""
    for source in SOURCES:
        rows = source.model._default_manager.filter(source.public(), held_at=None, hidden_at=None)
        recent = rows.filter(Q(created_at__gt=since) | Q(edited_at__gt=since)).order_by("pk")
        yield from recent.values_list("body", flat=True).iterator(chunk_size=1000)


def _kept(keys: Sequence[str]) -> Iterable[str]:
    return Vector.objects.filter(pk__in=keys).values_list("pk", flat=True)


def _chunks(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    return (keys[at : at + CHUNK] for at in range(0, len(keys), CHUNK))
