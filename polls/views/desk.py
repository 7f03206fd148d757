"""Voting at a desk: a clean form for each voter, an answer that is kept nowhere."""

import secrets

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from polls import promises
from polls.actions import help_to_vote
from polls.forms import CodeForm, VoteForm
from polls.models import Poll
from polls.rules import CodeRefused, VoteRefused, may_create, may_help
from polls.views.shared import find_poll, modules


@never_cache
def desk(request: HttpRequest, poll_id: int) -> HttpResponse:
    """The form of the poll for somebody who is helped; its answer is the receipt, to print or to leave."""
    poll = find_poll(request, poll_id)
    helper = request.person
    if helper is None or not may_create(helper, poll.consultation) or not poll.has_desk:
        raise PermissionDenied
    if request.method != "POST":
        return _show(request, poll, VoteForm(poll))
    form = VoteForm(poll, request.POST)
    code = CodeForm(request.POST)
    if not form.is_valid() & (code.is_valid() or not poll.is_invited):
        return _show(request, poll, form, status=422)
    try:
        receipt = help_to_vote(
            poll=poll, helper=helper, answers=form.answers, texts=form.texts, form_key=form.cleaned_data["form_key"],
            cell=form.cleaned_data.get("cell", ""), code=request.POST.get("code", ""), language=get_language() or "",
        )  # fmt: skip
    except (VoteRefused, CodeRefused) as refused:
        return _show(request, poll, form, problem=str(refused), status=409)
    codes = [(question, receipt.codes[question.key]) for question in poll.boxes]
    return render(request, "polls/desk_receipt.html", {"poll": poll, "codes": codes})


def _show(request: HttpRequest, poll: Poll, form: VoteForm, *, problem: str = "", status: int = 200) -> HttpResponse:
    form.arrange((status == 422 and form.order) or secrets.token_urlsafe(16))
    facts = {
        "poll": poll, "form": form, "form_key": form.order, "problem": problem, "modules": modules(poll),
        "verdict": may_help(request.person, poll),
        "code": CodeForm(request.POST if form.is_bound else None),
        "who_sees": promises.who_sees(poll), "has_voted": False,
    }  # fmt: skip
    return render(request, "polls/desk.html", facts, status=status)
