"""Operators' door to people and organisations. Roles change through actions, so that open pages hear of it."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts import actions
from accounts.models import Area, Membership, Organisation, PrivacyNotice, User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    list_display = ["email", "is_active", "is_staff", "created_at"]
    search_fields = ["email"]
    fields = ["email", "language", "is_active", "is_staff", "created_at", "last_login"]
    readonly_fields = ["email", "created_at", "last_login"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: User, form: object, change: bool) -> None:
        actions.save_user(user=obj)


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    list_display = ["user", "role", "organisation"]
    list_filter = ["role", "organisation"]
    autocomplete_fields = ["user"]
    fields = ["user", "organisation", "role"]

    def has_change_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Membership, form: object, change: bool) -> None:
        actions.give_role(user=obj.user, organisation=obj.organisation, role=obj.role)

    def delete_model(self, request: HttpRequest, obj: Membership) -> None:
        actions.take_role(membership=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        for membership in queryset:
            actions.take_role(membership=membership)


admin.site.register([Area, Organisation, PrivacyNotice])
