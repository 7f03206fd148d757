"""The matter at hand: consultations and phases, the draft and its clauses, comments, tags."""

from consultations.models.comments import Comment, Stance, Support
from consultations.models.consultation import Consultation, ConsultationQuerySet, Phase, PhaseKind
from consultations.models.draft import Clause, ClauseKind, Document, Version
from consultations.models.tags import Tag, TaggedConsultation, TaggedThing, normalise_tag

__all__ = [
    "Clause", "ClauseKind", "Comment", "Consultation", "ConsultationQuerySet", "Document", "Phase", "PhaseKind",
    "Stance", "Support", "Tag", "TaggedConsultation", "TaggedThing", "Version", "normalise_tag",
]  # fmt: skip
