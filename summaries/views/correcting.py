"""Pages on which authors say that they were misread, analysts answer them, and the office says that it needs longer."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.actions import spend
from summaries.actions import disputing
from summaries.actions.holding import hold_answer
from summaries.disputes import own_words, rate
from summaries.forms import HoldingForm, MisreadForm, SettleForm
from summaries.models import Citation, Dispute, Holding
from summaries.rules import may_build, may_dispute, may_hold, may_settle
from summaries.sources import find
from summaries.views.shared import find_build, find_consultation, refused

PAGE = 20
AN_HOUR = 20  # disputes of one person
CROWD_AN_HOUR = 160  # by all visitors behind one address
QUOTED = 3


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def misread(request: HttpRequest, slug: str, build_id: int, source_key: str) -> HttpResponse:
    """An author says that a contribution of theirs was misread. Ends in a receipt on the summary."""
    found = find_build(request, slug, build_id)
    verdict = may_dispute(request.person, found, source_key)
    if not verdict:
        return refused(request, verdict)
    form = MisreadForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        spend(key="misread", request=request, limit=AN_HOUR, seconds=3600, crowd=CROWD_AN_HOUR)
        if form.is_valid():
            words = form.cleaned_data["words"]
            disputing.dispute_place(build=found, person=request.person, source_key=source_key, words=words)
            messages.success(
                request, _("Thank you. Somebody looks at it again, and you read the answer in your inbox.")
            )
            return redirect(f"{found.get_absolute_url()}#mine")
    own = next((one for one in own_words(found, request.person, 10_000) if one.source_key == source_key), None)
    if own is None:
        raise Http404
    facts = {"form": form, "own": own, "build": found, "consultation": found.consultation}
    return render(request, "summaries/misread.html", facts, status=422 if form.is_bound else 200)


@never_cache
@require_GET
def misread_list(request: HttpRequest, slug: str) -> HttpResponse:
    """What authors called misread, unanswered first."""
    consultation = find_consultation(request, slug)
    verdict = may_build(request.person, consultation)
    if not verdict:
        return refused(request, verdict)
    rows = Dispute.objects.filter(build__consultation=consultation).select_related("theme", "build")
    answered = request.GET.get("answered") == "yes"
    shown = rows.exclude(settled_at=None).order_by("-settled_at") if answered else rows.filter(settled_at=None)
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    said = find(consultation, [one.source_key for one in page])
    published = consultation.builds.published().order_by("-published_at", "-pk").first()
    facts = {
        "consultation": consultation,
        "page": page,
        "rows": [(one, said.get(one.source_key)) for one in page],
        "answered": answered,
        "open": rows.filter(settled_at=None).count(),
        "rate": rate(published) if published else None,
    }
    return render(request, "summaries/misread_list.html", facts)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, slug: str, dispute_id: int) -> HttpResponse:
    """Look again at words that were called misread: leave them or put them elsewhere, and say why."""
    consultation = find_consultation(request, slug)
    rows = Dispute.objects.select_related("theme", "build__consultation__organisation", "settled_by")
    dispute = get_object_or_404(rows, pk=dispute_id, build__consultation=consultation)
    verdict = may_settle(request.person, dispute)
    if not verdict:
        return refused(request, verdict)
    newest = disputing.newest_of(dispute.build)
    form = SettleForm(
        request.POST if request.method == "POST" else None, themes=list(newest.themes.standing().order_by("number"))
    )
    if request.method == "POST" and form.is_valid():
        try:
            disputing.settle_dispute(dispute=dispute, person=request.person, **form.cleaned_data)
        except ValidationError as problem:
            refill(form, problem)
        else:
            messages.success(request, _("Answered. The author reads it in the inbox."))
            return redirect("summaries:misread_list", slug)
    said = find(consultation, [dispute.source_key]).get(dispute.source_key)
    facts: dict[str, Any] = {"form": form, "dispute": dispute, "source": said, "consultation": consultation}
    facts["beside"] = _beside(dispute)
    return render(request, "summaries/misread_settle.html", facts, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell people that the answer takes longer, and until when."""
    consultation = find_consultation(request, slug)
    verdict = may_hold(request.person, consultation)
    if not verdict:
        return refused(request, verdict)
    form = HoldingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            hold_answer(consultation=consultation, person=request.person, **form.cleaned_data)
        except ValidationError as problem:
            refill(form, problem)
        else:
            messages.success(request, _("Everybody can read it now, on the page of the summary."))
            return redirect("summaries:public", slug)
    said = Holding.objects.filter(consultation=consultation)[:PAGE]
    facts = {"form": form, "consultation": consultation, "said": said}
    return render(request, "summaries/holding_form.html", facts, status=422 if form.is_bound else 200)


def refill(form: Form, problem: ValidationError) -> None:
    """Say on a form what the action refused, at the field that it names."""
    field = problem.code if problem.code in form.fields else None
    form.add_error(field, problem.messages[0])


def _beside(dispute: Dispute) -> list[tuple[Citation, Any]]:
    """Quotes of the theme in which the contribution stands, to compare."""
    if dispute.theme is None:
        return []
    quoted = Citation.objects.filter(theme=dispute.theme).exclude(quote_rank=None).exclude(quote="")
    rows = list(quoted.exclude(source_key=dispute.source_key).order_by("quote_rank")[:QUOTED])
    said = find(dispute.build.consultation, [one.source_key for one in rows])
    return [(one, said[one.source_key]) for one in rows if one.source_key in said]
