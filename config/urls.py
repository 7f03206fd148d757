"""Every address of the site. Languages are never part of an address."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

admin.autodiscover()
setattr(admin.site, "login", secure_admin_login(admin.site.login))  # noqa: B010 (it is a method to the types)

urlpatterns = [
    path("", include("pages.urls")),
    path("account/", include("accounts.urls")),
    path("account/", include("allauth.urls")),  # allauth.account and allauth.mfa
    path("consultations/", include("consultations.urls")),
    path("polls/", include("polls.urls")),
    path("opinions/", include("opinions.urls")),
    path("forums/", include("forums.urls")),
    path("summaries/", include("summaries.urls")),
    path("moderation/", include("moderation.urls")),
    path("jobs/", include("jobs.urls")),
    path("live/", include("realtime.urls")),
    path("inbox/", include("notifications.urls")),
    path("api/", include("api.urls")),
    path("admin/", admin.site.urls),
]
handler400 = "pages.errors.bad_request"
handler403 = "pages.errors.forbidden"
handler404 = "pages.errors.not_found"
handler500 = "pages.errors.server_error"
