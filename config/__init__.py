"""Wiring: settings, URLs and ASGI. The only room that knows every room."""
