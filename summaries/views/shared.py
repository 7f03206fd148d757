"""What several pages of this room begin with: the right consultation, build and theme, or 404."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from accounts.rules import Verdict
from consultations.models import Consultation
from summaries.models import Build, Theme


def find_consultation(request: HttpRequest, slug: str) -> Consultation:
    """The consultation, where the visitor may see it; otherwise 404."""
    rows = Consultation.objects.visible_to(request.person).select_related("organisation")
    return get_object_or_404(rows, slug=slug)


def find_build(request: HttpRequest, slug: str, build_id: int) -> Build:
    """A finished build that the visitor may see; otherwise 404."""
    rows = Build.objects.visible_to(request.person).select_related("consultation__organisation")
    return get_object_or_404(rows, pk=build_id, consultation__slug=slug)


def find_theme(request: HttpRequest, slug: str, build_id: int, key: str, *, retired: bool = False) -> Theme:
    """A theme of a build that the visitor may see, one that was merged away only where `retired`; otherwise 404."""
    build = find_build(request, slug, build_id)
    themes = build.themes.all() if retired else build.themes.standing()
    theme = get_object_or_404(themes.select_related("renamed_by"), key=key)
    theme.build = build
    return theme


def refused(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    """What somebody gets who may not: the way to sign in where that is missing, else 403 with the reason."""
    if verdict.step == "sign_in":
        return redirect_to_login(request.get_full_path())
    raise PermissionDenied(verdict.reason)
