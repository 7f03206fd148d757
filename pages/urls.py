"""Addresses of the frame: home, search, help, health."""

from django.urls import path

from pages import preferences, views

app_name = "pages"
urlpatterns = [
    path("", views.home, name="home"),
    path("language/", preferences.set_language, name="language"),
    path("theme/", preferences.set_theme, name="theme"),
]
