"""What was heard: builds, their themes, the ledger of citations, review, decisions, and files that leave the house."""

from summaries.models.audits import Audit, AuditItem, AuditReading, Verdict
from summaries.models.builds import Build, BuildQuerySet
from summaries.models.census import Census
from summaries.models.citations import Citation, Kind, Lens, Place, Reason
from summaries.models.corrections import Cause, Dispute, Personal, PersonalFind, Revision, Settlement
from summaries.models.editing import Campaign, Edit, Pin, Verb
from summaries.models.exports import Export, ExportQuerySet, Format, make_token
from summaries.models.holding import Holding
from summaries.models.packages import Package
from summaries.models.themes import Outcome, Tally, Theme, ThemeDecision, ThemeQuerySet
from summaries.models.vectors import Vector
from summaries.models.wording import EasyRead, Suggested, Suggestion, Translation

__all__ = [
    "Audit", "AuditItem", "AuditReading", "Build", "BuildQuerySet", "Campaign", "Cause", "Census", "Citation",
    "Dispute", "EasyRead", "Edit", "Export", "ExportQuerySet", "Format", "Holding", "Kind", "Lens", "Outcome",
    "Package", "Personal", "PersonalFind", "Pin", "Place", "Reason", "Revision", "Settlement", "Suggested",
    "Suggestion", "Tally", "Theme", "ThemeDecision", "ThemeQuerySet", "Translation", "Vector", "Verb", "Verdict",
    "make_token",
]  # fmt: skip
