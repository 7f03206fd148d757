"""Addresses of the room `consultations`."""

app_name = "consultations"
urlpatterns: list = []
