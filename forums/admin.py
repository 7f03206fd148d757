"""Operators' door to boards: title and introduction. Threads and posts belong to moderators, in their queue."""

from django.contrib import admin
from django.http import HttpRequest

from forums.models import Board


@admin.register(Board)
class BoardAdmin(admin.ModelAdmin):
    list_display = ["title", "consultation"]
    fields = ["title", "intro", "consultation"]
    readonly_fields = ["consultation"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Board | None = None) -> bool:
        return False
