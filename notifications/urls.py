"""Addresses of the room `notifications`."""

from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("read/", views.read, name="read"),
    path("mailing/", views.mailing, name="mailing"),
    path("mine/", views.mine, name="mine"),
    path("mine/<slug:name>/", views.mine, name="mine_of"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("stop/<str:token>/", views.stop, name="stop"),
]
