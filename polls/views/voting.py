"""The list of polls, the page of a poll, and voting: form, rule, action, receipt."""

import secrets
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.actions import ensure_person, spend
from polls import kept, promises, roll_words
from polls.actions import Receipt, cast_ballot, own_revision
from polls.checklist import checklist
from polls.filters import PollFilter
from polls.forms import VoteForm
from polls.models import Breakdown, Poll, district_of
from polls.practice import KINDS
from polls.rules import VoteRefused, may_create, may_edit, may_see_results, may_vote
from polls.views.shared import find_poll, guest_key, modules

GUESTS = {"limit": 120, "seconds": 600}  # new guests behind one address: a village hall votes, a flood does not


@require_safe
def poll_list(request: HttpRequest) -> HttpResponse:
    """Polls of all consultations, those that close soonest first."""
    polls = Poll.objects.visible_to(request.person).select_related("consultation").order_by("-closes_at", "-pk")
    found = PollFilter(request.GET, queryset=polls, person=request.person)
    page = Paginator(found.qs, 20).get_page(request.GET.get("page"))
    return render(request, "polls/poll_list.html", {"filter": found, "page": page})


@never_cache
@require_safe
def poll_page(request: HttpRequest, poll_id: int) -> HttpResponse:
    """The poll: its question, its answers and the button that sends."""
    poll = find_poll(request, poll_id)
    held = kept.find(request, poll) if poll.is_open else None
    return show(request, poll, VoteForm(poll, held=held, home=_home(request, poll)), restored=held is not None)


@never_cache
def vote(request: HttpRequest, poll_id: int) -> HttpResponse:
    """Take a vote. The receipt is the answer itself: stored anywhere it would lead from the person to the ballot."""
    poll = find_poll(request, poll_id)
    if request.method != "POST":
        return redirect(poll)
    form = VoteForm(poll, request.POST)
    valid = form.is_valid()
    verdict = may_vote(request.person, poll)
    if not verdict and verdict.step != "sign_in":
        return show(request, poll, form, problem=verdict.reason, status=409)
    if not valid:
        return show(request, poll, form, status=422)
    if not verdict:
        return _sign_in(poll, form)
    if request.person is None:
        spend(key="guest-vote", request=request, **GUESTS)
    person = ensure_person(request=request, key=guest_key(poll, form.cleaned_data["form_key"]))
    try:
        receipt = cast_ballot(
            poll=poll,
            person=person,
            answers=form.answers,
            texts=form.texts,
            form_key=form.cleaned_data["form_key"],
            change_code=form.cleaned_data["change_code"],
            replaces=form.cleaned_data["replaces"],
            remark=form.cleaned_data["remark"],
            language=get_language() or "",
            cell=form.cleaned_data.get("cell", ""),
        )
    except VoteRefused as refused:
        return show(request, poll, form, problem=refused.verdict.reason, status=409)
    return _show_receipt(request, poll, receipt)


def show(
    request: HttpRequest, poll: Poll, form: VoteForm, *, problem: str = "", restored: bool = False, status: int = 200
) -> HttpResponse:
    """The page of the poll with what was chosen and what is wrong."""
    revision = own_revision(poll, request.person) if poll.is_open else ""
    verdict = may_vote(request.person, poll)
    form.arrange((status == 422 and form.order) or secrets.token_urlsafe(16))
    facts: dict[str, Any] = {
        "poll": poll,
        "form": form,
        "form_key": form.order,
        "revision": revision,
        "has_voted": bool(revision),
        "may_choose": poll.is_open and (verdict.allowed or verdict.step == "sign_in"),
        "may_send": not revision or poll.allows_change,
        "verdict": verdict,
        "modules": modules(poll),
        "asks_code": poll.is_detached and (bool(revision) or bool(form.code)),
        "asks_remark": poll.asks_remark and not revision,
        "problem": problem,
        "restored": restored,
        "sees_results": may_see_results(request.person, poll),
        "edits": may_edit(request.person, poll),
        "organises": may_create(request.person, poll.consultation),
        "who_sees": promises.who_sees(poll),
        "not_protected": promises.not_protected(poll),
        "rules": promises.rules_in_words(poll),
        "places": roll_words.places(poll),
        "corrections": poll.corrections.all() if poll.has_opened else [],
        "checklist": checklist(poll) if poll.state == "draft" else [],
        "practised": next((one.kind for one in poll.sheet if one.kind in KINDS), ""),
    }
    return render(request, "polls/poll_page.html", facts, status=status)


def _home(request: HttpRequest, poll: Poll) -> str:
    """The district that the profile tells, chosen beforehand on the form; the voter may say another or none."""
    asked = poll.breakdown == Breakdown.AREA and poll.is_open and request.person is not None
    return district_of(request.person.area, dict(poll.groups)) if asked and request.person else ""


def _sign_in(poll: Poll, form: VoteForm) -> HttpResponse:
    address = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': poll.get_absolute_url()})}"
    response = HttpResponseRedirect(address)
    choices = {name: values for paper in form.papers for name, values in paper.held().items()}
    texts = {name: values for paper in form.papers for name, values in paper.held_text().items()}
    choices |= {"cell": [form.cleaned_data["cell"]]} if form.cleaned_data.get("cell") else {}
    kept.keep(response, poll, choices, texts | ({"remark": [form.why]} if form.why else {}))
    return response


def _show_receipt(request: HttpRequest, poll: Poll, receipt: Receipt) -> HttpResponse:
    code = receipt.change_code.upper() if poll.allows_change else ""
    facts = {
        "poll": poll,
        "receipt": receipt,
        "codes": [(question, receipt.codes[question.key]) for question in poll.boxes],
        "change_code": "-".join(code[at : at + 4] for at in range(0, len(code), 4)),
        "sees_results": may_see_results(request.person, poll),
    }
    response = render(request, "polls/poll_receipt.html", facts)
    kept.forget(response, poll)
    return response
