"""Consultations, their drafts, clauses and comments, as the interface tells them."""

from typing import Any

from django.conf import settings
from rest_framework import serializers

from accounts.models import Organisation
from api.base import Author, Public
from consultations.models import Clause, Comment, Consultation, Document, Phase, PhaseKind


class OrganisationSerializer(serializers.ModelSerializer):
    class Meta:
        model = Organisation
        fields = ["slug", "name"]


class PhaseSerializer(serializers.ModelSerializer):
    class Meta:
        model = Phase
        fields = ["kind", "title", "starts_at", "ends_at"]


class ConsultationSerializer(Public):
    """A consultation. Expects `phases` and tags to be prefetched and `shown_comments` to be annotated."""

    organisation = OrganisationSerializer()
    area = serializers.CharField(source="area.name", default=None, allow_null=True, read_only=True)
    phase = serializers.SerializerMethodField()
    is_open = serializers.BooleanField(read_only=True)
    phases = PhaseSerializer(source="schedule", many=True, read_only=True)
    tags = serializers.SerializerMethodField()
    comments = serializers.IntegerField(source="shown_comments", read_only=True)

    class Meta:
        model = Consultation
        fields = [
            "slug", "title", "question", "language", "organisation", "area", "decided", "changeable", "legal_basis",
            "responsible", "published_at", "answer_due_at", "phase", "is_open", "phases", "tags", "comments", "url",
        ]  # fmt: skip

    def get_phase(self, row: Consultation) -> PhaseKind | None:
        phase = row.phase()
        return PhaseKind(phase.kind) if phase else None

    def get_tags(self, row: Consultation) -> list[str]:
        return sorted(item.tag.name for item in row.tag_items.all())


class DocumentSerializer(serializers.ModelSerializer):
    """A draft. Expects `published` (its published versions, newest first) to be prefetched."""

    consultation = serializers.CharField(source="consultation.slug", read_only=True)
    version = serializers.SerializerMethodField()
    version_published_at = serializers.SerializerMethodField()
    note = serializers.SerializerMethodField()
    clauses = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()

    class Meta:
        model = Document
        fields = [
            "id", "consultation", "title", "language", "version", "version_published_at", "note", "clauses", "url",
        ]  # fmt: skip

    def get_version(self, row: Any) -> int:
        return int(row.published[0].number)

    def get_version_published_at(self, row: Any) -> str:
        return str(row.published[0].published_at.isoformat())

    def get_note(self, row: Any) -> str:
        return str(row.published[0].note)

    def get_clauses(self, row: Any) -> int:
        return int(row.published[0].clause_total)

    def get_url(self, row: Document) -> str:
        return f"{settings.PUBLIC_URL}{row.consultation.get_absolute_url()}draft/{row.pk}/"


class ClauseSerializer(Public):
    """A clause of a published version."""

    document = serializers.IntegerField(source="version.document_id", read_only=True)
    version = serializers.IntegerField(source="version.number", read_only=True)
    consultation = serializers.CharField(source="version.document.consultation.slug", read_only=True)

    class Meta:
        model = Clause
        fields = [
            "id", "consultation", "document", "version", "key", "position", "kind", "number", "heading", "body", "html",
            "change", "comment_count", "url",
        ]  # fmt: skip


class CommentSerializer(Public):
    """A shown comment or reply."""

    consultation = serializers.CharField(source="consultation.slug", read_only=True)
    clause_key = serializers.CharField(source="clause.key", default=None, allow_null=True, read_only=True)
    author = Author()

    class Meta:
        model = Comment
        fields = [
            "id", "consultation", "clause", "clause_key", "parent", "root", "stance", "body", "html", "language",
            "author", "support_count", "reply_count", "created_at", "edited_at", "url",
        ]  # fmt: skip
