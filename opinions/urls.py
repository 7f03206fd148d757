"""Addresses of the room `opinions`."""

from django.urls import path

from opinions import views

app_name = "opinions"
urlpatterns = [
    path("new/<slug:slug>/", views.create, name="create"),
    path("<int:pk>/", views.conversation, name="conversation"),
    path("<int:pk>/vote/", views.vote, name="vote"),
    path("<int:pk>/write/", views.write, name="write"),
    path("<int:pk>/publish/", views.publish, name="publish"),
    path("<int:pk>/statements/", views.statements, name="statements"),
    path("<int:pk>/statements/<int:number>/", views.statement, name="statement"),
]
