"""Addresses of snapshots, for pages without a socket."""

app_name = "realtime"
urlpatterns: list = []
