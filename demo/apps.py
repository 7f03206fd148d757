"""The room `demo` as Django sees it."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "demo"
