"""Operators see that notices are made and mailed, not what they say; nothing is changed here."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from notifications.models import Mailing, Notice


class ReadOnly(admin.ModelAdmin):
    """Shows rows; adds, changes and deletes nothing."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Notice)
class NoticeAdmin(ReadOnly):
    list_display = ["kind", "created_at", "read_at", "mailed_at"]
    list_filter = ["kind"]
    fields = ["kind", "created_at", "read_at", "mailed_at"]


@admin.register(Mailing)
class MailingAdmin(ReadOnly):
    list_display = ["amount", "sent_at"]
    list_filter = ["amount"]
    fields = ["amount", "sent_at"]
