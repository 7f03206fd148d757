"""Operators' door to conversations: to look, not to write. People's texts are decided in the queue of moderators."""

from django.contrib import admin
from django.http import HttpRequest

from opinions.models import Conversation, Statement


class ReadOnlyAdmin(admin.ModelAdmin):
    """Shows rows; whatever changes them is an action of the room."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Conversation)
class ConversationAdmin(ReadOnlyAdmin):
    list_display = ["question", "consultation", "state", "voter_count", "published_at"]
    list_select_related = ["consultation"]
    search_fields = ["question"]


@admin.register(Statement)
class StatementAdmin(ReadOnlyAdmin):
    list_display = ["number", "body", "conversation", "agree_count", "disagree_count", "pass_count"]
    list_select_related = ["conversation"]
    exclude = ["author"]
    search_fields = ["body"]
