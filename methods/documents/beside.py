"""What a report carries beside its themes: campaigns, statements and what they share, moderation, who took part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CampaignEntry:
    """A text that many sent in: id and words of the repeated one (none if they may not be shown), three counts."""

    original: str
    contributions: int
    distinct: int
    contributors: int
    levels: Mapping[str, int] = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True, slots=True)
class StatementEntry:
    """A statement of an opinion conversation with its answers."""

    id: str
    text: str
    agree: int = 0
    disagree: int = 0
    passed: int = 0


@dataclass(frozen=True, slots=True)
class ModerationEntry:
    """A decision of the public moderation log: no names, no texts. `automated` says that no person made it."""

    kind: str
    outcome: str
    rule: str
    reason: str
    decided_at: datetime
    automated: bool = False


@dataclass(frozen=True, slots=True)
class GroupEntry:
    """How many contributors belong to a group (`dimension` "level", "area" or "kind"). None: too few to be told.

    `inhabitants`: how many live there, where census figures say so.
    """

    dimension: str
    group: str
    contributors: int | None
    inhabitants: int | None = None


@dataclass(frozen=True, slots=True)
class GroundEntry:
    """A conversation with what is shared and what divides: statements, each with its answers in one sentence."""

    question: str
    shared: tuple[str, ...] = ()
    divided: tuple[str, ...] = ()
