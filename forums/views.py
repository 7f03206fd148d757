"""What people read: the board with its threads, a thread with its posts, the place of one post."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.models import Consultation
from forums import pages, rules
from forums.filters import ThreadFilter
from forums.forms import PostForm
from forums.models import Board, Post, Thread, ThreadQuerySet, ThreadTag
from moderation.models import Decision

PAGE = 20


@require_safe
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """The forum of a consultation: its threads, pinned ones first. A forum that is not open yet says so."""
    boards = Board.objects.visible_to(request.person).select_related("consultation", "space")
    found = boards.filter(consultation__slug=slug).first()
    if found is None:
        consultation = get_object_or_404(Consultation.objects.visible_to(request.person), slug=slug)
        if not rules.may_open_board(request.person, consultation):
            raise Http404(_("This consultation has no forum."))
        return render(request, "forums/board_missing.html", {"consultation": consultation})
    consultation = found.consultation
    consultation.space = found.space  # one place, read once
    threads: ThreadQuerySet = Thread.objects.visible_to(request.person).filter(board=found)
    chosen = ThreadFilter(request.GET, queryset=threads.active())
    rows = chosen.qs if chosen.is_valid() else threads.active()
    rows = rows.order_by(F("pinned_at").desc(nulls_last=True), *rows.query.order_by).select_related("author")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    _add_tags(page.object_list)
    context = {
        "board": found,
        "consultation": consultation,
        "filter": chosen,
        "page": page,
        "verdict": rules.may_start_thread(request.person, found),
        "is_narrowed": any(request.GET.get(name) for name in ("q", "tag")),
    }
    return render(request, "forums/board.html", context)


@require_safe
def thread(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The posts of a thread: 20 a page or `?all=1` up to 200; `?sort=support`; `?fragment=1` gives the posts alone."""
    found = find_thread(request, slug, pk)
    template = "forums/_posts.html" if request.GET.get("fragment") else "forums/thread.html"
    return render(request, template, thread_context(request, found))


@require_safe
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads to the place of a post in its thread."""
    visible = Post.objects.visible_to(request.person).select_related("thread__board__consultation")
    return redirect(get_object_or_404(visible, pk=pk).get_absolute_url())


def find_thread(request: HttpRequest, slug: str, pk: int) -> Thread:
    """The thread `pk` of the consultation `slug`, when the person may see it."""
    threads = Thread.objects.visible_to(request.person).select_related("board__consultation", "board__space")
    found = get_object_or_404(threads, pk=pk, board__consultation__slug=slug)
    found.board.consultation.space = found.board.space  # one place, read once
    return found


def thread_context(request: HttpRequest, found: Thread, form: PostForm | None = None) -> dict[str, Any]:
    """All that the page of a thread needs; the number of queries does not depend on how many posts there are."""
    person = request.person
    whole, by_support = bool(request.GET.get("all")), request.GET.get("sort") == "support"
    page = pages.find_page(found, request.GET.get("page"), whole)
    posts = pages.read(found, page, person, by_support)
    verdict = rules.may_reply(person, found)
    may_support = found.closed_at is None and person is not None and not person.is_guest
    frame = pages.make_frame(found, may_support=may_support, may_reply=bool(verdict), by_support=by_support)
    pages.draw(posts, frame, _reasons(posts))
    asked = request.GET.get("reply", "")
    answered = next((e.facts for e in posts if str(e.facts.pk) == asked and e.facts.is_shown), None)
    words = quote(answered.pk) if answered and request.GET.get("quote") else ""
    tags = ThreadTag.objects.filter(content_object=found).order_by("tag__name").values_list("tag__name", "tag__slug")
    return {
        "thread": found,
        "consultation": found.board.consultation,
        "posts": posts,
        "page": page,
        "whole": whole,
        "by_support": by_support,
        "newest": max((entry.facts.number for entry in posts if entry.facts.is_shown), default=0),
        "tags": list(tags),
        "form": form or PostForm(initial={"body": words}),
        "answered": answered,
        "verdict": verdict,
        "may_curate": bool(rules.may_curate(person, found)),
    }


def quote(pk: int) -> str:
    """The words of a post as a Markdown quotation, for a reply."""
    body = Post.objects.values_list("body", flat=True).get(pk=pk)
    return "\n".join(f"> {line}" for line in body[:600].splitlines()) + "\n\n"


def _reasons(posts: list[pages.Entry]) -> dict[int, str]:
    """Why hidden posts on the page are hidden, by post; asks only when there are such (their author sees them)."""
    hidden = [Post(pk=entry.facts.pk) for entry in posts if entry.facts.is_hidden]
    found = Decision.objects.latest_for(hidden)
    decisions = {item.pk: found[item.source_key] for item in hidden if item.source_key in found}
    return {pk: f"{one.rule}. {one.reasons}" if one.rule else one.reasons for pk, one in decisions.items()}


def _add_tags(threads: list[Thread]) -> None:
    """Gives each thread its `tag_list` of (name, key), in one query."""
    tags: dict[int, list[tuple[str, str]]] = {}
    rows = ThreadTag.objects.filter(content_object__in=[thread.pk for thread in threads]).order_by("tag__name")
    for number, name, slug in rows.values_list("content_object", "tag__name", "tag__slug"):
        tags.setdefault(number, []).append((name, slug))
    for thread in threads:
        thread.tag_list = tags.get(thread.pk, [])
