"""Endpoints of themes: the newest published summary of each consultation, with every contribution behind a theme."""

from typing import Any

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from api import filters, serializers
from api.base import ReadingMany
from api.views.consulting import described
from summaries.models import Build, Theme
from summaries.personal import Mask
from summaries.reading import still_said
from summaries.sources import find


@described(_("Themes of published summaries, biggest first"), _("One theme with its quotes"))
class Themes(ReadingMany):
    """Themes of the newest published summary of each consultation."""

    serializer_class = serializers.ThemeSerializer
    filterset_class = filters.ThemeFilter

    def get_queryset(self) -> QuerySet[Theme]:
        published = Build.objects.visible_to(None)
        same = published.filter(consultation=OuterRef("consultation")).newest()
        newest = published.filter(pk=Subquery(same.values("pk")[:1]))
        rows = Theme.objects.standing().filter(build__in=newest.values("pk"))
        rows = rows.select_related("build__consultation").prefetch_related("decisions")
        return rows.order_by("-build", "number")

    @extend_schema(responses={200: serializers.ThemeDetailSerializer})
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        theme = self.get_object()
        quoted = list(theme.citations.exclude(quote_rank=None).order_by("quote_rank"))
        sources = find(theme.build.consultation, {one.source_key for one in quoted})
        said = [(one, still_said(one, sources)) for one in quoted]
        mask = Mask.of(theme.build)
        quotes = [
            {
                "source_key": one.source_key,
                "quote": mask.quote(one, source),
                "language": source.language,
                "url": f"{settings.PUBLIC_URL}{source.url}",
            }
            for one, source in said
            if source
        ]
        return Response(serializers.ThemeDetailSerializer(theme, context={"quotes": quotes}).data)

    @extend_schema(
        summary=_("Every contribution of a theme, by its key"), description="",
        responses={200: serializers.CitationSerializer(many=True)},
    )  # fmt: skip
    @action(detail=True, filterset_class=None)
    def citations(self, request: Request, pk: str = "") -> Response:
        """The ledger of the theme, so that its counts can be added up again."""
        rows = self.get_object().citations.order_by("pk")
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(serializers.CitationSerializer(page, many=True).data)
