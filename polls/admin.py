"""Operators see polls here, read-only: what counts is changed by organisers' pages, and ballots have no page at all."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from polls.models import Poll


@admin.register(Poll)
class PollAdmin(admin.ModelAdmin):
    """Polls with their dates and turnout; never figures of a result."""

    list_display = ["title", "consultation", "mode", "results", "opens_at", "closes_at", "ballot_count"]
    list_select_related = ["consultation"]
    list_filter = ["mode"]
    search_fields = ["title"]
    readonly_fields = [
        "consultation", "title", "mode", "results", "electorate", "area", "level", "roll_size",
        "allows_change", "asks_remark", "opens_at",
        "closes_at", "published_at", "created_at", "ballot_count", "publication", "unlinked_at",
    ]  # fmt: skip
    fields = [*readonly_fields]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
