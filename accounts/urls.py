"""Addresses of one's own account. Signing in and out is allauth's, under the same folder."""

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.profile, name="profile"),
    path("consent/", views.consent, name="consent"),
    path("data.json", views.download, name="download"),
    path("delete/", views.erase, name="erase"),
]
