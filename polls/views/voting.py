"""The list of polls, the page of a poll, and voting: form, rule, action, receipt."""

import hashlib
import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils.crypto import salted_hmac
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.actions import ensure_person, spend
from polls import kept, promises
from polls.actions import Receipt, cast_ballot, own_revision
from polls.filters import PollFilter
from polls.forms import PLACE, VoteForm
from polls.models import Poll, PollKind
from polls.rules import VoteRefused, may_create, may_edit, may_see_results, may_vote
from polls.views.shared import find_poll

GUESTS = {"limit": 120, "seconds": 600}  # new guests behind one address: a village hall votes, a flood does not


@dataclass(frozen=True)
class Sent:
    """What stood in the form: keys that were chosen, numbers as typed, the remark; restored after signing in."""

    chosen: Sequence[str] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    remark: str = ""
    restored: bool = False


NOTHING = Sent()


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
    if held is None:
        return show(request, poll)
    return show(request, poll, Sent(chosen=held[0], remark=held[1], restored=True))


@never_cache
def vote(request: HttpRequest, poll_id: int) -> HttpResponse:
    """Take a vote. The receipt is the answer itself: stored anywhere it would lead from the person to the ballot."""
    poll = find_poll(request, poll_id)
    if request.method != "POST":
        return redirect(poll)
    form = VoteForm(poll, request.POST)
    valid = form.is_valid()
    sent = Sent(form.choice, form.typed, request.POST.get("remark", "")[:8000])
    verdict = may_vote(request.person, poll)
    if not verdict and verdict.step != "sign_in":
        return show(request, poll, sent, problem=verdict.reason, status=409)
    if not valid:
        return show(request, poll, sent, form=form, status=422)
    remark = form.cleaned_data["remark"]
    if not verdict:
        return _sign_in(poll, form.choice, remark)
    if request.person is None:
        spend(key="guest-vote", request=request, **GUESTS)
    person = ensure_person(request=request, key=_guest_key(poll, form.cleaned_data["form_key"]))
    try:
        receipt = cast_ballot(
            poll=poll,
            person=person,
            choice=form.choice,
            form_key=form.cleaned_data["form_key"],
            replaces=form.cleaned_data["replaces"],
            remark=remark,
            language=get_language() or "",
        )
    except VoteRefused as refused:
        return show(request, poll, sent, problem=refused.verdict.reason, status=409)
    return _show_receipt(request, poll, receipt)


def show(
    request: HttpRequest,
    poll: Poll,
    sent: Sent = NOTHING,
    *,
    form: VoteForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of the poll with what was chosen and what is wrong."""
    revision = own_revision(poll, request.person) if poll.is_open else ""
    verdict = may_vote(request.person, poll)
    facts: dict[str, Any] = {
        "poll": poll,
        "form": form or VoteForm(poll),
        "rows": _rows(poll, sent),
        "numbers": range(1, len(poll.choices) + 1),
        "form_key": secrets.token_urlsafe(16),
        "revision": revision,
        "has_voted": bool(revision),
        "may_choose": poll.is_open and (verdict.allowed or verdict.step == "sign_in"),
        "may_send": not revision or poll.allows_change,
        "verdict": verdict,
        "asks_remark": poll.asks_remark and not revision,
        "remark": sent.remark,
        "problem": problem,
        "restored": sent.restored,
        "sees_results": may_see_results(request.person, poll),
        "edits": may_edit(request.person, poll),
        "organises": may_create(request.person, poll.consultation),
        "who_sees": promises.who_sees(poll),
        "not_protected": promises.not_protected(poll),
        "rules": promises.rules_in_words(poll),
    }
    return render(request, "polls/poll_page.html", facts, status=status)


def _rows(poll: Poll, sent: Sent) -> list[dict[str, Any]]:
    """Options with what stands in their fields: ticked, or the number of a ranking."""
    typed = sent.typed
    if poll.kind == PollKind.RANKING and not typed:
        typed = {key: str(number) for number, key in enumerate(sent.chosen, 1)}
    return [
        {
            "option": option,
            "ticked": option.key in sent.chosen,
            "place": typed.get(option.key, ""),
            "name": PLACE + option.key if poll.kind == PollKind.RANKING else "choice",
        }
        for option in poll.choices
    ]


def _sign_in(poll: Poll, choice: list[str], remark: str) -> HttpResponse:
    address = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': poll.get_absolute_url()})}"
    response = HttpResponseRedirect(address)
    kept.keep(response, poll, choice, remark)
    return response


def _show_receipt(request: HttpRequest, poll: Poll, receipt: Receipt) -> HttpResponse:
    facts = {"poll": poll, "receipt": receipt, "sees_results": may_see_results(request.person, poll)}
    response = render(request, "polls/poll_receipt.html", facts)
    kept.forget(response, poll)
    return response


def _guest_key(poll: Poll, form_key: str) -> uuid.UUID | None:
    """One form sent twice at once by a visitor without a session is one guest, and so one vote."""
    if not form_key:
        return None
    digest = salted_hmac("polls.guest", f"{poll.pk}|{form_key}", algorithm="sha256").digest()
    return uuid.UUID(bytes=hashlib.sha256(digest).digest()[:16], version=4)
