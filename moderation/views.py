"""The moderators' pages: the queue, a case, and what is done with it. Form, rule, action, page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Organisation, Participant, Role
from moderation import actions, rules
from moderation.filters import QueueFilter
from moderation.forms import MAX_CASES, BulkForm, DecisionForm
from moderation.house_rules import rules_of
from moderation.models import CLAIM, Case, Decision, HouseRule, Moderated, Outcome

View = Callable[..., HttpResponse]
PAGE = 20


def for_moderators(view: View) -> View:
    """Pages for moderators of some organisation: others sign in first, or get 403."""

    @wraps(view)
    @never_cache
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.person is None or request.person.is_guest:
            return redirect_to_login(request.get_full_path())
        if not request.person.organisations_as(Role.MODERATOR):
            raise PermissionDenied(_("Only moderators can see the queue."))
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@for_moderators
def queue(request: HttpRequest) -> HttpResponse:
    """Held and reported texts of all kinds, oldest first; `?fragment=1` gives the rows alone."""
    context = _list(request)
    template = "moderation/_cases.html" if request.GET.get("fragment") else "moderation/case_list.html"
    return render(request, template, context | {"bulk": BulkForm(cases=[]), "rules": _bulk_rules(context)})


@require_POST
@for_moderators
def start(request: HttpRequest) -> HttpResponse:
    """Claims the oldest case that is free and goes to it."""
    return _next(request)


@require_POST
@for_moderators
def bulk(request: HttpRequest) -> HttpResponse:
    """Decides the marked cases with one reason."""
    open_cases = Case.objects.open().visible_to(request.person)
    wanted = [pk for pk in request.POST.getlist("cases")[:MAX_CASES] if pk.isascii() and pk.isdigit() and len(pk) < 19]
    cases = list(open_cases.filter(pk__in=wanted).select_related("space__organisation"))
    form = BulkForm(request.POST, cases=[case.pk for case in cases])
    if not form.is_valid():
        context = _list(request)
        context |= {"bulk": form, "rules": _bulk_rules(context), "marked": wanted}
        return render(request, "moderation/case_list.html", context, status=422)
    done, left = actions.decide_many(
        cases=cases,
        person=request.person,
        outcome=form.cleaned_data["outcome"],
        number=form.cleaned_data["rule"],
        reasons=form.cleaned_data["reasons"],
    )
    words = ngettext("%(number)d text was decided.", "%(number)d texts were decided.", len(done))
    messages.success(request, words % {"number": len(done)})
    for case, reason in left:
        messages.warning(request, _("Case %(number)d stays open: %(reason)s") % {"number": case.pk, "reason": reason})
    return redirect("moderation:queue")


@require_safe
@for_moderators
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One case: the text in its context, what was reported, the author's history, and the decision."""
    found = _case(request.person, pk)
    return render(request, "moderation/case_detail.html", _detail(request, found) | {"form": DecisionForm()})


