"""The room `moderation` as Django sees it."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "moderation"
