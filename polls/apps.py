"""The room `polls` as Django sees it."""

from django.apps import AppConfig


class PollsConfig(AppConfig):
    name = "polls"
