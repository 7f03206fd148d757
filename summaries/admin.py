"""Summaries as operators see them: to look at, never to change."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from summaries.models import Build, Export, Theme, ThemeDecision


class ReadOnly(admin.ModelAdmin):
    """Rows are written by actions only."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Build)
class BuildAdmin(ReadOnly):
    list_display = ["consultation", "created_at", "finished_at", "published_at"]
    list_select_related = ["consultation"]


@admin.register(Theme)
class ThemeAdmin(ReadOnly):
    list_display = ["label", "build", "contributions", "contributors"]
    list_select_related = ["build__consultation"]


@admin.register(ThemeDecision)
class ThemeDecisionAdmin(ReadOnly):
    list_display = ["theme", "outcome", "decided_at"]
    list_select_related = ["theme"]


@admin.register(Export)
class ExportAdmin(ReadOnly):
    list_display = ["consultation", "format", "created_at", "expires_at"]
    list_select_related = ["consultation"]
    fields = ["consultation", "build", "format", "size", "owner", "created_at", "expires_at"]