@require_POST
@for_moderators
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the case for ten minutes."""
    found = _case(request.person, pk)
    verdict = rules.may_decide(request.person, found)
    if not verdict or not actions.claim(case=found, person=request.person):
        messages.warning(request, verdict.reason or _("Somebody else has just taken this case."))
    return redirect("moderation:case", pk)


@require_POST
@for_moderators
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows or hides the text, then goes to the next case. 409 keeps what was typed when somebody was faster."""
    found = _case(request.person, pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return render(request, "moderation/case_detail.html", _detail(request, found) | {"form": form}, status=422)
    facts = form.cleaned_data
    try:
        rule = actions.house_rule(organisation=found.space.organisation, number=facts["rule"])
        decision = actions.decide(
            case=found, person=request.person, outcome=facts["outcome"], rule=rule, reasons=facts["reasons"],
            seen=facts["seen"],
        )  # fmt: skip
    except actions.TextChanged:
        form.add_error(None, _("The author has changed this text meanwhile. Please read it again, then decide."))
        context = _detail(request, _case(request.person, pk)) | {"form": form}
        return render(request, "moderation/case_detail.html", context, status=409)
    except actions.AlreadyDecided as conflict:
        context = {"case": found, "decision": conflict.decision, "reasons": facts["reasons"]}
        return render(request, "moderation/case_conflict.html", context, status=409)
    except PermissionDenied as refusal:
        form.add_error(None, str(refusal))
        return render(request, "moderation/case_detail.html", _detail(request, found) | {"form": form}, status=403)
    except ValidationError as problem:
        form.add_error("rule", problem)
        return render(request, "moderation/case_detail.html", _detail(request, found) | {"form": form}, status=422)
    return _next(request, after=decision)


@require_POST
@for_moderators
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes back one's own decision of the last minute."""
    decision = get_object_or_404(Decision.objects.filter(moderator=request.person), pk=pk)
    try:
        found = actions.undo(decision=decision, person=request.person)
    except PermissionDenied as refusal:
        messages.warning(request, str(refusal))
        return redirect("moderation:queue")
    messages.success(request, _("The decision was taken back. The text stands as before."))
    return redirect("moderation:case", found.pk)


def _case(person: Participant, pk: int) -> Case:
    return get_object_or_404(Case.objects.visible_to(person).with_items(), pk=pk)


def _next(request: HttpRequest, after: Decision | None = None) -> HttpResponse:
    """Claims the next free case, oldest first, and goes to it; to the queue when there is none."""
    suffix = f"?decided={after.pk}" if after else ""
    for found in Case.objects.free_for(request.person, timezone.now() - CLAIM).select_related("space")[:5]:
        if actions.claim(case=found, person=request.person):
            response = redirect("moderation:case", found.pk)
            break
    else:
        response = redirect("moderation:queue")
    response["Location"] += suffix
    return response


def _list(request: HttpRequest) -> dict[str, Any]:
    """What the list of cases shows, beside a case too."""
    person = request.person
    found = QueueFilter(request.GET, queryset=Case.objects.open().visible_to(person))
    cases = found.qs if found.is_valid() else Case.objects.none()
    places = Organisation.objects.filter(pk__in=person.organisations_as(Role.MODERATOR)).order_by("name")
    still_open = Q(spaces__cases__isnull=False, spaces__cases__closed_at=None)
    counted = places.annotate(
        open_cases=Count("spaces__cases", filter=still_open),
        newest=Max("spaces__cases__pk", filter=still_open, default=0),
    )
    listed = list(counted)
    pages = Paginator(cases.with_items(), PAGE)
    if found.is_valid() and not any(found.form.cleaned_data.values()):
        vars(pages)["count"] = sum(place.open_cases for place in listed)  # known already, not counted again
    return {
        "filter": found,
        "page_of_cases": pages.get_page(request.GET.get("page")),
        "places": listed,
        "decided": _decided(request),
    }


def _decided(request: HttpRequest) -> Decision | None:
    """The decision that the person has just made and can still take back."""
    number = request.GET.get("decided", "")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    decision = Decision.objects.filter(pk=number, moderator=request.person).select_related("rule").first()
    return decision if decision and rules.may_undo(request.person, decision) else None


def _detail(request: HttpRequest, found: Case) -> dict[str, Any]:
    item: Moderated | None = found.item
    language = actions.language_of(item)
    return _list(request) | {
        "case": found,
        "item": item,
        "seen": rules.words_of(item),
        "context": item.context() if item else {},
        "rules": [(rule, rule.statement(language)) for rule in rules_of(found.space.organisation)],
        "verdict": rules.may_decide(request.person, found),
        "history": history(found),
        "earlier": found.decisions.select_related("rule", "moderator"),
    }


def _bulk_rules(context: dict[str, Any]) -> list[HouseRule]:
    """The rules that one bulk decision can name: those of the first organisation of the list, by number."""
    return rules_of(context["places"][0]) if context["places"] else []


def history(found: Case) -> dict[str, int]:
    """What this organisation's moderators decided about the author's texts so far: counts, no more."""
    if found.author_id is None:
        return {}
    about = Decision.objects.standing().filter(
        author=found.author_id, case__space__organisation=found.space.organisation
    )
    return about.aggregate(
        shown=Count("pk", filter=Q(outcome=Outcome.APPROVE)), hidden=Count("pk", filter=Q(outcome=Outcome.HIDE))
    ) | {"open": Case.objects.open().filter(author=found.author_id).exclude(pk=found.pk).count()}
