"""The room `forums` as Django sees it."""

from django.apps import AppConfig


class ForumsConfig(AppConfig):
    name = "forums"
