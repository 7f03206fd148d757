"""The room `pages` as Django sees it."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pages"
