"""The electoral roll for organisers: the list, its codes on slips. It never shows who has used a code or voted."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from polls import codes
from polls.actions import (
    Slip,
    answer_objection,
    issue_codes,
    list_electors,
    plan_reminder,
    replace_code,
    strike_elector,
)
from polls.forms import AnswerForm, ElectorsForm, ReminderForm
from polls.models import Elector, Poll, RollObjection
from polls.qr import squares
from polls.rules import CodeRefused, PollFrozen, RollRefused, may_create
from polls.views.paper import ballot_facts
from polls.views.shared import find_poll

PAGE = 50


@never_cache
def roll(request: HttpRequest, poll_id: int) -> HttpResponse:
    """The list of an invited poll, and the form that adds to it."""
    poll = _organised(request, poll_id)
    form = ElectorsForm(poll, request.POST or None, request.FILES or None)
    if request.method != "POST":
        return _show(request, poll, form)
    if not form.is_valid():
        return _show(request, poll, form, status=422)
    try:
        size = list_electors(poll=poll, electors=form.electors, person=request.person)
    except (PollFrozen, RollRefused) as refused:
        form.add_error(None, str(refused))
        return _show(request, poll, form, status=409)
    said = ngettext("The roll has %(size)s place now.", "The roll has %(size)s places now.", size)
    messages.success(request, said % {"size": size})
    return redirect("polls:roll", poll.pk)


@never_cache
@require_POST
def strike(request: HttpRequest, poll_id: int) -> HttpResponse:
    """Take a place off the list."""
    poll = _organised(request, poll_id)
    try:
        strike_elector(poll=poll, elector=_elector(request, poll), person=request.person)
    except (PollFrozen, RollRefused) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("It is no longer on the roll."))
    return redirect("polls:roll", poll.pk)


@never_cache
@require_POST
def slips(request: HttpRequest, poll_id: int) -> HttpResponse:
    """Codes on a page to print, in the answer itself and never again: for one place anew, or for the next that have
    none."""
    poll = _organised(request, poll_id)
    try:
        if "elector" in request.POST:
            found = [replace_code(poll=poll, elector=_elector(request, poll), person=request.person)]
        else:
            found = issue_codes(poll=poll, person=request.person)
    except CodeRefused as refused:
        messages.error(request, str(refused))
        return redirect("polls:roll", poll.pk)
    if not found:
        messages.info(request, _("Every place has its code already. A lost slip is replaced beside its place."))
        return redirect("polls:roll", poll.pk)
    waiting = Elector.objects.filter(poll=poll, code_hash=None).count()
    facts = {"poll": poll, "slips": [_printed(poll, slip) for slip in found], "waiting": waiting}
    if "ballots" in request.POST and poll.paper_until:
        return render(request, "polls/paper_sheet.html", ballot_facts(poll) | facts)
    return render(request, "polls/roll_slips.html", facts)


@never_cache
@require_POST
def answer(request: HttpRequest, poll_id: int) -> HttpResponse:
    """Accept or refuse an objection, with a reason."""
    poll = _organised(request, poll_id)
    number = request.POST.get("objection", "")
    found = number.isascii() and number.isdigit() and len(number) < 18
    objection = RollObjection.objects.filter(poll=poll, pk=int(number)).first() if found else None
    if objection is None:
        raise Http404
    form = AnswerForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            answer_objection(
                objection=objection, accepted=data["accepted"] == "yes", reason=data["reason"], person=request.person
            )
        except (PollFrozen, RollRefused) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The objection is answered."))
            return redirect("polls:roll", poll.pk)
    return _show(request, poll, ElectorsForm(poll), answered=(objection.pk, form), status=422)


@never_cache
@require_POST
def remind(request: HttpRequest, poll_id: int) -> HttpResponse:
    """Plan a reminder to those who have not voted; nobody is told how many they are."""
    poll = _organised(request, poll_id)
    form = ReminderForm(request.POST)
    if form.is_valid():
        try:
            plan_reminder(poll=poll, due_at=form.cleaned_data["due_at"], person=request.person)
        except RollRefused as refused:
            form.add_error("due_at", str(refused))
        else:
            messages.success(request, _("It goes to everybody on the roll who has not voted by then."))
            return redirect("polls:roll", poll.pk)
    return _show(request, poll, ElectorsForm(poll), reminding=form, status=422)


def _organised(request: HttpRequest, poll_id: int) -> Poll:
    poll = find_poll(request, poll_id)
    if not may_create(request.person, poll.consultation):
        raise PermissionDenied
    return poll


def _elector(request: HttpRequest, poll: Poll) -> Elector:
    """The place that a form names by the number of its line."""
    number = request.POST.get("elector", "")
    found = number.isascii() and number.isdigit() and len(number) < 9
    elector = Elector.objects.filter(poll=poll, number=int(number)).first() if found else None
    if elector is None:
        raise Http404
    return elector


def _printed(poll: Poll, slip: Slip) -> dict[str, Any]:
    """What a slip shows. The code stands behind the # of the address, which a browser never sends."""
    address = settings.PUBLIC_URL + reverse("polls:code", args=[poll.pk])
    size, path = squares(f"{address}#{slip.code}")
    return {"elector": slip.elector, "code": codes.written(slip.code), "size": size, "path": path, "address": address}


def _show(
    request: HttpRequest,
    poll: Poll,
    form: ElectorsForm,
    answered: tuple[int, AnswerForm] | None = None,
    reminding: ReminderForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """answered: an objection (its id) whose answer was not complete, with its form."""
    said = poll.roll_objections.order_by(F("answered_at").asc(nulls_first=True), "pk") if poll.has_fixed_roll else []
    wrong = answered or (0, None)
    wanted = request.GET.get("q", "")[:120].strip()
    electors = Elector.objects.filter(poll=poll)
    rows = electors.filter(label__icontains=wanted) if wanted else electors
    facts = {
        "poll": poll,
        "form": form,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")) if poll.is_invited else None,
        "wanted": wanted,
        "waiting": electors.filter(code_hash=None).count() if poll.is_invited else 0,
        "frozen": poll.has_opened,
        "reminders": poll.reminders.all(),
        "reminding": reminding or ReminderForm(),
        "may_remind": poll.has_fixed_roll and poll.state in ("planned", "open"),
        "objections": [
            (one, wrong[1] if one.pk == wrong[0] else AnswerForm(auto_id=f"answer-{one.pk}-%s")) for one in said
        ],
    }
    return render(request, "polls/roll_page.html", facts, status=status)
