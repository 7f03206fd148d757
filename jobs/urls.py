"""Addresses of the room `jobs`."""

app_name = "jobs"
urlpatterns: list = []
