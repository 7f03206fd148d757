"""Language and colours: two preferences of a visitor, set by a button on any page.

They change nothing but how pages look to the one who pressed, so their forms carry no token and pages with them can be
kept by caches. They lead back to pages of this site only.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts.actions import change_profile
from accounts.models import Participant
from pages.context import THEME, THEMES

YEAR = 365 * 86_400


@csrf_exempt
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Show the site in `language`; an account remembers it too."""
    response = _back(request)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=YEAR,
            samesite="Lax",
            secure=settings.LANGUAGE_COOKIE_SECURE,
        )
        person: Participant | None = getattr(request, "person", None)
        if person and person.user:
            change_profile(person=person, language=language)
    return response


@csrf_exempt
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Show the site in light or dark colours, or as the device says."""
    response = _back(request)
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        response.set_cookie(THEME, theme, max_age=YEAR, samesite="Lax", secure=settings.SECURE, httponly=True)
    else:
        response.delete_cookie(THEME, samesite="Lax")
    return response


def _back(request: HttpRequest) -> HttpResponseRedirect:
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = reverse("pages:home")
    return HttpResponseRedirect(target)
