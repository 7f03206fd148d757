"""Addresses of the room `forums`."""

app_name = "forums"
urlpatterns: list = []
