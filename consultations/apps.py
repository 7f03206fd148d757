"""The room `consultations` as Django sees it."""

from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "consultations"
