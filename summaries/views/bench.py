"""The workbench: a draft with handles. Themes at a glance, one of them open with its evidence, what is in none."""

from collections.abc import Collection
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from summaries import assistant, reading, workbench
from summaries.filters import CitationFilter
from summaries.ledger import filter_words, read_ledger
from summaries.models import Build, Place, Theme
from summaries.outside import numbers_outside
from summaries.quality import audit_of
from summaries.rules import is_superseded, may_edit
from summaries.topics import snapshot
from summaries.views.reading import themes_of

PAGE = 20
WORDS = 100  # signs of a search


def show(
    request: HttpRequest,
    build: Build,
    *,
    problem: str = "",
    chosen: Collection[str] = (),
    opened: str = "",
    status: int = 200,
) -> HttpResponse:
    """The workbench of `build`, for those who may work on it.

    `?theme=` opens a theme; the fields of `CitationFilter` and `?q=` list contributions, in the theme or in all;
    `?campaigns=without` counts without campaigns; `?fragment=1` gives the part that an open page takes anew.
    `problem`, `chosen` and `opened` (the key of a theme) come from a move that was refused.
    """
    fragment = "fragment" in request.GET
    asked = request.GET.copy()
    asked.pop("fragment", None)  # or links in the fragment would lead to fragments
    if opened:
        asked["theme"] = opened
    request.GET = asked  # type: ignore[assignment]
    themes = list(themes_of(build))
    numbers = numbers_outside(build) if request.GET.get("campaigns") == "without" else None
    theme = next((one for one in themes if one.key == request.GET.get("theme")), None)
    verdict = may_edit(request.person, build)
    ledger = read_ledger(build)
    facts: dict[str, Any] = {
        "build": build,
        "consultation": build.consultation,
        "themes": workbench.glances(themes, numbers),
        "ledger": ledger,
        "lens": [(one, f"{build.get_absolute_url()}?{one.url.partition('?')[2]}") for one in ledger.lens],
        "without": numbers is not None,
        "campaigns": build.campaigns.count(),
        "model": assistant.is_on(),
        "theme": theme,
        "may_edit": bool(verdict),
        "why_not": verdict.reason,
        "superseded": is_superseded(build),
        "reviewed": sum(one.reviewed_at is not None for one in themes),
        "decided": sum(one.decision is not None for one in themes),
        "total": len(themes),
        "problem": problem,
        "sent": request.POST,
        "fragment_url": _address(request, fragment="1"),
        "here": request.get_full_path(),
    }
    facts |= _newest(build) | _open(request, build, theme, numbers, chosen)
    if fragment:
        return render(request, "summaries/_bench.html", facts)
    topic = f"summary.{build.consultation_id}"
    facts |= {"topic": topic, "structure": snapshot(str(build.consultation_id))["structure"]}
    facts |= {"since": reading.changes_since(build), "lost": reading.without_successor(build)}
    facts |= {"audit": audit_of(build)}
    return render(request, "summaries/workbench.html", facts, status=status)


def _newest(build: Build) -> dict[str, Any]:
    edit = workbench.newest_edit(build)
    return {"edit": edit, "edit_told": workbench.told(edit) if edit else ""}


def _open(
    request: HttpRequest, build: Build, theme: Theme | None, numbers: Any, chosen: Collection[str]
) -> dict[str, Any]:
    """The open theme and the contributions that are listed."""
    rows = CitationFilter(request.GET, workbench.rows_of(build, theme))
    if not rows.is_valid():
        raise Http404
    words = request.GET.get("q", "").strip().replace("\x00", "")[:WORDS]
    asked = {name: value for name, value in rows.form.cleaned_data.items() if value}
    facts: dict[str, Any] = {"q": words, "asked": filter_words(asked), "listed": None, "view": None}
    if theme is not None:
        (facts["view"],) = reading.read_themes(build, [theme], numbers=numbers)
        facts["nature"] = workbench.nature(theme)
    elif not asked.keys() - {"campaigns"} and not words:
        return facts
    found = rows.qs.exclude(place=Place.LEFT_OUT) if words else rows.qs
    if words:
        found = found.filter(workbench.search(build, words))
    order = [F("quote_rank").asc(nulls_last=True), F("pk").asc()] if theme else [F("pk").asc()]
    page = Paginator(found.order_by(*order), PAGE).get_page(request.GET.get("page"))
    return facts | {"page": page, "listed": workbench.read_said(build, list(page), chosen), "place": asked.get("place")}


def _address(request: HttpRequest, **more: str) -> str:
    query = request.GET.copy()
    for name, value in more.items():
        query[name] = value
    return f"{request.path}?{query.urlencode()}"
