"""The room `jobs` as Django sees it."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "jobs"
