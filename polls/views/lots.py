"""Where organisers enter the public value with which ties are decided by lot."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from polls.actions.ledger import head
from polls.actions.lots import enter_lot_value
from polls.forms.lots import LotForm
from polls.rules import LotRefused, may_create, may_draw_lot
from polls.views.shared import find_poll


@never_cache
def lot(request: HttpRequest, poll_id: int) -> HttpResponse:
    """Enter the announced value, after the closing head was published and before the count."""
    poll = find_poll(request, poll_id)
    if not may_create(request.person, poll.consultation):
        raise PermissionDenied
    verdict = may_draw_lot(request.person, poll)
    ledger = reverse("polls:ledger", args=[poll.pk])
    if not verdict:
        messages.error(request, verdict.reason)
        return redirect(ledger)
    form = LotForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        facts = {"form": form, "poll": poll, "head": head(poll)}
        return render(request, "polls/poll_lot.html", facts, status=422 if form.is_bound else 200)
    assert request.person is not None
    try:
        enter_lot_value(poll=poll, person=request.person, **form.cleaned_data)
    except LotRefused as refused:
        messages.error(request, refused.verdict.reason)
    else:
        messages.success(request, _("The value is kept. The files to count again follow within a minute."))
    return redirect(ledger)
