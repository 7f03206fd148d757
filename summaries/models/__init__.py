"""What was heard: builds, their themes, the ledger of citations, decisions, and files that leave the house."""

from summaries.models.builds import Build, BuildQuerySet
from summaries.models.citations import Citation, Kind, Lens, Place, Reason
from summaries.models.exports import Export, ExportQuerySet, Format, make_token
from summaries.models.themes import Outcome, Theme, ThemeDecision

__all__ = [
    "Build", "BuildQuerySet", "Citation", "Export", "ExportQuerySet", "Format", "Kind", "Lens", "Outcome", "Place",
    "Reason", "Theme", "ThemeDecision", "make_token",
]  # fmt: skip
