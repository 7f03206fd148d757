"""For the person who asks alone: may I vote? And the code of an invitation, tried or used."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.actions import ensure_person, make_guest, spend
from accounts.middleware import GUEST
from polls import roll_words
from polls.actions import find_elector, is_spent, use_code
from polls.forms import CodeForm
from polls.models import Poll
from polls.rules import CodeRefused, TwoPlaces, has_voted, stands_on_roll
from polls.views.shared import find_poll, guest_key

TRIES = {"limit": 10, "seconds": 600, "crowd": 240}  # codes typed by one person; by a hall behind one address


@never_cache
def may_vote(request: HttpRequest, poll_id: int) -> HttpResponse:
    """Yes, or no with the reason and the missing step. A code that is typed here is not used up."""
    poll = find_poll(request, poll_id)
    form = CodeForm(request.POST if request.method == "POST" else None)
    facts: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        spend(key="code", request=request, **TRIES)
        try:
            elector = find_elector(poll=poll, code=form.cleaned_data["code"])
        except CodeRefused as refused:
            form.add_error("code", str(refused))
        else:
            facts["tried"] = "spent" if is_spent(elector, request.person) else "good"
    return _show(request, poll, facts)


@never_cache
def code(request: HttpRequest, poll_id: int) -> HttpResponse:
    """Use the code of an invitation: from then on whoever typed it stands in that place of the roll."""
    poll = find_poll(request, poll_id)
    form = CodeForm(request.POST if request.method == "POST" else None)
    form_key = request.POST.get("form_key") or secrets.token_urlsafe(16)
    facts: dict[str, Any] = {"poll": poll, "form": form, "form_key": form_key}
    if request.method != "POST":
        return render(request, "polls/roll_code.html", facts)
    if form.is_valid():
        spend(key="code", request=request, **TRIES)
        try:
            _use(request, poll, form.cleaned_data["code"])
        except TwoPlaces as refused:
            form.add_error("code", str(refused))
            facts["another"] = request.person is not None and request.person.is_guest
        except CodeRefused as refused:
            form.add_error("code", str(refused))
        else:
            messages.success(
                request, _("Your code is good: you are on the roll of this poll. It was not your vote yet.")
            )
            return redirect(poll)
    return render(request, "polls/roll_code.html", facts, status=422)


def _use(request: HttpRequest, poll: Poll, typed: str) -> None:
    """A visitor becomes a guest only with a code that is known. `another`: the device is handed to somebody else."""
    find_elector(poll=poll, code=typed)
    key = guest_key(poll, request.POST.get("form_key", ""))
    if request.person is None or not (request.person.is_guest and "another" in request.POST):
        use_code(poll=poll, code=typed, person=ensure_person(request=request, key=key))
        return
    person = make_guest(key=key)
    use_code(poll=poll, code=typed, person=person)
    request.session[GUEST], request.person = str(person.key), person


def _show(request: HttpRequest, poll: Poll, facts: dict[str, Any]) -> HttpResponse:
    person = request.person
    facts |= {
        "poll": poll,
        "verdict": stands_on_roll(person, poll),
        "has_voted": has_voted(person, poll),
        "who": roll_words.who(poll),
        "places": roll_words.places(poll),
    }
    return render(request, "polls/roll_may_vote.html", facts, status=422 if facts["form"].errors else 200)
