"""Endpoints of consultations, drafts, clauses and comments."""

from typing import Any

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view

from api import filters, serializers
from api.base import ReadingMany
from consultations.models import Clause, Comment, Consultation, Document, Version


def described(many: Any, one: Any) -> Any:
    """The two lines that describe a list and a single row."""
    return extend_schema_view(
        list=extend_schema(summary=many, description=""), retrieve=extend_schema(summary=one, description="")
    )


@described(_("Consultations, newest first"), _("One consultation"))
class Consultations(ReadingMany):
    """Published consultations."""

    serializer_class = serializers.ConsultationSerializer
    filterset_class = filters.ConsultationFilter
    lookup_field = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]{1,80}"

    def get_queryset(self) -> QuerySet[Consultation]:
        shown = Comment.objects.shown().filter(consultation=OuterRef("pk")).order_by().values("consultation")
        return (
            Consultation.objects.visible_to(None)
            .select_related("organisation", "area")
            .prefetch_related("phases", "tag_items__tag")
            .annotate(shown_comments=Coalesce(Subquery(shown.annotate(n=Count("pk")).values("n")), 0))
            .order_by("-published_at", "-pk")
        )


@described(_("Draft documents"), _("One draft document"))
class Documents(ReadingMany):
    """Documents with a published version."""

    serializer_class = serializers.DocumentSerializer
    filterset_class = filters.DocumentFilter

    def get_queryset(self) -> QuerySet[Document]:
        now = timezone.now()
        versions = Version.objects.filter(published_at__lte=now).annotate(clause_total=Count("clauses"))
        published = Version.objects.filter(published_at__lte=now, document=OuterRef("pk"))
        return (
            Document.objects.filter(consultation__in=Consultation.objects.visible_to(None))
            .filter(pk__in=published.values("document"))
            .select_related("consultation")
            .prefetch_related(Prefetch("versions", queryset=versions.order_by("-number"), to_attr="published"))
            .order_by("pk")
        )


@described(_("Clauses of published versions, in their order"), _("One clause"))
class Clauses(ReadingMany):
    """Clauses of published versions."""

    serializer_class = serializers.ClauseSerializer
    filterset_class = filters.ClauseFilter

    def get_queryset(self) -> QuerySet[Clause]:
        visible = Consultation.objects.visible_to(None)
        return (
            Clause.objects.filter(version__published_at__lte=timezone.now())
            .filter(version__document__consultation__in=visible)
            .select_related("version__document__consultation")
            .order_by("version", "position")
        )


@described(_("Comments and replies that everybody can read, newest first"), _("One comment"))
class Comments(ReadingMany):
    """Shown comments."""

    serializer_class = serializers.CommentSerializer
    filterset_class = filters.CommentFilter

    def get_queryset(self) -> QuerySet[Comment]:
        rows = Comment.objects.visible_to(None).select_related("consultation", "clause", "author")
        return rows.order_by("-pk")
