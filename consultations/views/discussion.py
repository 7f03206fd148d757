"""Reading and writing comments: a clause, the whole, a thread, receipts, one's own contributions."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.actions import ensure_person, spend
from consultations import actions, rules
from consultations.figures import stance_figure
from consultations.forms import CommentForm
from consultations.models import Clause, Comment, Consultation
from consultations.models.discussion import comments_by_key, is_number, of_clause, read, read_thread, stances, structure
from consultations.views.access import find_clause, find_comment, find_consultation, refuse, to_comment
from consultations.waiting import usual_wait
from moderation.models import Decision

WRITES = {"limit": 10, "seconds": 300, "crowd": 120}
SUPPORTS = {"limit": 60, "seconds": 300, "crowd": 300}


def clause(request: HttpRequest, pk: int, form: CommentForm | None = None) -> HttpResponse:
    """A clause with what has been said about it; POST writes a comment."""
    found = find_clause(request, pk)
    consultation = found.version.document.consultation
    if request.method == "POST":
        form = CommentForm(request.POST)
        answer = _write(request, form, consultation, clause=found)
        if answer:
            return answer
    context = _clause_context(request, found, form)
    return render(request, "consultations/clause_show.html", context | _law(found), status=_status(form))


@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a fragment, for the sheet beside the clause."""
    found = find_clause(request, pk)
    return render(request, "consultations/_clause_sheet.html", _clause_context(request, found, None) | _law(found))


@require_safe
def clause_comments(request: HttpRequest, pk: int) -> HttpResponse:
    """The comments of a clause alone: what a live page fetches when there are new ones."""
    return render(request, "consultations/_talk.html", _clause_context(request, find_clause(request, pk), None))


def whole(request: HttpRequest, slug: str) -> HttpResponse:
    """What has been said about the whole; POST writes a comment."""
    consultation = find_consultation(request, slug)
    form = None
    if request.method == "POST":
        form = CommentForm(request.POST, asks_stance=False)
        answer = _write(request, form, consultation)
        if answer:
            return answer
    comments = Comment.objects.filter(consultation=consultation, clause=None)
    verdict = rules.may_comment(request.person, consultation)
    context = {
        "consultation": consultation,
        "talk": read(comments, request.person, **_place(request)),
        "total": comments.shown().count(),
        "form": form or (CommentForm(asks_stance=False) if verdict else None),
        "verdict": verdict,
        "may_write": bool(verdict),
    }
    return render(request, "consultations/whole.html", context, status=_status(form))


