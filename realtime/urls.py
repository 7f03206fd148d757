"""Addresses of snapshots, for pages without a socket."""

from django.urls import path

from realtime import views

app_name = "realtime"
urlpatterns = [path("<str:key>.json", views.snapshot, name="snapshot")]
