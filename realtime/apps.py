"""The room `realtime` as Django sees it."""

from django.apps import AppConfig


class RealtimeConfig(AppConfig):
    name = "realtime"
