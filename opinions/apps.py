"""The room `opinions` as Django sees it."""

from django.apps import AppConfig


class OpinionsConfig(AppConfig):
    name = "opinions"
