"""The page on which people decide about personal data before a summary is published."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from summaries.actions.personal import keep_find
from summaries.models import Build, Citation, PersonalFind
from summaries.personal import context_of, removed_words
from summaries.rules import may_build
from summaries.sources import find
from summaries.views.shared import find_build, refused

PAGE = 20


def quoted_first(build: Build) -> QuerySet[Any]:
    """What was found in `build`: first what stands in a quote, undecided before kept. `quoted` says whether it does."""
    quotes = Citation.objects.filter(
        build=build, source_key=OuterRef("source_key"), start__lt=OuterRef("end"), end__gt=OuterRef("start")
    )
    rows = PersonalFind.objects.filter(build=build).annotate(quoted=Exists(quotes.exclude(quote="")))
    return rows.order_by("-quoted", "kept_at", "pk")


@never_cache
@require_GET
def personal(request: HttpRequest, slug: str, build_id: int) -> HttpResponse:
    """What looks like personal data in the contributions of a build, with what stands around it."""
    found = find_build(request, slug, build_id)
    verdict = may_build(request.person, found.consultation)
    if not verdict:
        return refused(request, verdict)
    rows = quoted_first(found).select_related("kept_by")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    said = find(found.consultation, {one.source_key for one in page})
    words = removed_words()
    shown = []
    for one in page:
        source = said.get(one.source_key)
        context = context_of(source.body, one.start, one.end) if source else None
        kind, _colon, number = one.source_key.partition(":")
        shown.append((one, source, context, words[one.kind], kind, number))
    facts = {
        "build": found,
        "consultation": found.consultation,
        "page": page,
        "rows": shown,
        "quoted": rows.filter(quoted=True).count(),
        "masked": rows.filter(quoted=True, kept_at=None).count(),
    }
    return render(request, "summaries/personal.html", facts)


@never_cache
@require_POST
def keep(request: HttpRequest, slug: str, build_id: int, find_id: int) -> HttpResponse:
    """Keep a find readable (`kept`), or mask it again."""
    found = find_build(request, slug, build_id)
    verdict = may_build(request.person, found.consultation)
    if not verdict:
        return refused(request, verdict)
    row = get_object_or_404(PersonalFind, pk=find_id, build=found)
    kept = keep_find(find=row, person=request.person, kept="kept" in request.POST)
    messages.success(request, _("Everybody can read it.") if kept.kept_at else _("It is masked."))
    page = request.POST.get("page", "")
    query = f"?page={page}" if page.isascii() and page.isdigit() and len(page) < 6 else ""
    address = redirect("summaries:personal", slug, build_id)
    address["Location"] += f"{query}#find-{row.pk}"
    return address
