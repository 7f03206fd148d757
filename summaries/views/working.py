"""Pages that work on a summary: build it, decide about themes, publish."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from summaries import actions, reading
from summaries.forms import DecisionForm
from summaries.models import Build, Export, Format, Tally
from summaries.rules import may_build, may_decide, may_publish
from summaries.sources import public_keys
from summaries.topics import structure
from summaries.views.guarding import quoted_first
from summaries.views.reading import PAGE
from summaries.views.shared import find_build, find_consultation, find_theme, refused


@never_cache
@require_GET
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the summary of a consultation stands: build it, watch it being built, go on working on it.

    `?fragment=1` gives the part that an open page takes anew.
    """
    consultation = find_consultation(request, slug)
    verdict = may_build(request.person, consultation)
    if not verdict:
        return refused(request, verdict)
    builds = Build.objects.filter(consultation=consultation)
    newest = builds.finished().newest().first()
    if newest is not None:
        newest.consultation = consultation
    tally = newest.themes.standing().tally() if newest else Tally()
    waiting = builds.filter(finished_at=None).select_related("job").first()
    page = Paginator(builds.finished().newest(), PAGE).get_page(request.GET.get("page"))
    facts: dict[str, Any] = {
        "consultation": consultation,
        "newest": newest,
        "job": waiting.job if waiting else None,
        "total": 0 if newest else len(public_keys(consultation)),
        "since": reading.changes_since(newest) if newest else None,
        "undecided": tally.undecided,
        "themes": tally.themes,
        "page": page,
        "formats": Format.choices,
        "exports": Export.objects.visible_to(request.person)
        .filter(consultation=consultation)
        .select_related("job")[:5],
    }
    facts |= {"topic": f"summary.{consultation.pk}", "structure": structure(newest, waiting, tally)}
    return render(request, "summaries/_state.html" if request.GET.get("fragment") else "summaries/overview.html", facts)


@never_cache
@require_POST
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Build the summary, unless nothing has changed since the last one."""
    consultation = find_consultation(request, slug)
    verdict = may_build(request.person, consultation)
    if not verdict:
        return refused(request, verdict)
    try:
        actions.start_build(person=request.person, consultation=consultation)
    except actions.Unchanged as unchanged:
        messages.info(request, _("Nothing has changed since this summary was built, so it still holds."))
        return redirect("summaries:build", slug, unchanged.build.pk)
    return redirect("summaries:overview", slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, slug: str, build_id: int, key: str) -> HttpResponse:
    """Decide about a theme, with a reason."""
    sent = request.method == "POST"  # then nothing typed is lost, even where a newer summary or a merge came first
    theme = find_theme(request, slug, build_id, key, retired=sent)
    verdict = may_build(request.person, theme.build.consultation) if sent else may_decide(request.person, theme)
    if not verdict:
        return refused(request, verdict)
    (view,) = reading.read_themes(theme.build, [theme])
    consultation = theme.build.consultation
    made = view.theme.decision
    initial = {"outcome": made.outcome, "reason": made.reason, "clause": made.clause_id} if made else {}
    form = DecisionForm(request.POST if sent else None, initial=initial, consultation=consultation)
    status, meanwhile = 422 if sent else 200, None
    if sent and form.is_valid():
        try:
            actions.decide_theme(theme=theme, person=request.person, seen=_seen(request), **form.cleaned_data)
        except actions.Decided as decided:
            status, meanwhile = 409, decided.decision
        except PermissionDenied as late:
            form.add_error(None, str(late))
            status = 409
        except ValidationError as problem:
            form.add_error(problem.code if problem.code in form.fields else None, problem.messages[0])
        else:
            messages.success(request, _("The decision is kept. People read it beside their words."))
            return redirect(f"{theme.build.get_absolute_url()}?theme={theme.key}#pane")
    facts = {
        "form": form, "view": view, "theme": view.theme, "build": theme.build, "consultation": consultation,
        "meanwhile": meanwhile, "seen": meanwhile.pk if meanwhile else made.pk if made else 0,
    }  # fmt: skip
    return render(request, "summaries/theme_decide.html", facts, status=status)


def _seen(request: HttpRequest) -> int | None:
    sent = request.POST.get("seen", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 19 else None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, slug: str, build_id: int) -> HttpResponse:
    """Ask once, with what is still missing, then let everybody read the summary."""
    found = find_build(request, slug, build_id)
    verdict = may_build(request.person, found.consultation)
    if not verdict:
        return refused(request, verdict)
    verdict = may_publish(request.person, found)
    if not verdict:
        messages.error(request, verdict.reason)
        return redirect(found)
    if request.method == "POST":
        actions.publish_build(build=found, person=request.person)
        messages.success(request, _("The summary is published. Everybody can read it now."))
        return redirect("summaries:public", slug)
    facts: dict[str, Any] = {
        "build": found,
        "consultation": found.consultation,
        "undecided": actions.undecided(found),
        "themes": found.themes.standing().count(),
        "since": reading.changes_since(found),
        "masked": quoted_first(found).filter(quoted=True, kept_at=None).count(),
    }
    return render(request, "summaries/summary_publish.html", facts)
