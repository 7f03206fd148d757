"""Addresses of the room `opinions`."""

app_name = "opinions"
urlpatterns: list = []
