"""Keeps the vectors of what was said, made in the background, so that a build need not make them again.

Where the encoder keeps none (`Embedder.keeps`), nothing is made and nothing is kept.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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


def keep_vectors(*, bodies: Iterable[str], encoder: "Embedder", tell: Told | None = None) -> dict[str, bytes]:
    """The vectors of `bodies` by key: what is kept of them, and the rest, which is made and kept batch by batch.

    `tell(share)` hears how far it is and may raise to stop; the batches until then stay. Notes which were used.
    Publishes nothing.
    """
    from methods.text import passage_keys

    wanted = passage_keys(bodies, encoder)
    found = _take(list(wanted))
    missing = {key: plain for key, plain in wanted.items() if key not in found}
    return found | _make(missing, encoder, tell)


def kept_vectors(*, bodies: Iterable[str], encoder: "Embedder") -> dict[str, bytes]:
    """Those vectors of `bodies` that are kept, by key, for pages that compare a few. Writes nothing."""
    from methods.text import passage_keys

    chunks = _chunks(list(passage_keys(bodies, encoder)))
    rows = (Vector.objects.filter(pk__in=chunk).values_list("key", "data") for chunk in chunks)
    return {key: bytes(data) for found in rows for key, data in found}


def _take(keys: Sequence[str]) -> dict[str, bytes]:
    """Those of the vectors `keys` that are kept; notes that they were used."""
    found: dict[str, bytes] = {}
    stale: list[str] = []
    now = timezone.now()
    for chunk in _chunks(keys):
        for key, data, used in Vector.objects.filter(pk__in=chunk).values_list("key", "data", "used_at"):
            found[key] = bytes(data)
            if now - used > DAY:
                stale.append(key)
    for chunk in _chunks(stale):
        Vector.objects.filter(pk__in=chunk).update(used_at=now)
    return found


def _make(missing: Mapping[str, str], encoder: "Embedder", tell: Told | None = None) -> dict[str, bytes]:
    """Make and keep the vectors of the passages `missing`; each batch is there for good."""
    from methods.text import make_vectors

    made: dict[str, bytes] = {}
    keys = list(missing)
    for at in range(0, len(keys), BATCH):
        if tell:
            tell(at / len(keys))
        batch = keys[at : at + BATCH]
        vectors = make_vectors([missing[key] for key in batch], encoder)
        _write(batch, vectors)
        made |= dict(zip(batch, vectors, strict=True))
    return made


def embed_recent(*, since: datetime, most: int) -> int:
    """Make the vectors of what was said or changed after `since` and may be read, at most `most`. Returns how many."""
    from methods.text import default_embedder, passage_keys

    encoder = default_embedder()
    wanted = passage_keys(_recent(since), encoder)
    known = {key for chunk in _chunks(list(wanted)) for key in _kept(chunk)}
    missing = [key for key in wanted if key not in known][:most]
    return len(_make({key: wanted[key] for key in missing}, encoder))


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
