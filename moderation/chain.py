"""How audit entries are chained by their hashes, and how a broken chain is found. Pure: reads rows, writes none."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from moderation.models import AuditEntry

START = "0" * 64


@dataclass(frozen=True)
class Check:
    """The result of verifying a chain: how many entries hold, and the first that does not (None: all hold)."""

    good: int
    broken: int | None = None
    reason: str = ""


def link(*, previous: str, at: datetime, verb: str, actor: str, target: str, facts: dict[str, Any]) -> str:
    """The SHA-256 (hex) of an act and the hash before it, over canonical JSON with the time in UTC microseconds."""
    act = {
        "previous": previous,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "verb": verb,
        "actor": actor,
        "target": target,
        "facts": facts,
    }
    return hashlib.sha256(json.dumps(act, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def verify(entries: Iterable[AuditEntry], *, head: str = "") -> Check:
    """Walk the chain from its start, in order of ids. `head`: the newest hash as kept apart ("" skips that check).

    Finds an entry that was changed, removed, inserted or put elsewhere, and entries cut off at the end.
    """
    previous, good = START, 0
    for entry in entries:
        if entry.previous != previous:
            return Check(good, entry.pk, "an entry before it was removed, added or moved")
        made = link(
            previous=previous, at=entry.at, verb=entry.verb, actor=entry.actor, target=entry.target, facts=entry.facts
        )
        if made != entry.hash:
            return Check(good, entry.pk, "its content was changed")
        previous, good = entry.hash, good + 1
    if head and head != previous:
        return Check(good, good, "entries after it were cut off")
    return Check(good)
