"""What moderation knows: spaces with rules, things that people wrote, cases, decisions, and the audit."""

from moderation.models.audit import AuditEntry
from moderation.models.cases import Case, Decision, Flag, FlagReason, Outcome
from moderation.models.items import Moderated, ModeratedQuerySet
from moderation.models.spaces import HouseRule, Mode, Space

__all__ = [
    "AuditEntry", "Case", "Decision", "Flag", "FlagReason", "HouseRule", "Mode", "Moderated", "ModeratedQuerySet",
    "Outcome", "Space",
]  # fmt: skip
