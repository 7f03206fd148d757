"""Addresses of the room `accounts`."""

app_name = "accounts"
urlpatterns: list = []
