"""Addresses of the interface: `v1/…` for rows, the schema, a page that explains it, and a feed."""

from django.urls import include, path
from django.views.decorators.http import conditional_page, require_safe
from rest_framework.routers import SimpleRouter

from api import docs
from api.base import missing
from api.feeds import ConsultationFeed, LedgerFeed
from api.views import consulting, heard, taking_part

app_name = "api"
router = SimpleRouter(use_regex_path=True)
router.register("consultations", consulting.Consultations, basename="consultation")
router.register("documents", consulting.Documents, basename="document")
router.register("clauses", consulting.Clauses, basename="clause")
router.register("comments", consulting.Comments, basename="comment")
router.register("polls", taking_part.Polls, basename="poll")
router.register("conversations", taking_part.Conversations, basename="conversation")
router.register("statements", taking_part.Statements, basename="statement")
router.register("threads", taking_part.Threads, basename="thread")
router.register("posts", taking_part.Posts, basename="post")
router.register("themes", heard.Themes, basename="theme")

urlpatterns = [
    path("", docs.page, name="docs"),
    path("openapi.json", docs.schema, {"form": "json"}, name="schema_json"),
    path("openapi.yaml", docs.schema, {"form": "yaml"}, name="schema_yaml"),
    path("consultations.xml", require_safe(conditional_page(ConsultationFeed())), name="feed"),
    path("polls.xml", require_safe(conditional_page(LedgerFeed())), name="ledgers"),
    path("v1/", include(router.urls)),
    path("v1/<path:rest>", missing, name="missing"),
]
