"""Addresses of the frame: home, search, help, health."""

from django.urls import path

from pages import views

app_name = "pages"
urlpatterns = [path("", views.home, name="home")]
