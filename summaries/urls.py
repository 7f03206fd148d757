"""Addresses of the room `summaries`."""

from django.urls import path

from summaries.views import correcting, files, index, reading, working

app_name = "summaries"
urlpatterns = [
    path("", index.index, name="list"),
    path("exports/<str:token>.<str:format>", files.download, name="download"),
    path("<slug:slug>/", reading.public, name="public"),
    path("<slug:slug>/work/", working.overview, name="overview"),
    path("<slug:slug>/work/start/", working.start, name="start"),
    path("<slug:slug>/work/export/", files.order, name="export"),
    path("<slug:slug>/<int:build_id>/", reading.build, name="build"),
    path("<slug:slug>/<int:build_id>/contributions/", reading.contributions, name="contributions"),
    path("<slug:slug>/<int:build_id>/publish/", working.publish, name="publish"),
    path("<slug:slug>/<int:build_id>/themes/<slug:key>/", reading.theme, name="theme"),
    path("<slug:slug>/<int:build_id>/themes/<slug:key>/decide/", working.decide, name="decide"),
    path("<slug:slug>/<int:build_id>/themes/<slug:key>/rename/", working.rename, name="rename"),
    path("<slug:slug>/work/misread/", correcting.misread_list, name="misread_list"),
    path("<slug:slug>/work/misread/<int:dispute_id>/", correcting.settle, name="misread_settle"),
    path("<slug:slug>/work/holding/", correcting.hold, name="holding"),
    path("<slug:slug>/<int:build_id>/misread/<str:source_key>/", correcting.misread, name="misread"),
]
