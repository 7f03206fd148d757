"""Addresses of the room `api`."""

app_name = "api"
urlpatterns: list = []
