"""What moderation knows: spaces with rules, things that people wrote, cases, decisions, and the audit."""

from moderation.models.audit import AuditEntry, AuditHead
from moderation.models.cases import CLAIM, Case, Decision, Flag, FlagReason, Hint, Outcome
from moderation.models.items import Moderated, ModeratedQuerySet, find_kind
from moderation.models.spaces import HouseRule, Mode, Space

__all__ = [
    "CLAIM", "AuditEntry", "AuditHead", "Case", "Decision", "Flag", "FlagReason", "Hint", "HouseRule", "Mode",
    "Moderated", "ModeratedQuerySet", "Outcome", "Space", "find_kind",
]  # fmt: skip