def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """A thread at its own address, with the form for a reply; POST replies to the comment that is named."""
    found = find_comment(request, pk)
    if found.root_id and request.method != "POST":
        return to_comment(found)
    form = None
    if request.method == "POST":
        form = CommentForm(request.POST, asks_stance=False, reply=True)
        answer = _write(request, form, found.consultation, parent=found)
        if answer:
            return answer
    root = found.root or found
    root.consultation, root.clause = found.consultation, found.clause
    if found == root:
        found = _answered(request, root)
    verdict = rules.may_reply(request.person, found)
    context = {
        "consultation": found.consultation,
        "clause": found.clause,
        "root": root,
        "parent": found,
        "talk": read_thread(root, request.person, after=request.GET.get("after", "")),
        "form": form or (CommentForm(asks_stance=False, reply=True) if verdict else None),
        "verdict": verdict,
        "may_write": bool(verdict),
        "stale": found.clause is not None and rules.is_stale(found.clause),
    }
    return render(request, "consultations/comment_show.html", context, status=_status(form))


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Changes one's own comment."""
    found = find_comment(request, pk)
    verdict = rules.may_edit_comment(request.person, found)
    form = CommentForm.of(found, request.POST or None)
    if not verdict:
        if request.method != "POST":
            return refuse(request, verdict)
        form.add_error(None, verdict.reason) if form.is_valid() or form.errors else None
    elif request.method == "POST" and form.is_valid():
        try:
            actions.edit_comment(comment=found, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error("body", problem)
        else:
            messages.success(request, _("Your comment was changed."))
            return to_comment(found)
    context = {"form": form, "comment": found, "consultation": found.consultation}
    return render(request, "consultations/comment_edit.html", context, status=_status(form))


@require_POST
def support(request: HttpRequest, pk: int) -> HttpResponse:
    """Supports a comment, or takes the support back."""
    found = find_comment(request, pk)
    verdict = rules.may_support(request.person, found)
    back = f"{(found.root or found).get_absolute_url()}#comment-{found.pk}"
    if not verdict:
        return refuse(request, verdict, back)
    spend(key="support", request=request, **SUPPORTS)
    if request.POST.get("withdraw"):
        actions.withdraw_support(person=request.person, comment=found)
    else:
        actions.support_comment(person=request.person, comment=found)
    return to_comment(found)


@require_safe
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """What becomes of a comment, for whoever holds its code. The text itself is shown to its author only."""
    rows = Comment.objects.select_related("consultation__space", "clause__version__document", "root")
    rows = rows.filter(consultation__in=Consultation.objects.visible_to(request.person))
    found = get_object_or_404(rows, receipt=code.strip().upper(), author__isnull=False)
    mine = request.person is not None and found.author_id == request.person.pk
    context = {
        "comment": found,
        "consultation": found.consultation,
        "mine": mine,
        "decision": Decision.objects.latest_for([found]).get(found.source_key),
        "wait": usual_wait(found.space),
        "stale": found.clause is not None and rules.is_stale(found.clause),
        "is_guest": request.person is not None and request.person.is_guest,
    }
    response = render(request, "consultations/receipt.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """All of one's own comments, with their state and the reasons of moderators."""
    rows = Comment.objects.filter(author=request.person) if request.person else Comment.objects.none()
    rows = rows.select_related("consultation", "clause__version__document", "root").order_by("-id")
    page = Paginator(rows, 20).get_page(request.GET.get("page"))
    decisions = Decision.objects.latest_for(page)
    for one in page:
        one.decision = decisions.get(one.source_key)
    response = render(request, "consultations/mine.html", {"page": page})
    response["Cache-Control"] = "private, no-store"
    return response


def _answered(request: HttpRequest, root: Comment) -> Comment:
    """The comment of the thread that a reply is meant for: `?to=` names it, else the first one."""
    to = request.GET.get("to", "")
    if not is_number(to):
        return root
    reply = Comment.objects.visible_to(request.person).filter(root=root, pk=to).select_related("author").first()
    if reply is None:
        return root
    reply.consultation, reply.clause, reply.root = root.consultation, root.clause, root
    return reply


def _write(
    request: HttpRequest,
    form: CommentForm,
    consultation: Consultation,
    *,
    clause: Clause | None = None,
    parent: Comment | None = None,
) -> HttpResponse | None:
    """Form → rule → action → receipt; None when the page has to be shown again with what was typed."""
    person = request.person
    verdict = rules.may_reply(person, parent) if parent else rules.may_comment(person, consultation, clause)
    if not form.is_valid():
        return None
    if not verdict:
        form.add_error(None, verdict.reason)
        return None
    spend(key="comment", request=request, **WRITES)
    try:
        written = actions.write_comment(
            person=ensure_person(request=request),
            consultation=consultation,
            clause=clause,
            parent=parent,
            **form.cleaned_data,
        )
    except ValidationError as problem:
        form.add_error("body", problem)
        return None
    messages.success(request, _("Thank you. Your comment has arrived."))
    return redirect("consultations:receipt", written.receipt)


def _clause_context(request: HttpRequest, found: Clause, form: CommentForm | None) -> dict[str, Any]:
    consultation = found.version.document.consultation
    lineage = list(found.lineage().select_related("version"))
    comments = of_clause(found, lineage)
    talk = read(comments, request.person, **_place(request))
    counts = comments.shown().aggregate(comments=Count("id"), newest=Max("id"))
    taken = stances(comments)
    wordings = {one.pk: one for one in lineage}
    for one in talk.comments:
        said = wordings[one.clause_id or 0]
        one.said_about = said.version.number if said.text != found.text else None
    verdict = rules.may_comment(request.person, consultation, found)
    newest = lineage[-1]
    return {
        "consultation": consultation,
        "document": found.version.document,
        "clause": found,
        "version": found.version,
        "newer": newest if newest.version.number > found.version.number else None,
        "stale": rules.is_stale(found),
        "talk": talk,
        "total": counts["comments"],
        "structure": structure(counts["comments"], counts["newest"]),
        "figure": stance_figure(taken),
        "form": form or (CommentForm() if verdict else None),
        "verdict": verdict,
        "may_write": bool(verdict),
    }


def _law(clause: Clause) -> dict[str, Any]:
    """What stands around a clause in the draft: the paragraphs of an article with what was said, or the article."""
    paragraphs = list(clause.paragraphs())
    totals = comments_by_key(clause.version.document_id, clause.version.number) if paragraphs else {}
    return {"paragraphs": [(one, totals.get(one.key, 0)) for one in paragraphs], "article": clause.article()}


def _place(request: HttpRequest) -> dict[str, Any]:
    return {"sort": request.GET.get("sort", ""), "after": request.GET.get("after", "")}


def _status(form: CommentForm | None) -> int:
    if form is None or not form.is_bound:
        return 200
    return 403 if form.non_field_errors() else 400
