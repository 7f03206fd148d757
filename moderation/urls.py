"""Addresses of the room `moderation`."""

app_name = "moderation"
urlpatterns: list = []
