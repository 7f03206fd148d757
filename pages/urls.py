"""Addresses of the frame: home, search, help, health."""

from django.urls import path

from pages import health, preferences, views

app_name = "pages"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.find, name="search"),
    path("help/", views.help_page, name="help"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("language/", preferences.set_language, name="language"),
    path("theme/", preferences.set_theme, name="theme"),
    path("robots.txt", views.robots, name="robots"),
    path("healthz", health.health, name="health"),
    path("readyz", health.ready, name="ready"),
]
