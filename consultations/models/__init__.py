"""The matter at hand: consultations and phases, the draft and its clauses, comments, tags."""

from consultations.models.comments import Comment, CommentQuerySet, Stance, Support, make_receipt
from consultations.models.consultation import Consultation, ConsultationQuerySet, Phase, PhaseKind
from consultations.models.discussion import Talk
from consultations.models.draft import Change, Clause, ClauseKind, Document, Version
from consultations.models.tags import Tag, TaggedConsultation, TaggedThing, normalise_tag

__all__ = [
    "Change", "Clause", "ClauseKind", "Comment", "CommentQuerySet", "Consultation", "ConsultationQuerySet", "Document",
    "Phase", "PhaseKind", "Stance", "Support", "Tag", "TaggedConsultation", "TaggedThing", "Talk", "Version",
    "make_receipt", "normalise_tag",
]  # fmt: skip
