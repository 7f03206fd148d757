"""For the person who asks alone: may I vote? And the code of an invitation, tried or used."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.actions import ensure_person, make_guest, spend
from accounts.middleware import GUEST
from polls import roll_words
from polls.actions import find_elector, is_spent, object_to_roll, use_code
from polls.forms import CodeForm, ObjectionForm
from polls.models import Poll, RollObjection
from polls.rules import CodeRefused, RollRefused, TwoPlaces, has_voted, place_of, stands_on_roll
from polls.views.shared import find_poll, guest_key

TRIES = {"limit": 10, "seconds": 600, "crowd": 240}  # codes typed by one person; by a hall behind one address

OBJECTIONS = {"limit": 3, "seconds": 86_400, "crowd": 40}


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
    return _show(request, poll, facts, status=422 if form.errors else 200)


@never_cache
@require_POST
def object_(request: HttpRequest, poll_id: int) -> HttpResponse:
    """Say that the roll is wrong: with an account, or with a code that is not used up."""
    poll = find_poll(request, poll_id)
    form = ObjectionForm(request.POST)
    if form.is_valid():
        spend(key="roll-objection", request=request, **OBJECTIONS)
        try:
            if request.person is None or (request.person.is_guest and not place_of(request.person, poll)):
                find_elector(poll=poll, code=form.cleaned_data["code"])
            object_to_roll(poll=poll, person=ensure_person(request=request), text=form.cleaned_data["text"])
        except CodeRefused as refused:
            form.add_error("code", _("Please sign in, or enter your code. %(reason)s") % {"reason": refused})
        except RollRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The organisers have your objection. You find their answer on this page."))
            return redirect("polls:may_vote", poll.pk)
    return _show(request, poll, {"form": CodeForm(), "objecting": form}, status=422)


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


def _show(request: HttpRequest, poll: Poll, facts: dict[str, Any], status: int = 200) -> HttpResponse:
    person = request.person
    facts.setdefault("objecting", ObjectionForm() if poll.takes_objections else None)
    facts |= {
        "poll": poll,
        "verdict": stands_on_roll(person, poll),
        "has_voted": has_voted(person, poll),
        "who": roll_words.who(poll),
        "places": roll_words.places(poll),
        "objections": roll_words.objections(poll),
        "replaced": roll_words.replaced(poll),
        "own": list(RollObjection.objects.filter(poll=poll, author=person)) if person else [],
    }
    return render(request, "polls/roll_may_vote.html", facts, status=status)
