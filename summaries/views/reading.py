"""Pages that read: a theme with all its contributions, and the lists behind numbers."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consultations.models import Consultation
from summaries import reading
from summaries.filters import CitationFilter
from summaries.history import history_of
from summaries.ledger import filter_words
from summaries.models import Build, Citation, Place, Theme, ThemeDecision
from summaries.outside import numbers_outside
from summaries.personal import Mask
from summaries.rules import is_superseded, may_build
from summaries.sources import find
from summaries.views.shared import find_build, find_theme

PAGE = 20


@require_safe
def theme(request: HttpRequest, slug: str, build_id: int, key: str) -> HttpResponse:
    """A theme with all its contributions, each linked to where it was said."""
    found = find_theme(request, slug, build_id, key)
    citations = CitationFilter(request.GET, found.citations.order_by(F("quote_rank").asc(nulls_last=True), "pk"))
    if not citations.is_valid():
        raise Http404
    page = Paginator(citations.qs, PAGE).get_page(request.GET.get("page"))
    without = request.GET.get("campaigns") == "without"
    numbers = numbers_outside(found.build) if without else None
    (view,) = reading.read_themes(found.build, list(themes_of(found.build).filter(pk=found.pk)), numbers=numbers)
    facts = {
        "build": found.build,
        "consultation": found.build.consultation,
        "view": view,
        "theme": view.theme,
        "earlier": view.theme.decisions.all()[1:],
        "history": history_of(found),
        "by_people": found.citations.exclude(assigned_at=None).count(),
        "without": without,
        "overdue": is_overdue(found.build.consultation),
        "page": page,
        "rows": read_rows(found.build, list(page)),
        "choice": filter_words(citations.form.cleaned_data),
        "filtered": any(value for name, value in citations.form.cleaned_data.items() if name != "campaigns"),
        "stances": [(stance, count) for stance, count in view.numbers.stances.items() if count],
        "superseded": is_superseded(found.build),
        "work": bool(may_build(request.person, found.build.consultation)),
    }
    return render(request, "summaries/theme_show.html", facts)


@require_safe
def contributions(request: HttpRequest, slug: str, build_id: int) -> HttpResponse:
    """The list behind a number: contributions of a build, each in its one place."""
    found = find_build(request, slug, build_id)
    ledger = Citation.objects.filter(build=found, rank=0).select_related("theme").order_by("pk")
    citations = CitationFilter(request.GET, ledger)
    if not citations.is_valid():
        raise Http404
    page = Paginator(citations.qs, PAGE).get_page(request.GET.get("page"))
    facts = {
        "build": found,
        "consultation": found.consultation,
        "page": page,
        "rows": read_rows(found, list(page)),
        "choice": filter_words(citations.form.cleaned_data),
        "work": bool(may_build(request.person, found.consultation)),
    }
    return render(request, "summaries/contribution_list.html", facts)


def is_overdue(consultation: Consultation) -> bool:
    """Whether the day of the answer has passed."""
    return consultation.answer_due_at is not None and consultation.answer_due_at < timezone.now()


def themes_of(build: Build) -> QuerySet[Theme]:
    """The themes of `build` with what their decisions say."""
    decisions = ThemeDecision.objects.select_related("decided_by", "clause__version__document")
    rows = Theme.objects.standing().filter(build=build).select_related("renamed_by", "build__consultation")
    return rows.prefetch_related(Prefetch("decisions", queryset=decisions))


def read_rows(build: Build, citations: list[Citation]) -> list[tuple[Citation, Any]]:
    """Citations with their sources; None where a source may no longer be read, or never could."""
    keys = [one.source_key for one in citations if one.place != Place.LEFT_OUT]
    said = Mask.of(build).sources(find(build.consultation, keys))
    return [(one, said.get(one.source_key)) for one in citations]
