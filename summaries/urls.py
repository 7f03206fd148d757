"""Addresses of the room `summaries`."""

app_name = "summaries"
urlpatterns: list = []
