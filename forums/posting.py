"""What people do in a forum: open it, start threads, reply, change, support, curate. Form, rule, action, page."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actions import ensure_person, spend
from accounts.rules import Verdict
from consultations.models import Consultation
from forums import actions, rules
from forums.forms import BoardForm, PostForm, ThreadForm
from forums.models import Board, Post
from forums.views import find_thread, thread_context
from moderation.models import Decision

POSTS_AN_HOUR = 60
THREADS_AN_HOUR = 12
CROWD_AN_HOUR = 240  # by all visitors behind one address: a village hall writes, a flood does not


@require_http_methods(["GET", "HEAD", "POST"])
def open_board(request: HttpRequest, slug: str) -> HttpResponse:
    """Gives a consultation its forum."""
    consultation = get_object_or_404(Consultation.objects.visible_to(request.person), slug=slug)
    verdict = rules.may_open_board(request.person, consultation)
    if not verdict:
        return refuse(request, verdict)
    form = BoardForm(request.POST or None, initial={"title": consultation.title})
    if request.method == "POST" and form.is_valid():
        actions.open_board(consultation=consultation, **form.cleaned_data)
        messages.success(request, _("The forum is open."))
        return redirect("forums:board", slug)
    context = {"consultation": consultation, "form": form}
    return render(request, "forums/board_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Starts a thread. Ends in a receipt."""
    boards = Board.objects.visible_to(request.person).select_related("consultation", "space")
    board = get_object_or_404(boards, consultation__slug=slug)
    verdict = rules.may_start_thread(request.person, board)
    form = ThreadForm(request.POST or None)
    status = 200 if verdict else 403
    if request.method == "POST" and verdict:
        spend(key="thread", request=request, limit=THREADS_AN_HOUR, seconds=3600, crowd=CROWD_AN_HOUR)
        if form.is_valid():
            try:
                post = actions.start_thread(
                    board=board,
                    person=ensure_person(request=request),
                    language=get_language() or "",
                    **form.cleaned_data,
                )
            except ValidationError as problem:
                form.add_error("body", problem)
            else:
                return redirect("forums:receipt", post.receipt)
        status = 422
    context = {"board": board, "consultation": board.consultation, "form": form, "verdict": verdict}
    return render(request, "forums/thread_form.html", context, status=status)


@require_POST
def reply(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Writes in a thread, perhaps in reply to the post `parent`. Ends in a receipt."""
    thread = find_thread(request, slug, pk)
    parent = None
    if request.POST.get("parent"):
        number = request.POST["parent"]
        visible = Post.objects.visible_to(request.person).filter(thread=thread)
        parent = get_object_or_404(visible, pk=number if number.isascii() and number.isdigit() else 0)
    form = PostForm(request.POST)
    verdict = rules.may_reply(request.person, thread, parent)
    status = 422
    if verdict:
        spend(key="post", request=request, limit=POSTS_AN_HOUR, seconds=3600, crowd=CROWD_AN_HOUR)
    else:
        form.add_error(None, verdict.reason)
        status = 403
    if form.is_valid():
        try:
            post = actions.reply(
                thread=thread,
                person=ensure_person(request=request),
                parent=parent,
                body=form.cleaned_data["body"],
                language=get_language() or "",
            )
        except ValidationError as problem:
            form.add_error("body", problem)
        else:
            return redirect("forums:receipt", post.receipt)
    context = thread_context(request, thread, form) | {"answered": parent}
    return render(request, "forums/thread.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Changes one's own post within 15 minutes."""
    post = _post(request, pk)
    verdict = rules.may_edit(request.person, post)
    if not verdict:
        return refuse(request, verdict)
    form = PostForm(request.POST or None, initial={"body": post.body})
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_post(post=post, body=form.cleaned_data["body"])
        except ValidationError as problem:
            form.add_error("body", problem)
        else:
            return redirect(post.get_absolute_url())
    status = 422 if form.errors else 200
    return render(request, "forums/post_form.html", {"form": form, "post": post}, status=status)


@require_POST
def support(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Supports the post named by the button (`post`), or takes the support back (`withdraw`)."""
    thread = find_thread(request, slug, pk)
    wanted = "post" in request.POST
    number = request.POST.get("post") or request.POST.get("withdraw") or ""
    posts = Post.objects.visible_to(request.person).select_related("thread__board__consultation__space")
    post = get_object_or_404(posts, thread=thread, pk=number if number.isascii() and number.isdigit() else 0)
    verdict = rules.may_support(request.person, post)
    if not verdict:
        return refuse(request, verdict, back=post.get_absolute_url())
    actions.set_support(post=post, person=request.person, wanted=wanted)
    return redirect(post.get_absolute_url())


@require_POST
def curate(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Pins, unpins, closes or opens a thread."""
    thread = find_thread(request, slug, pk)
    verdict = rules.may_curate(request.person, thread)
    if not verdict:
        return refuse(request, verdict, back=thread.get_absolute_url())
    field, wanted = {
        "pin": ("pinned", True),
        "unpin": ("pinned", False),
        "close": ("closed", True),
        "open": ("closed", False),
    }.get(request.POST.get("act", ""), ("", False))
    if field:
        actions.curate_thread(thread=thread, person=request.person, **{field: wanted})
    return redirect(thread.get_absolute_url())


@require_safe
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """The slip for a post: its code, its state, what happens next, and a moderator's reason later. For its author."""
    mine = Post.objects.filter(author=request.person) if request.person else Post.objects.none()
    post = get_object_or_404(mine.select_related("thread__board__consultation"), receipt=code)
    decision = Decision.objects.latest_for([post]).get(post.source_key)
    return render(request, "forums/receipt.html", {"post": post, "thread": post.thread, "decision": decision})


def refuse(request: HttpRequest, verdict: Verdict, back: str = "") -> HttpResponse:
    """Leads to the step that is missing, or says no with its reason."""
    if verdict.step == "sign_in":
        return redirect_to_login(back or request.get_full_path())
    raise PermissionDenied(verdict.reason)


def _post(request: HttpRequest, pk: int) -> Post:
    posts = Post.objects.visible_to(request.person).select_related("thread__board__consultation", "space", "author")
    found: Post = get_object_or_404(posts, pk=pk)
    return found
