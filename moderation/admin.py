"""Operators' door to spaces, house rules and the audit. Decisions are made in the queue, not here."""

from django.contrib import admin
from django.http import HttpRequest

from moderation.models import AuditEntry, HouseRule, Space


@admin.register(Space)
class SpaceAdmin(admin.ModelAdmin):
    list_display = ["name", "organisation", "mode"]
    list_filter = ["mode", "organisation"]
    fields = ["name", "organisation", "mode"]
    readonly_fields = ["organisation"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Space | None = None) -> bool:
        return False


@admin.register(HouseRule)
class HouseRuleAdmin(admin.ModelAdmin):
    list_display = ["number", "title_id", "organisation"]
    list_filter = ["organisation"]


@admin.register(AuditEntry)
class AuditEntryAdmin(admin.ModelAdmin):
    list_display = ["id", "at", "verb", "target"]
    fields = ["at", "verb", "actor", "target", "facts", "previous", "hash"]
    readonly_fields = ["at", "verb", "actor", "target", "facts", "previous", "hash"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: AuditEntry | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: AuditEntry | None = None) -> bool:
        return False
