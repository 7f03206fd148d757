"""A conversation page by page: the next statement, all statements, one statement; form, rule, action, page."""

import secrets
import uuid
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.actions import ensure_person, spend
from accounts.models import Participant
from accounts.rules import Verdict
from consultations.models import Consultation
from moderation.models import Decision
from opinions import actions, rules
from opinions.figures import answers_of
from opinions.filters import ORDERS, ordered
from opinions.forms import ConversationForm, StatementForm, VoteForm, language_written
from opinions.models import PAGE, Conversation, Statement, Value, Vote
from opinions.topics import totals

VOTES = {"limit": 120, "seconds": 300}
GUESTS = {"limit": 120, "seconds": 600}  # new guests behind one address: a village hall takes part, a flood does not
WRITES = {"limit": 10, "seconds": 300}


@never_cache
@require_safe
def conversation(request: HttpRequest, pk: int) -> HttpResponse:
    """The next statement that the person has not answered, with three buttons."""
    return _show(request, _find(request, pk))


@never_cache
@require_POST
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes an answer and leads to the next statement."""
    found = _find(request, pk)
    form = VoteForm(request.POST)
    if not form.is_valid():
        return _show(request, found, problem=str(next(iter(form.errors.values()))[0]), status=400)
    visible = Statement.objects.visible_to(request.person).filter(conversation=found)
    statement = visible.filter(number=form.cleaned_data["number"]).first()
    if statement is None:
        gone = _("This statement is not shown any more. Here is the next one.")
        return _show(request, found, problem=gone, status=409)
    statement.conversation = found
    verdict = rules.may_vote(request.person, statement)
    if not verdict:
        return _show(request, found, problem=verdict.reason, status=409)
    person = _person(request, found, form.cleaned_data["form_key"], "vote", VOTES)
    actions.cast_vote(person=person, statement=statement, value=form.cleaned_data["value"])
    if "stay" in request.POST:
        messages.success(request, _("Your answer is kept."))
        return redirect(statement)
    return redirect(f"{found.get_absolute_url()}?{urlencode({'after': statement.number})}")


@never_cache
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Adds a statement."""
    found = _find(request, pk)
    verdict = rules.may_add(request.person, found)
    if not verdict and request.method != "POST":
        return _refuse(request, verdict, found.get_absolute_url())
    form = StatementForm(request.POST or None, initial={"form_key": secrets.token_urlsafe(18)})
    same = None
    if request.method == "POST" and form.is_valid():
        if not verdict:
            form.add_error(None, verdict.reason)
        else:
            person = _person(request, found, form.cleaned_data["form_key"], "statement", WRITES)
            body = form.cleaned_data["body"]
            try:
                written = actions.write_statement(
                    person=person, conversation=found, body=body, language=language_written()
                )
            except actions.AlreadySaid as said:
                same = said.statement
                form.add_error("body", _("Somebody has said this already. You can answer that statement instead."))
            except ValidationError as problem:
                form.add_error("body", problem)
            else:
                thanks = _("Thank you. Others can answer your statement now.")
                held = _("Thank you. A moderator reads your statement before others can answer it.")
                messages.success(request, thanks if written.is_shown else held)
                return redirect(written)
    context = {"conversation": found, "form": form, "same": same, "longest": rules.LONGEST}
    return render(request, "opinions/statement_form.html", context, status=_status(form))


@require_safe
def statements(request: HttpRequest, pk: int) -> HttpResponse:
    """All shown statements with their counts, 20 a page, in one of five orders; `?fragment=1` gives the rows alone."""
    found = _find(request, pk)
    order = request.GET.get("order", "")
    order = order if order in ORDERS else "answers"
    page = Paginator(ordered(found.statements.shown(), order), PAGE).get_page(request.GET.get("page"))
    context = {
        "conversation": found,
        "page": page,
        "rows": [(one, answers_of(one)) for one in page],
        "orders": ORDERS.items(),
        "order": order,
        "totals": totals(found),
    }
    fragment = request.GET.get("fragment")
    return render(request, "opinions/_statements.html" if fragment else "opinions/statement_list.html", context)


