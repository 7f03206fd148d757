"""What everybody may open: reporting a text, the house rules, and the log of decisions without names."""

import csv
from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actions import ensure_person, spend
from accounts.models import Organisation
from moderation import actions
from moderation import rules as allowed
from moderation.forms import FlagForm
from moderation.house_rules import rules_of, usual_rules
from moderation.models import Decision, HouseRule, Moderated, Outcome, find_kind

PAGE = 20
REPORTS_AN_HOUR = 30
CROWD_AN_HOUR = 240  # by all visitors behind one address


@require_http_methods(["GET", "HEAD", "POST"])
def flag(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Reports a text of any kind. Ends in a receipt."""
    item = _visible(request, kind, pk)
    verdict = allowed.may_flag(request.person, item)
    form = FlagForm(request.POST or None, item=item)
    status = 200
    if request.method == "POST" and verdict:
        spend(key="flag", request=request, limit=REPORTS_AN_HOUR, seconds=3600, crowd=CROWD_AN_HOUR)
        if form.is_valid():
            actions.flag(item=item, person=ensure_person(request=request), **form.cleaned_data)
            return redirect("moderation:flagged", kind, pk)
        status = 422
    elif not verdict:
        status = 403
    context = {"form": form, "item": item, "context": item.context(), "verdict": verdict}
    return render(request, "moderation/flag_form.html", context, status=status)


@require_safe
def flagged(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The receipt of a report: what happens next."""
    item = _visible(request, kind, pk)
    return render(request, "moderation/flag_receipt.html", {"item": item, "context": item.context()})


@require_safe
def rules(request: HttpRequest, slug: str = "") -> HttpResponse:
    """The house rules of one organisation, or of all that consult people."""
    places = Organisation.objects.filter(spaces__isnull=False).distinct().order_by("name")
    if slug:
        places = Organisation.objects.filter(pk=get_object_or_404(Organisation, slug=slug).pk)
    found = _by_rules([(place, rules_of(place)) for place in places.prefetch_related("house_rules")])
    return render(request, "moderation/rule_list.html", {"places": found or [([], usual_rules())]})


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """What moderators decided: kind of text, outcome, rule, reasons and time; never who wrote or who decided."""
    decisions = _decisions()
    page = Paginator(decisions, PAGE).get_page(request.GET.get("page"))
    counts = Decision.objects.aggregate(
        all=Count("pk"),
        shown=Count("pk", filter=Q(outcome=Outcome.APPROVE, undone_at=None)),
        hidden=Count("pk", filter=Q(outcome=Outcome.HIDE, undone_at=None)),
        undone=Count("pk", filter=Q(undone_at__isnull=False)),
    )
    hidden = Decision.objects.standing().filter(outcome=Outcome.HIDE, rule__isnull=False)
    by_rule = hidden.values("rule__number", "rule__title_id", "rule__title_en").annotate(number=Count("pk"))
    by_rule = by_rule.order_by("-number", "rule__number")[:12]
    return render(request, "moderation/log.html", {"page": page, "counts": counts, "by_rule": by_rule})


@require_safe
def log_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The whole log as CSV (UTF-8 with BOM); no cell is a formula."""
    response = StreamingHttpResponse(_lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="moderation-log.csv"'
    return response


def _by_rules(places: list[tuple[Organisation, list[HouseRule]]]) -> list[tuple[list[Organisation], list[HouseRule]]]:
    """Organisations with the same rules, together: nobody reads the same list twice."""
    found: dict[tuple[tuple[int, str, str], ...], tuple[list[Organisation], list[HouseRule]]] = {}
    for place, held in places:
        words = tuple((rule.number, rule.title, rule.text) for rule in held)
        found.setdefault(words, ([], held))[0].append(place)
    return list(found.values())


def _visible(request: HttpRequest, kind: str, pk: int) -> Moderated:
    model = find_kind(kind)
    if model is None:
        raise Http404(_("There is no such kind of text."))
    found: Moderated = get_object_or_404(model._default_manager.visible_to(request.person), pk=pk)
    return found


def _decisions() -> Any:
    return Decision.objects.select_related("case__content_type", "case__space__organisation", "rule")


class _Echo:
    """What `csv.writer` writes to when the lines are streamed."""

    def write(self, line: str) -> str:
        return line


def _lines() -> Iterator[str]:
    from methods.documents.safe import guard

    writer = csv.writer(_Echo())
    yield "\ufeff"
    yield writer.writerow(["decided_at", "organisation", "kind", "outcome", "rule", "reasons", "undone_at"])
    for one in _decisions().iterator(chunk_size=500):
        cells = [
            one.decided_at.isoformat(timespec="minutes"),
            one.case.space.organisation.name,
            one.case.content_type.model,
            one.outcome,
            str(one.rule) if one.rule else "",
            one.reasons,
            one.undone_at.isoformat(timespec="minutes") if one.undone_at else "",
        ]
        yield writer.writerow([guard(cell) for cell in cells])
