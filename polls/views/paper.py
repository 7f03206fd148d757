"""Paper ballots for organisers: the sheet to print, the bundles, and typing them, sheet by sheet."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Participant
from polls import asking
from polls.actions import enter_strip, open_bundle, put_in_bundle, restart_bundle, standing, type_sheet
from polls.actions.answers import in_words
from polls.actions.bundles import CELL, Standing
from polls.forms import BundleForm, CodeForm, SheetForm
from polls.models import Bundle, Poll, QuestionKind, Sheet
from polls.promises import kept_with
from polls.rules import CodeRefused, VoteRefused, may_create, may_enter_paper
from polls.views.shared import find_poll


@never_cache
def bundles(request: HttpRequest, poll_id: int) -> HttpResponse:
    """All bundles of a poll, and a form for the next."""
    poll, person = _find(request, poll_id)
    verdict = may_enter_paper(person, poll)
    form = BundleForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422 if form.is_valid() is False else 409
        try:
            if form.is_valid():
                bundle = open_bundle(poll=poll, person=person, **form.cleaned_data)
                return redirect("polls:bundle", poll.pk, bundle.number)
        except VoteRefused as refused:
            form.add_error(None, refused.verdict.reason)
    found = Bundle.objects.filter(poll=poll).select_related("entered_by", "checked_by").prefetch_related("sheets")
    facts = {"poll": poll, "verdict": verdict, "form": form, "rows": [(one, standing(one)) for one in found]}
    return render(request, "polls/paper_bundles.html", facts, status=status)


@never_cache
def bundle(request: HttpRequest, poll_id: int, number: int) -> HttpResponse:
    """One bundle: the next sheet for whoever types, the differences when both have finished."""
    poll, person = _find(request, poll_id)
    pile = get_object_or_404(Bundle.objects.select_related("entered_by", "checked_by"), poll=poll, number=number)
    where = standing(pile)
    form = SheetForm(poll, request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        try:
            type_sheet(
                bundle=pile, number=form.cleaned_data["number"], answers=form.answers, cell=form.cell, person=person
            )
        except VoteRefused as refused:
            messages.error(request, refused.verdict.reason)
        return redirect("polls:bundle", poll.pk, pile.number)
    at = _sheet(request, pile, where, person)
    form = form or (SheetForm(poll, number=at) if at else None)
    facts = {
        "poll": poll, "bundle": pile, "where": where, "form": form, "at": form["number"].value() if form else 0,
        "verdict": may_enter_paper(person, poll), "is_first": pile.entered_by_id == person.pk,
        "is_typist": person.pk in (pile.entered_by_id, pile.checked_by_id),
        "differences": _differences(poll, pile, where) if person.pk in (pile.entered_by_id, pile.checked_by_id) else [],
        "restart": BundleForm(initial={"number": pile.number, "size": pile.size}),
    }  # fmt: skip
    return render(request, "polls/paper_bundle.html", facts, status=422 if form and form.is_bound else 200)


@never_cache
def strips(request: HttpRequest, poll_id: int, number: int) -> HttpResponse:
    """The codes on the strips of a bundle, one after another, on a page where no sheet is seen."""
    poll, person = _find(request, poll_id)
    pile = get_object_or_404(Bundle, poll=poll, number=number)
    form = CodeForm(request.POST if request.method == "POST" else None)
    form.fields["code"].widget.attrs["autofocus"] = True
    if form.is_valid():
        try:
            enter_strip(bundle=pile, code=form.cleaned_data["code"], person=person)
            return redirect("polls:strips", poll.pk, number)
        except (VoteRefused, CodeRefused) as refused:
            form.add_error("code", str(refused))
    facts = {"poll": poll, "bundle": pile, "form": form, "verdict": may_enter_paper(person, poll)}
    return render(request, "polls/paper_strips.html", facts, status=422 if form.is_bound else 200)


@never_cache
@require_POST
def put_in(request: HttpRequest, poll_id: int, number: int) -> HttpResponse:
    """Put a bundle on which both agree into the boxes."""
    poll, person = _find(request, poll_id)
    try:
        put_in_bundle(bundle=get_object_or_404(Bundle, poll=poll, number=number), person=person)
    except VoteRefused as refused:
        messages.error(request, refused.verdict.reason)
        return redirect("polls:bundle", poll.pk, number)
    messages.success(request, _("Bundle %(number)s is in the boxes.") % {"number": number})
    return redirect("polls:paper", poll.pk)


@never_cache
@require_POST
def restart(request: HttpRequest, poll_id: int, number: int) -> HttpResponse:
    """Throw away what was typed of a bundle, and begin again."""
    poll, person = _find(request, poll_id)
    form = BundleForm({"number": number, "size": request.POST.get("size", "")})
    try:
        if form.is_valid():
            pile = get_object_or_404(Bundle, poll=poll, number=number)
            restart_bundle(bundle=pile, size=form.cleaned_data["size"], person=person)
        else:
            messages.error(request, _("Please count the sheets and write how many there are."))
    except VoteRefused as refused:
        messages.error(request, refused.verdict.reason)
    return redirect("polls:bundle", poll.pk, number)


@never_cache
@require_safe
def sheet(request: HttpRequest, poll_id: int) -> HttpResponse:
    """The ballot to print: one page, the same for everybody."""
    poll, _person = _find(request, poll_id)
    return render(request, "polls/paper_sheet.html", ballot_facts(poll))


def ballot_facts(poll: Poll) -> dict[str, Any]:
    """What the printed ballot shows."""
    boxes = [
        {
            "question": box,
            "act": "" if box.kind == QuestionKind.CONSENT else asking.filled_in(box),  # it asks for reasons
            "condition": asking.condition(box),
            "rows": [
                (option, asking.money(option.cost, box.settings.get("unit", "")) if option.cost else "")
                for option in box.choices
            ],
            "is_marked": box.is_listed,
            "is_number": box.kind == QuestionKind.NUMBER,
        }
        for box in poll.boxes
    ]
    return {"poll": poll, "boxes": boxes, "kept": kept_with(poll)}


def _find(request: HttpRequest, poll_id: int) -> tuple[Poll, Participant]:
    """The poll and its organiser; 403 for everybody else, and where the poll takes no paper."""
    poll = find_poll(request, poll_id)
    if request.person is None or not may_create(request.person, poll.consultation) or poll.paper_until is None:
        raise PermissionDenied
    return poll, request.person


def _sheet(request: HttpRequest, pile: Bundle, where: Standing, person: Participant) -> int:
    """Which sheet `person` types now: the next one, or one that was asked for again; 0 for none."""
    asked = request.GET.get("sheet", "")
    again = int(asked) if asked.isdecimal() and len(asked) < 6 else 0
    if pile.put_in_at is not None:
        return 0
    if pile.entered_by_id == person.pk:
        if again in where.differing or (again in range(1, pile.size + 1) and pile.checked_by_id is None):
            return again
        return where.first[0] if where.first else 0
    if where.first or pile.checked_by_id not in (None, person.pk):
        return 0
    if again in where.differing:
        return again
    return where.second[0] if where.second else 0


def _differences(poll: Poll, pile: Bundle, where: Standing) -> list[dict[str, Any]]:
    """The sheets that were read differently: each question with both readings in words."""
    groups = {"": "–"} | dict(poll.groups)
    found = []
    for one in Sheet.objects.filter(bundle=pile, number__in=where.differing):
        first, second = one.first, one.second or {}
        rows = [
            (box.text, _said(box, first[box.key]), _said(box, second[box.key]))
            for box in poll.boxes
            if first[box.key] != second[box.key]
        ]
        if first[CELL] != second[CELL]:
            rows.append((_("Group"), groups[first[CELL]], groups[second[CELL]]))
        found.append({"number": one.number, "rows": rows})
    return found


def _said(box: Any, paper: str) -> str:
    return ", ".join(in_words(box, paper)) or "–"
