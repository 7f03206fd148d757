"""Home, search, and the pages that say how this service works."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import PrivacyNotice
from moderation.richtext import render as to_html
from pages.front import answers, open_now
from pages.searching import LONGEST, search


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What can I take part in now, and what became of it."""
    return render(request, "pages/home.html", {"open_now": open_now(request.person), "answers": answers()})


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Search; `q` holds the words."""
    query = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    return render(request, "pages/search.html", {"query": query, "found": search(request.person, query)})


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """How to take part, for each of the four people."""
    return render(request, "pages/help.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What works for whom, what does not yet, and whom to tell."""
    return render(request, "pages/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy notice in force; until an organisation publishes one, what the software itself does."""
    notice = PrivacyNotice.objects.in_force()
    context = {"notice": notice, "html": to_html(notice.text, official=True) if notice else ""}
    context["model"] = settings.LANGUAGE_MODEL_NAME if settings.LANGUAGE_MODEL_URL else ""
    return render(request, "pages/privacy.html", context)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines should leave alone: work in progress and one's own pages."""
    lines = ["User-agent: *", *(f"Disallow: /{part}/" for part in ("account", "admin", "inbox", "jobs", "moderation"))]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
