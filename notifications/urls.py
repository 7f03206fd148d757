"""Addresses of the room `notifications`."""

app_name = "notifications"
urlpatterns: list = []
