"""Addresses of the room `polls`."""

app_name = "polls"
urlpatterns: list = []
