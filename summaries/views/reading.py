"""Pages that read: the published summary, a build, a theme with all its contributions, and the lists behind numbers."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Participant
from summaries import reading
from summaries.filters import CitationFilter
from summaries.models import Build, Citation, Export, Format, Place, Theme, ThemeDecision
from summaries.report import method_notes
from summaries.rules import is_superseded, may_build
from summaries.sources import find
from summaries.views.shared import find_build, find_consultation, find_theme

PAGE = 20
THEMES = 10  # each with its quotes and its picture: a page of them stays light
UNASSIGNED = 10


@require_safe
def public(request: HttpRequest, slug: str) -> HttpResponse:
    """The published summary of a consultation, or a page that says when there will be one."""
    consultation = find_consultation(request, slug)
    build = Build.objects.published().filter(consultation=consultation).order_by("-published_at", "-pk").first()
    if build is None:
        facts = {"consultation": consultation, "may_work": bool(may_build(request.person, consultation))}
        return render(request, "summaries/public_empty.html", facts)
    build.consultation = consultation
    return _report(request, build, work=False)


@require_safe
def build(request: HttpRequest, slug: str, build_id: int) -> HttpResponse:
    """One build: a draft with handles for those who work on it, a report for everybody else once it is published."""
    found = find_build(request, slug, build_id)
    return _report(request, found, work=bool(may_build(request.person, found.consultation)))


def _report(request: HttpRequest, build: Build, *, work: bool) -> HttpResponse:
    contents = list(themes_of(build))
    page = Paginator(contents, THEMES).get_page(request.GET.get("page"))
    facts: dict[str, Any] = {
        "build": build,
        "consultation": build.consultation,
        "page": page,
        "themes": reading.read_themes(build, list(page)),
        "ledger": reading.read_ledger(build),
        "contents": contents,
        "decided": sum(theme.decision is not None for theme in contents),
        "notes": method_notes(build),
        "mine": own_words(build, request.person),
        "work": work,
    }
    if page.number == 1:
        rows = Citation.objects.filter(build=build, rank=0, place=Place.UNASSIGNED).exclude(lens="")[:UNASSIGNED]
        facts |= {"polls": reading.read_polls(build.consultation), "alone": read_rows(build, list(rows))}
    if not work:
        return render(request, "summaries/summary_public.html", facts)
    facts |= {
        "superseded": is_superseded(build),
        "since": reading.changes_since(build),
        "lost": reading.without_successor(build),
        "formats": Format.choices,
        "exports": Export.objects.visible_to(request.person).filter(build=build).select_related("job")[:5],
    }
    return render(request, "summaries/summary_draft.html", facts)


@require_safe
def theme(request: HttpRequest, slug: str, build_id: int, key: str) -> HttpResponse:
    """A theme with all its contributions, each linked to where it was said."""
    found = find_theme(request, slug, build_id, key)
    citations = CitationFilter(request.GET, found.citations.order_by(F("quote_rank").asc(nulls_last=True), "pk"))
    if not citations.is_valid():
        raise Http404
    page = Paginator(citations.qs, PAGE).get_page(request.GET.get("page"))
    (view,) = reading.read_themes(found.build, list(themes_of(found.build).filter(pk=found.pk)))
    facts = {
        "build": found.build,
        "consultation": found.build.consultation,
        "view": view,
        "theme": view.theme,
        "history": view.theme.decisions.all()[1:],
        "page": page,
        "rows": read_rows(found.build, list(page)),
        "filtered": any(citations.form.cleaned_data.values()),
        "stances": [(stance, count) for stance, count in found.stances.items() if count],
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
        "choice": reading.filter_words(citations.form.cleaned_data),
        "work": bool(may_build(request.person, found.consultation)),
    }
    return render(request, "summaries/contribution_list.html", facts)


def themes_of(build: Build) -> QuerySet[Theme]:
    """The themes of `build` with what their decisions say."""
    decisions = ThemeDecision.objects.select_related("decided_by", "clause__version__document")
    rows = Theme.objects.filter(build=build).select_related("renamed_by", "build__consultation")
    return rows.prefetch_related(Prefetch("decisions", queryset=decisions))


def read_rows(build: Build, citations: list[Citation]) -> list[tuple[Citation, Any]]:
    """Citations with their sources; None where a source may no longer be read, or never could."""
    keys = [one.source_key for one in citations if one.place != Place.LEFT_OUT]
    said = find(build.consultation, keys)
    return [(one, said.get(one.source_key)) for one in citations]


def own_words(build: Build, person: Participant | None) -> list[Citation]:
    """Where the words of `person` stand in `build`, newest first, at most twenty."""
    if person is None:
        return []
    mine = Citation.objects.filter(build=build, person=person).select_related("theme")
    return list(mine.order_by("-pk")[:PAGE])
