"""Addresses of the room `moderation`."""

from django.urls import path

from moderation import public, views

app_name = "moderation"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("start/", views.start, name="start"),
    path("bulk/", views.bulk, name="bulk"),
    path("cases/<int:pk>/", views.case, name="case"),
    path("cases/<int:pk>/claim/", views.claim, name="claim"),
    path("cases/<int:pk>/decide/", views.decide, name="decide"),
    path("decisions/<int:pk>/undo/", views.undo, name="undo"),
    path("flag/<slug:kind>/<int:pk>/", public.flag, name="flag"),
    path("flag/<slug:kind>/<int:pk>/sent/", public.flagged, name="flagged"),
    path("rules/", public.rules, name="rules"),
    path("rules/<slug:slug>/", public.rules, name="rules_of"),
    path("log/", public.log, name="log"),
    path("log.csv", public.log_csv, name="log_csv"),
]