@never_cache
@require_safe
def statement(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One statement with its counts and one's own answer, which can be changed here."""
    found = _find(request, pk)
    rows = Statement.objects.visible_to(request.person).filter(conversation=found, number=number)
    one = rows.select_related("author").first()
    if one is None or not one.body:
        raise Http404(_("This statement is not there, or not shown."))
    one.conversation = found
    mine = request.person is not None and one.author_id == request.person.pk
    context = {
        "conversation": found,
        "statement": one,
        "answers": answers_of(one),
        "own": _own(request.person, one),
        "mine": mine,
        "decision": Decision.objects.latest_for([one]).get(one.source_key) if mine and not one.is_shown else None,
        "verdict": rules.may_vote(request.person, one),
        "values": _values(),
        "form_key": secrets.token_urlsafe(18),
    }
    return render(request, "opinions/statement_show.html", context)


@never_cache
def create(request: HttpRequest, slug: str) -> HttpResponse:
    """Organisers prepare a conversation with its first statements."""
    consultation = get_object_or_404(Consultation.objects.visible_to(request.person), slug=slug)
    verdict = rules.may_create(request.person, consultation)
    if not verdict:
        return _refuse(request, verdict, request.path)
    form = ConversationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.create_conversation(consultation=consultation, person=request.person, **form.cleaned_data)
        done = (
            _("The conversation is published.") if made.published_at else _("The draft is kept. Read it, then publish.")
        )
        messages.success(request, done)
        return redirect(made)
    context = {"consultation": consultation, "form": form}
    return render(request, "opinions/conversation_form.html", context, status=_status(form))


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Organisers publish a conversation."""
    found = _find(request, pk)
    verdict = rules.may_create(request.person, found.consultation)
    if not verdict:
        return _refuse(request, verdict, found.get_absolute_url())
    actions.publish_conversation(conversation=found)
    messages.success(request, _("The conversation is published."))
    return redirect(found)


def _show(request: HttpRequest, found: Conversation, *, problem: str = "", status: int = 200) -> HttpResponse:
    person = request.person
    verdict = rules.may_take_part(person, found)
    asked = found.statements.for_voting(person)
    total = asked.count()
    answered = Vote.objects.filter(person=person, statement__in=asked).count() if person else 0
    after = request.GET.get("after", "")
    last = None
    if person and after.isascii() and after.isdigit() and len(after) < 10:
        given = Vote.objects.filter(person=person, statement__conversation=found, statement__number=int(after))
        last = given.select_related("statement").first()
    organises = bool(rules.may_create(person, found.consultation))
    context = {
        "conversation": found,
        "problem": problem,
        "verdict": verdict,
        "may_add": rules.may_add(person, found),
        "statement": found.statements.unanswered_by(person).first() if verdict or organises else None,
        "answered": answered,
        "total": total,
        "position": min(answered + 1, total),
        "last": last,
        "values": _values(),
        "form_key": secrets.token_urlsafe(18),
        "organises": organises,
        "totals": totals(found),
    }
    return render(request, "opinions/conversation_show.html", context, status=status)


def _find(request: HttpRequest, pk: int) -> Conversation:
    """The conversation that the person may see, or 404."""
    rows = Conversation.objects.visible_to(request.person).select_related("consultation", "space")
    return get_object_or_404(rows, pk=pk)


def _person(request: HttpRequest, found: Conversation, form_key: str, key: str, limit: dict[str, int]) -> Participant:
    """Who acts; a visitor becomes a guest, one for each form however often it is sent."""
    if request.person is None:
        spend(key="guest-opinion", request=request, **GUESTS)
    else:
        spend(key=key, request=request, **limit)
    digest = salted_hmac(f"opinions.guest.{found.pk}", form_key, settings.SECRET_KEY, algorithm="sha256").digest()
    return ensure_person(request=request, key=uuid.UUID(bytes=digest[:16]) if form_key else None)


def _own(person: Participant | None, one: Statement) -> str:
    vote = Vote.objects.filter(person=person, statement=one).first() if person else None
    return str(vote.get_value_display()) if vote else ""


def _values() -> list[tuple[int, Any, str]]:
    """Value, word and name of the drawing, in the order of the buttons."""
    names = {Value.AGREE: "agree", Value.DISAGREE: "disagree", Value.PASS: "pass"}
    return [(value.value, value.label, name) for value, name in names.items()]


def _refuse(request: HttpRequest, verdict: Verdict, back: str) -> HttpResponse:
    if verdict.step == "sign_in":
        return redirect(f"{reverse('account_login')}?{urlencode({'next': back})}")
    raise PermissionDenied(verdict.reason)


def _status(form: Any) -> int:
    if not form.is_bound or form.is_valid():
        return 200
    return 403 if form.non_field_errors() else 400
