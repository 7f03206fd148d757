"""The page of what a language model suggested: ask it, take or refuse each suggestion. Off where none is set up."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.actions import spend
from jobs.models import Job, State
from summaries import actions, assistant
from summaries.actions import suggesting
from summaries.forms import SuggestForm
from summaries.models import Suggestion
from summaries.rules import may_build, may_suggest
from summaries.sources import find
from summaries.views.shared import find_build, refused

PAGE = 20
AN_HOUR = 12  # runs of one person


@never_cache
@require_GET
def suggestions(request: HttpRequest, slug: str, build_id: int) -> HttpResponse:
    """What was suggested and waits, with the words that it rests on; and the form that asks."""
    return _page(request, slug, build_id, SuggestForm())


@never_cache
@require_POST
def ask(request: HttpRequest, slug: str, build_id: int) -> HttpResponse:
    """Ask the model in the background; goes to the page that says how far it is."""
    found = find_build(request, slug, build_id)
    verdict = may_suggest(request.person, found)
    if not verdict:
        return refused(request, verdict)
    form = SuggestForm(request.POST)
    if not form.is_valid():
        return _page(request, slug, build_id, form)
    spend(key="suggest", request=request, limit=AN_HOUR, seconds=3600)
    language = "en" if get_language() == "en" else "id"
    kinds = form.cleaned_data["kinds"]
    job = suggesting.start_suggesting(build=found, person=request.person, kinds=kinds, language=language)
    return redirect("jobs:job", job.pk)


@never_cache
@require_POST
def settle(request: HttpRequest, slug: str, build_id: int, suggestion_id: int) -> HttpResponse:
    """Take (`take`) or refuse a suggestion."""
    found = find_build(request, slug, build_id)
    verdict = may_build(request.person, found.consultation)
    if not verdict:
        return refused(request, verdict)
    row = get_object_or_404(Suggestion, pk=suggestion_id, build=found)
    taken = "take" in request.POST
    try:
        suggesting.settle_suggestion(suggestion=row, person=request.person, taken=taken)
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    except actions.Stale:
        messages.error(request, _("Somebody else has changed this theme meanwhile. Please look at it again."))
    else:
        messages.success(request, _("Taken. It can be undone like any other change.") if taken else _("Refused."))
    return redirect("summaries:suggestions", slug, build_id)


def _page(request: HttpRequest, slug: str, build_id: int, form: forms.Form) -> HttpResponse:
    found = find_build(request, slug, build_id)
    verdict = may_build(request.person, found.consultation)
    if not verdict:
        return refused(request, verdict)
    rows = Suggestion.objects.filter(build=found).select_related("theme")
    page = Paginator(rows.filter(taken_at=None, refused_at=None), PAGE).get_page(request.GET.get("page"))
    said = find(found.consultation, {cite["key"] for one in page for cite in one.facts.get("cites", [])})
    shown = [
        (one, [(cite["quote"], said[cite["key"]]) for cite in one.facts.get("cites", []) if cite["key"] in said])
        for one in page
    ]
    running = Job.objects.filter(
        kind=suggesting.KIND, state__in=[State.QUEUED, State.RUNNING], arguments__build=found.pk
    ).first()
    facts = {
        "build": found,
        "consultation": found.consultation,
        "form": form,
        "page": page,
        "rows": shown,
        "running": running,
        "allowed": may_suggest(request.person, found),
        "model": assistant.model_name() if assistant.is_on() else "",
        "settled": rows.exclude(taken_at=None, refused_at=None).count(),
    }
    return render(request, "summaries/suggestions.html", facts, status=422 if form.is_bound else 200)
