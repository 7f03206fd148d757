"""Asks the rooms: who may listen to a topic, and what are its facts now. Used by sockets and by HTTP alike.

The version of a topic is read before its facts, so a page never shows old facts under a new version.
"""

import json
import logging
import re
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError

from realtime.models import TopicVersion
from realtime.topics import find

logger = logging.getLogger(__name__)
KEY = re.compile(r"[a-z_]+(\.[a-z_]+)*\.[A-Za-z0-9_-]+", re.ASCII)
KEY_LENGTH = 100


@dataclass(frozen=True)
class Snapshot:
    """What a page gets: `text` is the JSON of topic, version and facts, made `at` (monotonic seconds)."""

    version: int
    text: str
    at: float


def is_key(key: object) -> bool:
    """Whether `key` looks like `poll.7`."""
    return isinstance(key, str) and len(key) <= KEY_LENGTH and KEY.fullmatch(key) is not None


def may_listen(person: Any, key: str) -> bool:
    """Whether `person` may hear the topic `key`. No for topics that do not exist and for ids that mean nothing."""
    found = find(key) if is_key(key) else None
    if found is None:
        return False
    topic, id_ = found
    try:
        return bool(topic.may_listen(person, id_))
    except (ValueError, OverflowError, ObjectDoesNotExist):
        return False


def allowed(person: Any, keys: Iterable[str]) -> set[str]:
    """Those of `keys` that `person` may hear."""
    return {key for key in keys if may_listen(person, key)}


def versions(keys: Collection[str]) -> dict[str, int]:
    """The versions of the topics `keys`, in one query; 0 for those that never changed."""
    found = dict(TopicVersion.objects.filter(key__in=keys).values_list("key", "version")) if keys else {}
    return {key: found.get(key, 0) for key in keys}


def take(key: str, version: int) -> Snapshot | None:
    """The snapshot of `key` now, under the `version` that was read before. None where the room has no facts.

    A mistake of one room is logged and takes nothing from the others; a database that is away is the caller's matter.
    """
    found = find(key)
    if found is None:
        return None
    topic, id_ = found
    try:
        facts = topic.snapshot(id_)
        text = json.dumps(
            {"topic": key, "version": version, "facts": facts},
            cls=DjangoJSONEncoder,
            ensure_ascii=False,
            separators=(",", ":"),
        )
    except DatabaseError:
        raise
    except ObjectDoesNotExist:
        return None
    except Exception:
        logger.exception("The snapshot of %s failed.", key)
        return None
    return Snapshot(version, text, time.monotonic())


def take_changed(known: Mapping[str, int | None]) -> dict[str, Snapshot]:
    """New snapshots of those keys whose version is not the one that is `known` (None: take one in any case)."""
    fresh = {}
    for key, version in versions(known).items():
        if version != known[key]:
            snapshot = take(key, version)
            if snapshot is not None:
                fresh[key] = snapshot
    return fresh
