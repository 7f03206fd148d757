"""Where organisers prepare a poll: form, preview of its rules in words, publication."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from consultations.models import Consultation
from polls.actions import create_poll, edit_poll, publish_poll
from polls.forms import PollForm
from polls.rules import PollFrozen, may_create, may_edit
from polls.views.shared import find_poll


@never_cache
def create(request: HttpRequest, slug: str) -> HttpResponse:
    """A new poll of a consultation."""
    consultation = get_object_or_404(Consultation.objects.visible_to(request.person), slug=slug)
    if not may_create(request.person, consultation):
        raise PermissionDenied
    form = PollForm(request.POST if request.method == "POST" else None, consultation=consultation)
    if request.method == "POST" and form.is_valid():
        poll = create_poll(consultation=consultation, person=request.person, **form.values())
        messages.success(request, _("The draft is kept. Read its rules below, then publish it."))
        return redirect(poll)
    status = 422 if form.is_bound else 200
    return render(request, "polls/poll_form.html", {"form": form, "consultation": consultation}, status=status)


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
    form = PollForm(request.POST if request.method == "POST" else None, instance=poll, consultation=poll.consultation)
    facts = {"form": form, "consultation": poll.consultation, "poll": poll}
    if request.method != "POST" or not form.is_valid():
        return render(request, "polls/poll_form.html", facts, status=422 if form.is_bound else 200)
    try:
        edit_poll(poll=poll, person=request.person, **form.values())
    except PollFrozen as frozen:
        messages.error(request, str(frozen))
    return redirect(poll)


@never_cache
@require_POST
def publish(request: HttpRequest, poll_id: int) -> HttpResponse:
    """Show the poll to everybody."""
    poll = find_poll(request, poll_id)
    if not may_create(request.person, poll.consultation):
        raise PermissionDenied
    publish_poll(poll=poll, person=request.person)
    messages.success(request, _("The poll is published. It opens and closes by its dates."))
    return redirect(poll)
