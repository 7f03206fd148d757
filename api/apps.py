"""The room `api` as Django sees it."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "api"
