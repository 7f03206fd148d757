"""Where organisers prepare a poll: form, preview of its rules in words, publication."""

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from consultations.models import Consultation
from polls.actions import correct_wording, create_poll, edit_poll, publish_poll
from polls.forms import CorrectionForm, PollForm, Questions, typed
from polls.models import Poll
from polls.rules import (
    MAX_QUESTIONS,
    CorrectionRefused,
    NotReady,
    PollFrozen,
    RollRefused,
    may_correct,
    may_create,
    may_edit,
)
from polls.views.shared import find_poll


@never_cache
def create(request: HttpRequest, slug: str) -> HttpResponse:
    """A new poll of a consultation."""
    consultation = get_object_or_404(Consultation.objects.visible_to(request.person), slug=slug)
    if not may_create(request.person, consultation):
        raise PermissionDenied
    form, questions = _forms(request, consultation)
    facts = {"form": form, "questions": questions, "consultation": consultation}
    if not _is_whole(request, form, questions):
        return _show(request, facts)
    poll = create_poll(
        consultation=consultation, questions=questions.questions(form.title), person=request.person, **form.values()
    )
    messages.success(request, _("The draft is kept. Read its rules below, then publish it."))
    return redirect("polls:roll", poll.pk) if poll.is_invited else redirect(poll)


@never_cache
def edit(request: HttpRequest, poll_id: int) -> HttpResponse:
    """Change a poll that has not opened."""
    poll = find_poll(request, poll_id)
    if not may_create(request.person, poll.consultation):
        raise PermissionDenied
    verdict = may_edit(request.person, poll)
    if not verdict:
        messages.error(request, verdict.reason)
        return redirect(poll)
    form, questions = _forms(request, poll.consultation, poll)
    facts = {"form": form, "questions": questions, "consultation": poll.consultation, "poll": poll}
    if not _is_whole(request, form, questions):
        return _show(request, facts)
    try:
        edit_poll(poll=poll, questions=questions.questions(form.title), person=request.person, **form.values())
    except PollFrozen as frozen:
        messages.error(request, str(frozen))
    except RollRefused as refused:
        form.add_error("electorate", str(refused))
        return _show(request, facts)
    return redirect(poll)


@never_cache
@require_POST
def publish(request: HttpRequest, poll_id: int) -> HttpResponse:
    """Show the poll to everybody."""
    poll = find_poll(request, poll_id)
    if not may_create(request.person, poll.consultation):
        raise PermissionDenied
    if request.POST.get("read") != "yes":
        messages.error(
            request, _("Read the rules and the list first, and say so with the tick. Nothing was published.")
        )
        return redirect(poll)
    try:
        publish_poll(poll=poll, person=request.person)
    except RollRefused as refused:
        messages.error(request, str(refused))
        return redirect(poll)
    except NotReady as refused:
        messages.error(request, refused.verdict.reason)
        return redirect(poll)
    messages.success(request, _("The poll is published. It opens and closes by its dates."))
    return redirect(poll)


@never_cache
def correct(request: HttpRequest, poll_id: int) -> HttpResponse:
    """Put words of an open poll right, with a public note."""
    poll = find_poll(request, poll_id)
    if not may_create(request.person, poll.consultation):
        raise PermissionDenied
    verdict = may_correct(request.person, poll)
    if not verdict:
        messages.error(request, verdict.reason)
        return redirect(poll)
    form = CorrectionForm(poll, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        facts = {"form": form, "poll": poll}
        return render(request, "polls/poll_correct.html", facts, status=422 if form.is_bound else 200)
    assert request.person is not None
    try:
        correct_wording(poll=poll, person=request.person, **form.cleaned_data)
    except CorrectionRefused as refused:
        messages.error(request, refused.verdict.reason)
    return redirect(poll)


def _forms(request: HttpRequest, consultation: Consultation, poll: Poll | None = None) -> tuple[PollForm, Any]:
    """The poll's form and those of its questions; with one more, empty, where "add" was pressed."""
    initial = [typed(question) for question in poll.sheet] if poll else None
    if request.method != "POST":
        return PollForm(instance=poll, consultation=consultation), Questions(prefix="q", initial=initial)
    sent = request.POST.copy()
    total = str(sent.get("q-TOTAL_FORMS", ""))
    if sent.get("act") == "add" and re.fullmatch("[0-9]{1,2}", total, re.ASCII):
        sent["q-TOTAL_FORMS"] = str(min(int(total), MAX_QUESTIONS - 1) + 1)
    return PollForm(sent, instance=poll, consultation=consultation), Questions(sent, prefix="q")


def _is_whole(request: HttpRequest, form: PollForm, questions: Any) -> bool:
    return request.method == "POST" and request.POST.get("act") != "add" and form.is_valid() & questions.is_valid()


def _show(request: HttpRequest, facts: dict[str, Any]) -> HttpResponse:
    wrong = request.method == "POST" and request.POST.get("act") != "add"
    return render(request, "polls/poll_form.html", facts, status=422 if wrong else 200)
