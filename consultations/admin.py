"""Operators look here; what is written is written on the pages of the site."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from consultations.models import Comment, Consultation, Document, Phase, Tag, Version


class ReadOnly(admin.ModelAdmin):
    """Shows rows; adds, changes and deletes nothing."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Consultation)
class ConsultationAdmin(ReadOnly):
    list_display = ["title", "organisation", "published_at"]
    list_select_related = ["organisation"]
    search_fields = ["title", "slug"]


@admin.register(Phase)
class PhaseAdmin(ReadOnly):
    list_display = ["consultation", "kind", "starts_at", "ends_at"]
    list_select_related = ["consultation"]


@admin.register(Document)
class DocumentAdmin(ReadOnly):
    list_display = ["title", "consultation"]
    list_select_related = ["consultation"]


@admin.register(Version)
class VersionAdmin(ReadOnly):
    list_display = ["document", "number", "published_at"]
    list_select_related = ["document"]
    exclude = ["source"]


@admin.register(Comment)
class CommentAdmin(ReadOnly):
    """Without names: who wrote what is nothing that operators need."""

    list_display = ["pk", "consultation", "stance", "created_at", "held_at", "hidden_at"]
    list_select_related = ["consultation"]
    exclude = ["author", "receipt", "fingerprint"]


@admin.register(Tag)
class TagAdmin(ReadOnly):
    list_display = ["name", "slug"]
    search_fields = ["name"]
