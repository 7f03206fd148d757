"""Endpoints of polls, conversations, statements, threads and posts."""

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from api import filters, serializers
from api.base import ReadingMany
from api.views.consulting import described
from forums.models import Post, Thread
from opinions.models import Conversation, Statement
from polls.actions import read_result
from polls.models import Poll
from polls.rules import may_see_results


@described(_("Polls, those that close last first"), _("One poll"))
class Polls(ReadingMany):
    """Published polls."""

    serializer_class = serializers.PollSerializer
    filterset_class = filters.PollFilter

    def get_queryset(self) -> QuerySet[Poll]:
        polls = Poll.objects.visible_to(None).select_related("consultation").prefetch_related("questions")
        return polls.order_by("-closes_at", "-pk")

    @extend_schema(
        summary=_("Result of a poll, as soon as everybody may see it"), description="",
        responses={200: serializers.ResultSerializer},
    )  # fmt: skip
    @action(detail=True, filterset_class=None, pagination_class=None)
    def result(self, request: Request, pk: str = "") -> Response:
        """The same rule as on the pages, for a reader whom nobody knows."""
        poll = self.get_object()
        verdict = may_see_results(None, poll)
        if not verdict:
            raise PermissionDenied(verdict.reason)
        return Response(serializers.ResultSerializer((poll, read_result(poll))).data)


@described(_("Conversations: questions to which people write statements"), _("One conversation"))
class Conversations(ReadingMany):
    """Published conversations."""

    serializer_class = serializers.ConversationSerializer
    filterset_class = filters.ConversationFilter

    def get_queryset(self) -> QuerySet[Conversation]:
        shown = Statement.objects.shown().filter(conversation=OuterRef("pk")).order_by().values("conversation")
        return (
            Conversation.objects.visible_to(None)
            .select_related("consultation")
            .prefetch_related("consultation__phases")
            .annotate(shown_statements=Coalesce(Subquery(shown.annotate(n=Count("pk")).values("n")), 0))
            .order_by("-pk")
        )


@described(_("Statements with how many agree, disagree and pass"), _("One statement"))
class Statements(ReadingMany):
    """Shown statements."""

    serializer_class = serializers.StatementSerializer
    filterset_class = filters.StatementFilter

    def get_queryset(self) -> QuerySet[Statement]:
        return Statement.objects.visible_to(None).order_by("conversation", "number")


@described(_("Threads of the forums, newest first"), _("One thread"))
class Threads(ReadingMany):
    """Listed threads."""

    serializer_class = serializers.ThreadSerializer
    filterset_class = filters.ThreadFilter

    def get_queryset(self) -> QuerySet[Thread]:
        rows = Thread.objects.visible_to(None).select_related("board__consultation", "author")
        return rows.prefetch_related("tag_items__tag").order_by("-pk")


@described(_("Posts that everybody can read, newest first"), _("One post"))
class Posts(ReadingMany):
    """Shown posts of listed threads."""

    serializer_class = serializers.PostSerializer
    filterset_class = filters.PostFilter

    def get_queryset(self) -> QuerySet[Post]:
        rows = Post.objects.visible_to(None).select_related("author", "thread__board__consultation")
        return rows.order_by("-pk")
