"""The page that everybody reads: what was said, what was decided, who is missing, and what this does not show."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from consultations.models import Clause
from summaries import assistant, pictures, reading
from summaries.disputes import own_words, rate
from summaries.ground import common_ground
from summaries.ledger import read_ledger
from summaries.limits import limits_of
from summaries.models import Build, Citation, EasyRead, Holding, Theme
from summaries.outside import Numbers, numbers_outside
from summaries.personal import Mask
from summaries.quality import audit_of
from summaries.report import method_notes
from summaries.revisions import notes
from summaries.rules import may_build
from summaries.views import bench
from summaries.views.reading import is_overdue, read_rows, themes_of
from summaries.views.shared import find_build, find_consultation
from summaries.voices import campaigns_of, voices_of

THEMES = 10  # each with its quotes and its picture: a page of them stays light
ALONE = 7  # of those in the lens; those who say what nobody else says come first
GLANCE = 15  # rows of the table before the rest is folded


@require_safe
def public(request: HttpRequest, slug: str) -> HttpResponse:
    """The published summary of a consultation, or a page that says when there will be one."""
    consultation = find_consultation(request, slug)
    build = Build.objects.published().filter(consultation=consultation).order_by("-published_at", "-pk").first()
    if build is None:
        holding = Holding.objects.filter(consultation=consultation).first()
        may_work = bool(may_build(request.person, consultation))
        facts: dict[str, Any] = {"consultation": consultation, "may_work": may_work, "holding": holding}
        return render(request, "summaries/public_empty.html", facts)
    build.consultation = consultation
    return show(request, build)


@require_safe
def build(request: HttpRequest, slug: str, build_id: int) -> HttpResponse:
    """One build: the workbench for those who work on it, the page of a summary for everybody else.

    `?preview=1` shows those who work on it what others will read.
    """
    found = find_build(request, slug, build_id)
    works = may_build(request.person, found.consultation) and "preview" not in request.GET
    return bench.show(request, found) if works else show(request, found)


def show(request: HttpRequest, build: Build) -> HttpResponse:
    """`build` as everybody reads it. `?by=clause` orders themes by the draft, `?campaigns=without` leaves campaigns
    away, `?page=` turns the pages of themes; what stands beside them is on the first.
    """
    by_clause = request.GET.get("by") == "clause"
    without = request.GET.get("campaigns") == "without"
    numbers = numbers_outside(build) if without else None
    contents = ordered(list(themes_of(build)), numbers, by_clause=by_clause)
    page = Paginator(contents, THEMES).get_page(request.GET.get("page"))
    decided = sum(theme.decision is not None for theme in contents)
    facts: dict[str, Any] = {
        "build": build,
        "consultation": build.consultation,
        "page": page,
        "themes": reading.read_themes(build, list(page), numbers=numbers),
        "headings": headings(list(page)) if by_clause else {},
        "contents": [(theme, numbers.get(theme.pk, Numbers()) if numbers is not None else theme) for theme in contents],
        "glance": GLANCE,
        "decided": decided,
        "undecided": len(contents) - decided,
        "overdue": is_overdue(build.consultation),
        "by_clause": by_clause,
        "without": without,
    }
    if page.number == 1:
        facts |= _beside(request, build, contents, numbers)
    return render(request, "summaries/summary_public.html", facts)


def _beside(
    request: HttpRequest, build: Build, contents: Sequence[Theme], numbers: dict[int, Numbers] | None
) -> dict[str, Any]:
    """Everything that stands beside the themes, on their first page."""
    rows = Citation.objects.filter(build=build, rank=0).exclude(lens="").order_by("lens", "pk")[:ALONE]
    voices = voices_of(build)
    audit = audit_of(build)
    checked = audit is not None and audit.share is not None
    language = get_language() or "id"
    easy = EasyRead.objects.filter(consultation=build.consultation_id).values_list("language", flat=True)
    return {
        "ledger": read_ledger(build),
        "holding": Holding.objects.filter(consultation=build.consultation_id).first(),
        "mine": own_words(build, request.person),
        "easy": sorted(easy, key=lambda code: (code != language, code)),
        "sizes": pictures.theme_sizes(build, contents, numbers),
        "stances": pictures.theme_stances(build, contents, numbers),
        "flow": pictures.decision_flow(build, contents),
        "heat": pictures.clause_heat(build),
        "time": pictures.over_time(build),
        "alone": read_rows(build, list(rows)),
        "grounds": common_ground(build.consultation, Mask.of(build)),
        "polls": reading.read_polls(build.consultation),
        "voices": voices,
        "campaigns": campaigns_of(build),
        "audit": audit if checked else None,
        "rate": rate(build),
        "revisions": notes(build),
        "notes": method_notes(build),
        "model_note": assistant.note(build),
        "limits": limits_of(build, voices, checked=checked),
    }


def ordered(themes: list[Theme], numbers: dict[int, Numbers] | None, *, by_clause: bool = False) -> list[Theme]:
    """Themes as the reader wants them: by contributors, or in the order of the clause that most of each is about."""
    if numbers is not None:
        none = Numbers()
        themes = sorted(themes, key=lambda one: (-numbers.get(one.pk, none).contributors, one.number))
    if not by_clause:
        return themes
    positions = _positions({theme.clauses[0][0] for theme in themes if theme.clauses})
    last = (1 << 30, 0)
    return sorted(themes, key=lambda one: positions.get(one.clauses[0][0], last) if one.clauses else last)


def headings(themes: Sequence[Theme]) -> dict[int, str]:
    """The id of a theme → the clause that it and those after it speak about; "" for those about none."""
    found: dict[int, str] = {}
    before: Any = None
    for theme in themes:
        pk, label, _count = theme.clauses[0] if theme.clauses else (None, "", 0)
        if pk != before or not found:
            found[theme.pk] = str(label)
        before = pk
    return found


def _positions(clauses: set[int]) -> dict[int, tuple[int, int]]:
    """Where each clause stands in its draft."""
    rows = Clause.objects.filter(pk__in=clauses).values_list("pk", "version__document", "position")
    return {pk: (document, position) for pk, document, position in rows}
