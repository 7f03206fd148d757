"""Addresses of the room `consultations`."""

from django.urls import path

from consultations.views import discussion, preparation, public

app_name = "consultations"
urlpatterns = [
    path("", public.index, name="list"),
    path("new/", preparation.new, name="new"),
    path("mine/", discussion.mine, name="mine"),
    path("receipts/<str:code>/", discussion.receipt, name="receipt"),
    path("clauses/<int:pk>/", discussion.clause, name="clause"),
    path("clauses/<int:pk>/sheet/", discussion.sheet, name="sheet"),
    path("clauses/<int:pk>/comments/", discussion.clause_comments, name="clause_comments"),
    path("comments/<int:pk>/", discussion.comment, name="comment"),
    path("comments/<int:pk>/edit/", discussion.edit, name="edit_comment"),
    path("comments/<int:pk>/support/", discussion.support, name="support"),
    path("<slug:slug>/", public.show, name="show"),
    path("<slug:slug>/draft/", public.draft, name="draft"),
    path("<slug:slug>/draft/<int:document>/", public.draft, name="document"),
    path("<slug:slug>/draft/<int:document>/<int:number>/", public.draft, name="version"),
    path("<slug:slug>/draft/<int:document>/<int:number>/changes/", public.changes, name="changes"),
    path("<slug:slug>/comments/", discussion.whole, name="whole"),
    path("<slug:slug>/edit/", preparation.edit, name="edit"),
    path("<slug:slug>/phases/", preparation.phases, name="phases"),
    path("<slug:slug>/text/", preparation.text, name="text"),
    path("<slug:slug>/text/<int:document>/", preparation.text, name="next_version"),
    path("<slug:slug>/versions/<int:version>/publish/", preparation.publish_version, name="publish_version"),
    path("<slug:slug>/prepare/", preparation.prepare, name="prepare"),
    path("<slug:slug>/publish/", preparation.publish, name="publish"),
]
