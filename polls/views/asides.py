"""Votes that are set aside: everybody reads what was proposed and decided; organisers and auditors propose and decide.

It shows no choice, and of who has voted nothing that concerns fewer than ten.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from polls.actions import decide_aside, propose_aside
from polls.actions.bursts import find_bursts
from polls.aside_rules import AsideRefused, may_decide_aside, may_propose_aside, may_review_asides
from polls.forms import AsideDecisionForm, AsideForm
from polls.models import AsideProposal, PendingPaper, Poll
from polls.rules import ASIDE_WAIT
from polls.views.shared import find_poll


@never_cache
def asides(request: HttpRequest, poll_id: int) -> HttpResponse:
    """The proposals and decisions; for those who may, the bursts and the form that proposes."""
    poll = find_poll(request, poll_id)
    reviews = may_review_asides(request.person, poll)
    if request.method == "POST" and not reviews:
        raise PermissionDenied
    bursts = find_bursts(poll) if reviews and poll.has_opened and poll.unlinked_at is None else []
    form = AsideForm(poll, bursts, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and request.person is not None:
            try:
                propose_aside(poll=poll, person=request.person, **form.values())
            except AsideRefused as refused:
                form.add_error(None, refused.verdict.reason)
                status = 409
            else:
                messages.success(request, _("It is proposed. A second person has to decide."))
                return redirect("polls:asides", poll.pk)
    return _show(request, poll, status, form=form, bursts=bursts, reviews=reviews)


@never_cache
@require_POST
def decide(request: HttpRequest, poll_id: int, proposal_id: int) -> HttpResponse:
    """The decision of the second person."""
    poll = find_poll(request, poll_id)
    reviews = may_review_asides(request.person, poll)
    if not reviews or request.person is None:
        raise PermissionDenied
    proposal = get_object_or_404(AsideProposal, pk=proposal_id, poll=poll)
    decision = AsideDecisionForm(request.POST)
    if not decision.is_valid():
        return _show(request, poll, 422, reviews=reviews, decision=decision, at=proposal.pk)
    try:
        decide_aside(proposal=proposal, person=request.person, **decision.values())
    except AsideRefused as refused:
        decision.add_error(None, refused.verdict.reason)
        return _show(request, poll, 409, reviews=reviews, decision=decision, at=proposal.pk)
    messages.success(request, _("Your decision is recorded, and everybody can read it."))
    return redirect("polls:asides", poll.pk)


def _show(request: HttpRequest, poll: Poll, status: int, **more: Any) -> HttpResponse:
    """The page. more: form, bursts, reviews; and a decision that was not complete, for the proposal `at`."""
    decision, at = more.get("decision"), more.get("at")
    rows = [
        {
            "proposal": one,
            "decides": may_decide_aside(request.person, poll, one) if more["reviews"] else None,
            "decision": decision if one.pk == at else AsideDecisionForm(auto_id=f"id_{one.pk}_%s"),
            "state": _state(poll, one),
        }
        for one in AsideProposal.objects.filter(poll=poll)
    ]
    bursts = more.get("bursts")
    facts = more | {
        "poll": poll,
        "rows": rows,
        "form": more.get("form") or AsideForm(poll, bursts or []),
        "proposes": may_propose_aside(request.person, poll) if more["reviews"] else None,
        "hours": int(ASIDE_WAIT.total_seconds()) // 3600,
        "waiting": PendingPaper.objects.of(poll).count() // max(len(poll.boxes), 1) if poll.is_detached else 0,
    }
    return render(request, "polls/asides.html", facts, status=status)


def _state(poll: Poll, proposal: AsideProposal) -> str:
    """ "open", "accepted", "refused", or "lapsed": nobody decided in time."""
    if proposal.decided_at is not None:
        return "accepted" if proposal.accepted else "refused"
    return "open" if poll.unlinked_at is None else "lapsed"
