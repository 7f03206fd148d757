"""Addresses of the room `forums`."""

from django.urls import path

from forums import posting, views

app_name = "forums"
urlpatterns = [
    path("posts/<int:pk>/", views.post, name="post"),
    path("posts/<int:pk>/edit/", posting.edit, name="edit"),
    path("receipts/<str:code>/", posting.receipt, name="receipt"),
    path("<slug:slug>/", views.board, name="board"),
    path("<slug:slug>/open/", posting.open_board, name="open"),
    path("<slug:slug>/new/", posting.new, name="new"),
    path("<slug:slug>/<int:pk>/", views.thread, name="thread"),
    path("<slug:slug>/<int:pk>/reply/", posting.reply, name="reply"),
    path("<slug:slug>/<int:pk>/support/", posting.support, name="support"),
    path("<slug:slug>/<int:pk>/curate/", posting.curate, name="curate"),
]
