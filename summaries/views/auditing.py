"""Checking by sample: draw it, read it blind and one by one, see what it says."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from summaries.actions import auditing
from summaries.models import AuditItem, Build, Verdict
from summaries.quality import audit_of
from summaries.rules import may_build
from summaries.sources import find
from summaries.views.shared import find_build, refused


def _build(request: HttpRequest, slug: str, build_id: int) -> tuple[Build, HttpResponse | None]:
    build = find_build(request, slug, build_id)
    verdict = may_build(request.person, build.consultation)
    return build, None if verdict else refused(request, verdict)


@never_cache
@require_GET
def audit(request: HttpRequest, slug: str, build_id: int) -> HttpResponse:
    """What the newest sample says, how far its reading is, and a new one."""
    build, answer = _build(request, slug, build_id)
    if answer:
        return answer
    newest = build.audits.first()
    about, strata = (0, 0) if newest else auditing.plan(build)
    facts: dict[str, Any] = {
        "build": build, "consultation": build.consultation, "audit": audit_of(build), "about": about, "strata": strata,
        "waiting": auditing.next_item(newest, request.person) if newest else None,
        "own": auditing.read_by(newest, request.person) if newest else 0,
    }  # fmt: skip
    return render(request, "summaries/audit_show.html", facts)


@never_cache
@require_POST
def draw(request: HttpRequest, slug: str, build_id: int) -> HttpResponse:
    """Draw a sample; an earlier one stays, the newest counts."""
    build, answer = _build(request, slug, build_id)
    if answer:
        return answer
    try:
        auditing.draw_audit(build=build, person=request.person)
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
        return redirect("summaries:audit", slug, build.pk)
    return redirect("summaries:audit_read", slug, build.pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def read(request: HttpRequest, slug: str, build_id: int) -> HttpResponse:
    """The next contribution for this reader, who sees nothing of what others said."""
    build, answer = _build(request, slug, build_id)
    if answer:
        return answer
    newest = build.audits.first()
    if newest is None:
        return redirect("summaries:audit", slug, build.pk)
    problem, item = "", None
    if request.method == "POST":
        item = _sent(request, build)
        try:
            auditing.read_item(item=item, person=request.person, verdict=request.POST.get("verdict", ""))
        except ValidationError as raised:
            problem = raised.messages[0]
            if raised.code == "full":
                messages.info(request, problem)
                return redirect("summaries:audit_read", slug, build.pk)
        else:
            return redirect("summaries:audit_read", slug, build.pk)
    item = item or auditing.next_item(newest, request.person)
    if item is None:
        messages.success(request, _("You have read all that waits for you. Thank you."))
        return redirect("summaries:audit", slug, build.pk)
    facts: dict[str, Any] = {
        "build": build, "consultation": build.consultation, "item": item, "problem": problem,
        "source": find(build.consultation, [item.source_key]).get(item.source_key),
        "verdicts": Verdict.choices, "own": auditing.read_by(newest, request.person), "drawn": newest.items.count(),
        "themes": [] if item.theme else build.themes.standing().order_by("number"),
    }  # fmt: skip
    return render(request, "summaries/audit_read.html", facts, status=422 if problem else 200)


def _sent(request: HttpRequest, build: Build) -> AuditItem:
    """The item that the form is about; 404 where there is none."""
    sent = request.POST.get("item", "")
    pk = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 19 else 0
    rows = AuditItem.objects.select_related("theme", "audit__build__consultation")
    return get_object_or_404(rows, pk=pk, audit__build=build)
