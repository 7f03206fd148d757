"""Pages beside the workbench: two summaries side by side, and the campaigns with what each person added."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from summaries.comparing import compare as compare_builds
from summaries.models import Build, Citation
from summaries.personal import Mask
from summaries.rules import may_build
from summaries.sources import find
from summaries.views.shared import find_build, refused
from summaries.voices import level_groups

PAGE = 20
OTHERS = 20  # earlier summaries to choose from


@never_cache
@require_GET
def compare(request: HttpRequest, slug: str, build_id: int) -> HttpResponse:
    """What changed from an earlier summary (`?with=`, else the one before) to this one."""
    build = find_build(request, slug, build_id)
    verdict = may_build(request.person, build.consultation)
    if not verdict:
        return refused(request, verdict)
    finished = Build.objects.finished().filter(consultation=build.consultation_id)
    earlier = list(finished.filter(pk__lt=build.pk).newest()[:OTHERS])
    wanted = request.GET.get("with", "")
    before = next((one for one in earlier if str(one.pk) == wanted), earlier[0] if earlier else None)
    facts: dict[str, Any] = {
        "build": build, "consultation": build.consultation, "earlier": earlier, "before": before,
        "changes": compare_builds(before, build) if before else {},
    }  # fmt: skip
    return render(request, "summaries/build_compare.html", facts)


@require_safe
def campaigns(request: HttpRequest, slug: str, build_id: int) -> HttpResponse:
    """Texts that many people sent, each with its three counts."""
    build = find_build(request, slug, build_id)
    page = Paginator(build.campaigns.all(), PAGE).get_page(request.GET.get("page"))
    said = Mask.of(build).sources(find(build.consultation, {one.original for one in page}))
    rows = [(one, said.get(one.original), _levels(one.levels)) for one in page]
    facts = {"build": build, "consultation": build.consultation, "page": page, "rows": rows}
    return render(request, "summaries/campaign_list.html", facts)


@require_safe
def campaign(request: HttpRequest, slug: str, build_id: int, campaign_id: int) -> HttpResponse:
    """One repeated text, and what each person added to it."""
    from methods.text.copies import addition

    build = find_build(request, slug, build_id)
    found = get_object_or_404(build.campaigns, pk=campaign_id)
    rows = Citation.objects.filter(build=build, rank=0, copy_of=found.original).order_by("pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    said = Mask.of(build).sources(find(build.consultation, {found.original, *(row.source_key for row in page)}))
    original = said.get(found.original)
    sent = [
        (row, one, addition(original.body, one.body) if original and one else "")
        for row in page
        for one in [said.get(row.source_key)]
    ]
    home = Citation.objects.filter(build=build, source_key=found.original, rank=0).select_related("theme").first()
    facts: dict[str, Any] = {
        "build": build, "consultation": build.consultation, "campaign": found, "original": original, "page": page,
        "rows": sent, "levels": _levels(found.levels), "theme": home.theme if home else None,
    }  # fmt: skip
    return render(request, "summaries/campaign_show.html", facts)


def _levels(levels: dict[str, int]) -> list[Any]:
    return level_groups({int(level): count for level, count in levels.items()})
